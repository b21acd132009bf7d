#pragma once
// Statistics of values in the order in which they were taken, and of counts by two attributes.
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace assay::gaps {

/// Mann (1945), Kendall (1975): is there a monotone trend? Normal approximation with continuity and tie correction.
struct Trend {
    double s; ///< pairs that rise less pairs that fall
    double p; ///< two-sided; 1 where all values are equal
};
std::optional<Trend> mann_kendall(std::span<const double> values); ///< n >= 4

/// Theil (1950), Sen (1968): the median slope of all pairs, per step. n >= 2.
std::optional<double> theil_sen(std::span<const double> values);

/// Lag-1 autocorrelation: sum of (x[i] - mean)(x[i+1] - mean) over sum of (x[i] - mean)^2. n >= 3, not constant.
std::optional<double> lag1_autocorrelation(std::span<const double> values);

/// Two-sided p of a lag-1 autocorrelation r of n values, if there is none: r is normal with variance 1/n.
double autocorrelation_p(double r, std::uint64_t n);

/// Counts by a level of each of two attributes, as indices.
using Contingency = std::map<std::pair<std::size_t, std::size_t>, std::uint64_t>;

/// Cramer (1946): sqrt(chi^2 / (n min(rows - 1, columns - 1))), without correction. At least 2 x 2.
std::optional<double> cramers_v(const Contingency& counts);

/// The chance that all `hits` drawn at random out of all items are of one and the same level. Levels' sizes add up to
/// the number of items.
double chance_of_one_level(std::span<const std::uint64_t> level_sizes, std::uint64_t hits);

} // namespace assay::gaps

#pragma once
// Do values of one configuration fall into two groups with nothing in between?
#include <cstddef>
#include <optional>
#include <span>

namespace assay::gaps {

/// Bimodality coefficient (SAS Institute, 1990; Pfister et al., "Good things peak in pairs", 2013):
/// (G1^2 + 1) / (G2 + 3 (n-1)^2 / ((n-2) (n-3))) of the sample skewness and excess kurtosis. 5/9 where values are
/// evenly spread, 1 where there are two only. n >= 4, not constant.
std::optional<double> bimodality(std::span<const double> values);

struct Modes {
    std::size_t n_low;  ///< values below the gap
    double low, high;   ///< medians below and above it
    double between[2];  ///< the values at its sides
    double coefficient; ///< bimodality
};

/// Two modes with an empty gap between them: the widest gap that leaves a tenth of the values on each side (a fifth of
/// fewer than 50, at least five, not all equal) is wider than twice the interquartile range of either, than 2 % of the
/// lower median, and than three steps of the finest resolution that the values show; and the coefficient is above
/// `least`. `sorted` is ascending.
std::optional<Modes> two_modes(std::span<const double> sorted, double least);

} // namespace assay::gaps

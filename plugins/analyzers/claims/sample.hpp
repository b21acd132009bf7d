#pragma once
// Rows, and statistics of the few values that they hold. Samples are not empty.
#include <cstddef>
#include <span>
#include <vector>

namespace assay::claims {

/// Rows of both; sorted, as the arguments are.
std::vector<std::size_t> common(const std::vector<std::size_t>& a, const std::vector<std::size_t>& b);

double mean(std::span<const double> values);
/// `divisor`: n - 1 for a sample, n for a population.
double deviation(std::span<const double> values, std::size_t divisor);
/// Type 7; `p` from 0 to 1.
double quantile(std::span<const double> values, double p);

} // namespace assay::claims

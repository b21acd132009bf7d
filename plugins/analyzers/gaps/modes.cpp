#include "gaps/modes.hpp"
#include <algorithm>
#include <assay/stats/moments.hpp>
#include <assay/stats/quantile.hpp>
#include <cmath>

namespace assay::gaps {

namespace {

constexpr double least_separation = 0.02;

/// Where the widest gap ends that leaves `fewest` values on each side.
std::size_t widest_gap(std::span<const double> sorted, std::size_t fewest) {
    std::size_t best = fewest;
    for (std::size_t i = fewest; i + fewest <= sorted.size(); ++i)
        if (sorted[i] - sorted[i - 1] > sorted[best] - sorted[best - 1]) best = i;
    return best;
}

/// The smallest step between values that differ: between two ticks of a timer nothing can lie.
double resolution(std::span<const double> sorted) {
    double least = sorted.back() - sorted.front();
    for (std::size_t i = 1; i < sorted.size(); ++i)
        if (sorted[i] > sorted[i - 1]) least = std::min(least, sorted[i] - sorted[i - 1]);
    return least;
}

/// A mode has some width: of two values that occur again and again nobody can tell what lies between them.
bool varies(std::span<const double> sorted) { return sorted.front() < sorted.back(); }

} // namespace

std::optional<double> bimodality(std::span<const double> values) {
    if (values.size() < 4) return std::nullopt;
    stats::Moments moments;
    moments.add(values);
    const auto g1 = stats::skewness(moments), g2 = stats::kurtosis(moments);
    if (!g1 || !g2) return std::nullopt;
    const auto n = static_cast<double>(values.size());
    const double skewness = *g1 * std::sqrt(n * (n - 1)) / (n - 2);
    const double kurtosis = (n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * *g2 + 6);
    return (skewness * skewness + 1) / (kurtosis + 3 * (n - 1) * (n - 1) / ((n - 2) * (n - 3)));
}

std::optional<Modes> two_modes(std::span<const double> sorted, double least) {
    const std::size_t share = sorted.size() < 50 ? 5 : 10;
    const std::size_t fewest = std::max<std::size_t>(5, (sorted.size() + share - 1) / share);
    if (sorted.size() < 2 * fewest) return std::nullopt;
    const std::size_t gap = widest_gap(sorted, fewest);
    const auto low = sorted.first(gap), high = sorted.subspan(gap);
    const double width = high.front() - low.back();
    const double middle_low = *stats::median(low), middle_high = *stats::median(high);
    const double spread = std::max(*stats::iqr(low), *stats::iqr(high));
    if (width <= 2 * spread || width <= least_separation * std::abs(middle_low) || width <= 3 * resolution(sorted) ||
        !varies(low) || !varies(high))
        return std::nullopt;
    const auto coefficient = bimodality(sorted);
    if (!coefficient || *coefficient <= least) return std::nullopt;
    return Modes{gap, middle_low, middle_high, {low.back(), high.front()}, *coefficient};
}

} // namespace assay::gaps

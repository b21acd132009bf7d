#include "claims/sample.hpp"
#include <algorithm>
#include <assay/stats/quantile.hpp>
#include <cmath>
#include <iterator>
#include <numeric>

namespace assay::claims {

std::vector<std::size_t> common(const std::vector<std::size_t>& a, const std::vector<std::size_t>& b) {
    std::vector<std::size_t> out;
    std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(out));
    return out;
}

double mean(std::span<const double> values) {
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double deviation(std::span<const double> values, std::size_t divisor) {
    const double m = mean(values);
    double squares = 0;
    for (const double x : values) squares += (x - m) * (x - m);
    return std::sqrt(squares / static_cast<double>(divisor));
}

double quantile(std::span<const double> values, double p) {
    std::vector<double> sorted(values.begin(), values.end());
    std::sort(sorted.begin(), sorted.end());
    return stats::quantile(sorted, p).value_or(std::nan(""));
}

} // namespace assay::claims

#include "gaps/series.hpp"
#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

namespace assay::gaps {

namespace {

/// Sum over groups of equal values of t (t - 1) (2 t + 5).
double tie_term(std::span<const double> values) {
    std::vector<double> sorted{values.begin(), values.end()};
    std::sort(sorted.begin(), sorted.end());
    double sum = 0;
    for (std::size_t i = 0; i < sorted.size();) {
        std::size_t end = i;
        while (end < sorted.size() && sorted[end] == sorted[i]) ++end;
        const auto t = static_cast<double>(end - i);
        sum += t * (t - 1) * (2 * t + 5);
        i = end;
    }
    return sum;
}

} // namespace

std::optional<Trend> mann_kendall(std::span<const double> values) {
    if (values.size() < 4) return std::nullopt;
    double s = 0;
    for (std::size_t i = 0; i < values.size(); ++i)
        for (std::size_t j = i + 1; j < values.size(); ++j)
            s += values[j] > values[i] ? 1 : values[j] < values[i] ? -1 : 0;
    const auto n = static_cast<double>(values.size());
    const double variance = (n * (n - 1) * (2 * n + 5) - tie_term(values)) / 18;
    if (variance <= 0 || s == 0) return Trend{s, 1};
    const double z = (std::abs(s) - 1) / std::sqrt(variance);
    return Trend{s, std::erfc(z / std::sqrt(2.0))};
}

std::optional<double> theil_sen(std::span<const double> values) {
    if (values.size() < 2) return std::nullopt;
    std::vector<double> slopes;
    slopes.reserve(values.size() * (values.size() - 1) / 2);
    for (std::size_t i = 0; i < values.size(); ++i)
        for (std::size_t j = i + 1; j < values.size(); ++j)
            slopes.push_back((values[j] - values[i]) / static_cast<double>(j - i));
    const auto middle = slopes.begin() + static_cast<std::ptrdiff_t>(slopes.size() / 2);
    std::nth_element(slopes.begin(), middle, slopes.end());
    if (slopes.size() % 2 == 1) return *middle;
    return (*middle + *std::max_element(slopes.begin(), middle)) / 2;
}

std::optional<double> lag1_autocorrelation(std::span<const double> values) {
    if (values.size() < 3) return std::nullopt;
    const double mean = std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
    double along = 0, all = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        all += (values[i] - mean) * (values[i] - mean);
        if (i + 1 < values.size()) along += (values[i] - mean) * (values[i + 1] - mean);
    }
    return all > 0 ? std::optional{along / all} : std::nullopt;
}

double autocorrelation_p(double r, std::uint64_t n) {
    return std::erfc(std::abs(r) * std::sqrt(static_cast<double>(n) / 2));
}

std::optional<double> cramers_v(const Contingency& counts) {
    std::map<std::size_t, double> rows, columns;
    double n = 0;
    for (const auto& [at, count] : counts) {
        if (count == 0) continue;
        const auto weight = static_cast<double>(count);
        rows[at.first] += weight, columns[at.second] += weight, n += weight;
    }
    if (rows.size() < 2 || columns.size() < 2) return std::nullopt;
    double sum = 0; // chi^2 = n (sum of count^2 / (row columns) - 1)
    for (const auto& [at, count] : counts)
        if (count > 0) sum += std::pow(static_cast<double>(count), 2) / (rows[at.first] * columns[at.second]);
    return std::sqrt(std::max(0.0, sum - 1) / static_cast<double>(std::min(rows.size(), columns.size()) - 1));
}

double chance_of_one_level(std::span<const std::uint64_t> level_sizes, std::uint64_t hits) {
    const auto all = std::accumulate(level_sizes.begin(), level_sizes.end(), std::uint64_t{0});
    double chance = 0;
    for (const auto size : level_sizes) {
        if (size < hits) continue;
        double draws = 1;
        for (std::uint64_t i = 0; i < hits; ++i) draws *= static_cast<double>(size - i) / static_cast<double>(all - i);
        chance += draws;
    }
    return std::min(chance, 1.0);
}

} // namespace assay::gaps

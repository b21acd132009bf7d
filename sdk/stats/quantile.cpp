#include <algorithm>
#include <assay/stats/moments.hpp>
#include <assay/stats/quantile.hpp>
#include <cmath>
#include <vector>

namespace assay::stats {
namespace {

std::vector<double> sorted_distances(std::span<const double> sorted, double from) {
    std::vector<double> distances(sorted.size());
    std::transform(sorted.begin(), sorted.end(), distances.begin(), [&](double x) { return std::fabs(x - from); });
    std::sort(distances.begin(), distances.end());
    return distances;
}

double mean_of(std::span<const double> values) {
    Moments m;
    m.add(values);
    return m.mean;
}

} // namespace

QuantilePlace quantile_place(std::uint64_t n, double p) {
    const double place = static_cast<double>(n - 1) * p, whole = std::floor(place);
    return {static_cast<std::uint64_t>(whole), place - whole};
}

double QuantilePlace::between(double low, double high) const {
    // From the nearer end, as numpy does: exact at both, and monotonic.
    const double value = share < 0.5 ? low + (high - low) * share : high - (high - low) * (1 - share);
    return std::isfinite(value) ? value : low * (1 - share) + high * share; // where the difference overflows
}

std::optional<double> quantile(std::span<const double> sorted, double p) {
    if (sorted.empty() || !(p >= 0 && p <= 1)) return std::nullopt;
    const QuantilePlace place = quantile_place(sorted.size(), p);
    return place.between(sorted[place.rank], sorted[std::min<std::size_t>(place.rank + 1, sorted.size() - 1)]);
}

std::optional<double> median(std::span<const double> sorted) { return quantile(sorted, 0.5); }

std::optional<double> iqr(std::span<const double> sorted) {
    if (sorted.empty()) return std::nullopt;
    return *quantile(sorted, 0.75) - *quantile(sorted, 0.25);
}

bool quantile_supported(std::uint64_t n, double p) {
    const double count = static_cast<double>(n);
    // A hundred observations support p99, whatever 1 - 0.99 rounds to.
    constexpr double one = 1 - 1e-9;
    return count * p >= one && count * (1 - p) >= one;
}

std::optional<double> mad(std::span<const double> sorted) {
    if (sorted.empty()) return std::nullopt;
    return median(sorted_distances(sorted, *median(sorted)));
}

std::optional<double> robust_sd(std::span<const double> sorted) {
    const auto raw = mad(sorted);
    return raw ? std::optional{*raw * mad_to_sd} : std::nullopt;
}

std::optional<double> robust_cv(std::span<const double> sorted) {
    if (sorted.empty() || !(*median(sorted) > 0)) return std::nullopt;
    return *robust_sd(sorted) / *median(sorted);
}

std::optional<double> trimmed_mean(std::span<const double> sorted, double share) {
    const auto cut = static_cast<std::size_t>(share * static_cast<double>(sorted.size()));
    if (sorted.size() <= 2 * cut) return std::nullopt;
    return mean_of(sorted.subspan(cut, sorted.size() - 2 * cut));
}

std::optional<double> geometric_mean(std::span<const double> sorted) {
    if (sorted.empty() || !(sorted.front() > 0)) return std::nullopt;
    std::vector<double> logs(sorted.size());
    std::transform(sorted.begin(), sorted.end(), logs.begin(), [](double x) { return std::log(x); });
    return std::exp(mean_of(logs));
}

std::optional<Fences> tukey_fences(std::span<const double> sorted) {
    if (sorted.empty()) return std::nullopt;
    const double q1 = *quantile(sorted, 0.25), q3 = *quantile(sorted, 0.75), width = q3 - q1;
    return Fences{q1 - 3 * width, q1 - 1.5 * width, q3 + 1.5 * width, q3 + 3 * width};
}

std::optional<OutlierCounts> tukey_outliers(std::span<const double> sorted) {
    const auto fences = tukey_fences(sorted);
    if (!fences) return std::nullopt;
    const auto below = [&](double fence) { return std::lower_bound(sorted.begin(), sorted.end(), fence); };
    const auto above = [&](double fence) { return std::upper_bound(sorted.begin(), sorted.end(), fence); };
    const auto count = [](auto from, auto to) { return static_cast<std::uint64_t>(to - from); };
    return OutlierCounts{.severe_low = count(sorted.begin(), below(fences->severe_low)),
                         .mild_low = count(below(fences->severe_low), below(fences->mild_low)),
                         .mild_high = count(above(fences->mild_high), above(fences->severe_high)),
                         .severe_high = count(above(fences->severe_high), sorted.end())};
}

std::optional<ModifiedZ> modified_z(std::span<const double> sorted) {
    if (sorted.empty()) return std::nullopt;
    const double centre = *median(sorted);
    const std::vector<double> distances = sorted_distances(sorted, centre);
    const double raw = *median(distances);
    if (raw > 0) return ModifiedZ{centre, raw / 0.6745, false};
    return ModifiedZ{centre, 1.2533 * mean_of(distances), true};
}

std::uint64_t count_outliers(std::span<const double> sorted, const ModifiedZ& z) {
    return static_cast<std::uint64_t>(
        std::count_if(sorted.begin(), sorted.end(), [&](double x) { return z.outlier(x); }));
}

} // namespace assay::stats

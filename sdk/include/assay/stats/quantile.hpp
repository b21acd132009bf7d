// Robust statistics of a sorted sample. All take ascending finite values, and are empty where undefined.
#pragma once
#include <cstdint>
#include <optional>
#include <span>

namespace assay::stats {

// Where a quantile of Hyndman and Fan's type 7 (1996), the default of numpy and R, lies among n > 0 values in order:
// at `rank`, from 0, and a share of the way to the next.
struct QuantilePlace {
    std::uint64_t rank;
    double share;
    double between(double low, double high) const; // the values at `rank` and behind it
};
QuantilePlace quantile_place(std::uint64_t n, double p); // 0 <= p <= 1

// Of that type. 0 <= p <= 1.
std::optional<double> quantile(std::span<const double> sorted, double p);
std::optional<double> median(std::span<const double> sorted);
std::optional<double> iqr(std::span<const double> sorted);

// A quantile says something about the tail only if an observation can lie beyond it: n p >= 1 and n (1 - p) >= 1.
bool quantile_supported(std::uint64_t n, double p);

inline constexpr double mad_to_sd = 1.4826;                      // for normal data
std::optional<double> mad(std::span<const double> sorted);       // median |x - median|, raw
std::optional<double> robust_sd(std::span<const double> sorted); // mad * 1.4826
std::optional<double> robust_cv(std::span<const double> sorted); // robust_sd / median; median > 0
std::optional<double> trimmed_mean(std::span<const double> sorted, double share = 0.2); // cut from each end
std::optional<double> geometric_mean(std::span<const double> sorted);                   // all values > 0

// Tukey (1977): beyond 1.5 IQR from the quartiles is mild, beyond 3 IQR severe.
struct Fences {
    double severe_low, mild_low, mild_high, severe_high;
};
struct OutlierCounts {
    std::uint64_t severe_low = 0, mild_low = 0, mild_high = 0, severe_high = 0;
    std::uint64_t total() const { return severe_low + mild_low + mild_high + severe_high; }
};
std::optional<Fences> tukey_fences(std::span<const double> sorted);
std::optional<OutlierCounts> tukey_outliers(std::span<const double> sorted);

// Iglewicz and Hoaglin (1993): z = 0.6745 (x - median) / MAD, an outlier where |z| > 3.5. Where MAD is 0, z is
// (x - median) / (1.2533 * mean absolute deviation).
struct ModifiedZ {
    double centre; // median
    double scale;  // z = (x - centre) / scale; 0 where all values are equal, and then no value is an outlier
    bool fallback; // MAD was 0
    double z(double value) const { return scale > 0 ? (value - centre) / scale : 0; }
    bool outlier(double value) const { return z(value) > 3.5 || z(value) < -3.5; }
};
std::optional<ModifiedZ> modified_z(std::span<const double> sorted);
std::uint64_t count_outliers(std::span<const double> sorted, const ModifiedZ&);

} // namespace assay::stats

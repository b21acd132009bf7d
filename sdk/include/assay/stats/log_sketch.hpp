// Quantiles of any number of values in bounded memory: counts in fixed buckets, 128 to the octave, found from the bits
// of the double. The linearly interpolated variant of DDSketch (Masson, Rim, Lee 2019): no logarithm is taken, and
// counts do not depend on order. An order statistic is answered within 1/256 (0.39 %) of its value.
// Bounds: |x| < 2^-96 counts as zero, |x| >= 2^96 falls into the outermost bucket (smallest and largest value are kept
// exactly, and no answer lies beyond them). At most 49,153 buckets, and only those between the outermost occupied ones.
#pragma once
#include <algorithm>
#include <assay/stats/extrema.hpp>
#include <bit>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace assay::stats {

class LogSketch {
  public:
    static constexpr double relative_error = 1.0 / 256;
    static constexpr const char* method = "from a log sketch (within 0.39 %)";

    void add(double value) { // finite
        const std::int32_t bucket = bucket_of(value);
        const auto slot = static_cast<std::uint32_t>(bucket - first);
        if (slot >= counts.size()) return add_outside(value, bucket);
        ++counts[slot];
        note(value, value, 1);
    }
    void add(std::span<const double> values) {
        if (!values.empty()) add(values, range_of(values));
    }
    void add(std::span<const double> values, Range range); // all of them within it
    void merge(const LogSketch& other);

    std::uint64_t count() const { return n; }
    double min() const { return smallest; }
    double max() const { return largest; }
    double order_statistic(std::uint64_t rank) const; // rank from 0, < count()
    double quantile(double p) const;                  // type 7 over such order statistics; count() > 0

    friend void encode(std::string& out, const LogSketch&);
    friend bool decode(std::string_view& in, LogSketch& out);

  private:
    static constexpr int sub_bits = 7, octaves = 96;
    static constexpr std::int32_t top = 2 * octaves << sub_bits; // bucket of the largest magnitudes; 0 holds zero
    static constexpr std::uint64_t base = std::uint64_t{1023 - octaves} << sub_bits;

    static std::int32_t bucket_of(double value) {
        const std::uint64_t bits = std::bit_cast<std::uint64_t>(value);
        const auto step = static_cast<std::int64_t>((bits & ~(std::uint64_t{1} << 63)) >> (52 - sub_bits)) + 1;
        const auto magnitude =
            static_cast<std::int32_t>(std::clamp<std::int64_t>(step - static_cast<std::int64_t>(base), 0, top));
        return bits >> 63 ? -magnitude : magnitude;
    }
    static double middle(std::int32_t bucket);
    void note(double low, double high, std::uint64_t more) {
        smallest = n == 0 || low < smallest ? low : smallest;
        largest = n == 0 || high > largest ? high : largest;
        n += more;
    }
    void add_outside(double value, std::int32_t bucket);
    void cover(std::int32_t low, std::int32_t high);

    std::uint64_t n = 0;
    double smallest = 0, largest = 0;
    std::int32_t first = 0; // bucket of counts[0]
    std::vector<std::uint64_t> counts;
};

} // namespace assay::stats

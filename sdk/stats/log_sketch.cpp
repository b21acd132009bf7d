#include <assay/stats/bytes.hpp>
#include <assay/stats/log_sketch.hpp>
#include <cmath>

namespace assay::stats {

double LogSketch::middle(std::int32_t bucket) {
    if (bucket == 0) return 0;
    const auto edge = [](std::uint64_t step) { return std::bit_cast<double>((base + step) << (52 - sub_bits)); };
    const auto magnitude = static_cast<std::uint64_t>(bucket < 0 ? -bucket : bucket);
    const double value = (edge(magnitude - 1) + edge(magnitude)) / 2;
    return bucket < 0 ? -value : value;
}

// Makes room for the buckets low..high, and some about them.
void LogSketch::cover(std::int32_t low, std::int32_t high) {
    const auto held = [&](std::int32_t bucket) { return static_cast<std::uint32_t>(bucket - first) < counts.size(); };
    if (held(low) && held(high)) return;
    const std::int32_t slack = static_cast<std::int32_t>(counts.size()) / 4 + 16;
    low = std::max(low - slack, -top);
    high = std::min(high + slack, top);
    if (!counts.empty()) {
        low = std::min(low, first);
        high = std::max(high, first + static_cast<std::int32_t>(counts.size()) - 1);
    }
    std::vector<std::uint64_t> wider(static_cast<std::size_t>(high - low + 1));
    if (!counts.empty()) std::copy(counts.begin(), counts.end(), wider.begin() + (first - low));
    counts = std::move(wider);
    first = low;
}

void LogSketch::add_outside(double value, std::int32_t bucket) {
    cover(bucket, bucket);
    ++counts[static_cast<std::size_t>(bucket - first)];
    note(value, value, 1);
}

void LogSketch::add(std::span<const double> values, Range range) {
    if (values.empty()) return;
    const std::int32_t low = bucket_of(range.low), high = bucket_of(range.high);
    cover(low, high);
    if (low > 0 && high < top) { // no sign, and nothing to clamp
        const std::uint64_t before = base + static_cast<std::uint64_t>(first) - 1;
        std::uint64_t* const slots = counts.data();
        for (const double value : values) ++slots[(std::bit_cast<std::uint64_t>(value) >> (52 - sub_bits)) - before];
    } else {
        for (const double value : values) ++counts[static_cast<std::size_t>(bucket_of(value) - first)];
    }
    note(range.low + 0.0, range.high + 0.0, values.size()); // -0.0 is 0.0
}

void LogSketch::merge(const LogSketch& other) {
    if (other.n == 0) return;
    cover(other.first, other.first + static_cast<std::int32_t>(other.counts.size()) - 1);
    for (std::size_t i = 0; i < other.counts.size(); ++i)
        counts[i + static_cast<std::size_t>(other.first - first)] += other.counts[i];
    note(other.smallest, other.largest, other.n);
}

double LogSketch::order_statistic(std::uint64_t rank) const {
    if (rank == 0) return smallest;
    if (rank + 1 >= n) return largest;
    std::uint64_t below = 0;
    std::int32_t bucket = first;
    for (std::uint64_t count : counts) {
        below += count;
        if (below > rank) break;
        ++bucket;
    }
    return std::clamp(middle(bucket), smallest, largest);
}

double LogSketch::quantile(double p) const {
    const double place = static_cast<double>(n - 1) * p, whole = std::floor(place);
    const auto rank = static_cast<std::uint64_t>(whole);
    const double low = order_statistic(rank), high = order_statistic(std::min(rank + 1, n - 1));
    return low + (high - low) * (place - whole);
}

void encode(std::string& out, const LogSketch& sketch) {
    put_tag(out, "LSK1");
    put(out, sketch.smallest);
    put(out, sketch.largest);
    const auto occupied =
        sketch.counts.size() - static_cast<std::size_t>(std::count(sketch.counts.begin(), sketch.counts.end(), 0));
    put(out, std::uint64_t{occupied});
    for (std::size_t i = 0; i < sketch.counts.size(); ++i) {
        if (sketch.counts[i] == 0) continue;
        put(out, sketch.first + static_cast<std::int32_t>(i));
        put(out, sketch.counts[i]);
    }
}

bool decode(std::string_view& in, LogSketch& out) {
    std::string_view rest = in;
    std::uint64_t occupied = 0, n = 0;
    double low = 0, high = 0;
    if (!take_tag(rest, "LSK1") || !take(rest, low) || !take(rest, high) || !take_count(rest, occupied, 5))
        return false;
    std::vector<std::pair<std::int32_t, std::uint64_t>> buckets;
    buckets.reserve(occupied);
    for (std::uint64_t i = 0; i < occupied; ++i) {
        std::int32_t bucket = 0;
        std::uint64_t count = 0;
        if (!take(rest, bucket) || !take(rest, count) || count == 0) return false;
        if (bucket < -LogSketch::top || bucket > LogSketch::top) return false;
        if (i > 0 && bucket <= buckets.back().first) return false;
        if (count > UINT64_MAX - n) return false;
        n += count;
        buckets.emplace_back(bucket, count);
    }
    LogSketch read;
    if (n == 0) {
        if (low != 0 || high != 0) return false;
    } else {
        if (!std::isfinite(low) || !std::isfinite(high) || low > high) return false;
        if (LogSketch::bucket_of(low) != buckets.front().first || LogSketch::bucket_of(high) != buckets.back().first)
            return false;
        read.cover(buckets.front().first, buckets.back().first);
        for (const auto& [bucket, count] : buckets) read.counts[static_cast<std::size_t>(bucket - read.first)] = count;
        read.note(low, high, n);
    }
    out = std::move(read);
    in = rest;
    return true;
}

} // namespace assay::stats

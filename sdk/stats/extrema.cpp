#include <algorithm>
#include <array>
#include <assay/stats/bytes.hpp>
#include <assay/stats/extrema.hpp>
#include <assay/stats/lanes.hpp>

namespace assay::stats {
namespace {

void put_extreme(std::string& out, const Extreme& extreme) {
    put(out, extreme.value);
    put(out, extreme.at.chunk);
    put(out, extreme.at.row);
}

bool take_extreme(std::string_view& in, Extreme& extreme) {
    return take(in, extreme.value) && take(in, extreme.at.chunk) && take(in, extreme.at.row);
}

// Lanes as an array: without vector registers for it the compiler makes a choice between vectors one by one.
ASSAY_DEFAULT_TARGET Range find_range(std::span<const double> values) {
    std::array<double, lanes> low, high;
    low.fill(values.front());
    high.fill(values.front());
    const auto note = [&](std::size_t lane, double value) {
        low[lane] = value < low[lane] ? value : low[lane];
        high[lane] = value > high[lane] ? value : high[lane];
    };
    const std::size_t whole = values.size() / lanes * lanes;
    for (std::size_t i = 0; i < whole; i += lanes)
        for (std::size_t lane = 0; lane < lanes; ++lane) note(lane, values[i + lane]);
    for (std::size_t i = whole; i < values.size(); ++i) note(i - whole, values[i]);
    return {*std::min_element(low.begin(), low.end()), *std::max_element(high.begin(), high.end())};
}

#if defined(ASSAY_WIDE_TARGET)
ASSAY_WIDE_TARGET Range find_range(std::span<const double> values) {
    Lanes low = Lanes{} + values.front(), high = low;
    by_lane(
        values,
        [&](const Lanes& x) {
            low = x < low ? x : low;
            high = x > high ? x : high;
        },
        [&](std::size_t lane, double x) {
            low[lane] = x < low[lane] ? x : low[lane];
            high[lane] = x > high[lane] ? x : high[lane];
        });
    Range range{low[0], high[0]};
    for (std::size_t lane = 1; lane < lanes; ++lane) {
        range.low = low[lane] < range.low ? low[lane] : range.low;
        range.high = high[lane] > range.high ? high[lane] : range.high;
    }
    return range;
}
#endif

} // namespace

Range range_of(std::span<const double> values) { return find_range(values); }

void Extrema::merge(const Extrema& other) {
    if (!other.min) return;
    add(*other.min);
    add(*other.max);
}

void encode(std::string& out, const Extrema& extrema) {
    put_tag(out, "EXT1");
    put(out, static_cast<std::uint8_t>(extrema.min.has_value()));
    if (!extrema.min) return;
    put_extreme(out, *extrema.min);
    put_extreme(out, *extrema.max);
}

bool decode(std::string_view& in, Extrema& out) {
    std::string_view rest = in;
    std::uint8_t any = 0;
    if (!take_tag(rest, "EXT1") || !take(rest, any) || any > 1) return false;
    Extrema read;
    if (any == 1) {
        read.min.emplace();
        read.max.emplace();
        if (!take_extreme(rest, *read.min) || !take_extreme(rest, *read.max)) return false;
        if (!(read.min->value <= read.max->value)) return false;
    }
    out = read;
    in = rest;
    return true;
}

} // namespace assay::stats

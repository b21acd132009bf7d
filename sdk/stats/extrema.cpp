#include <algorithm>
#include <array>
#include <assay/stats/bytes.hpp>
#include <assay/stats/extrema.hpp>

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

} // namespace

Range range_of(std::span<const double> values) {
    constexpr std::size_t lanes = 8; // independent, for vector registers
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

// Few blocks of a long column hold a new extreme: only then its place is looked for.
void Extrema::add(std::span<const double> values, std::uint64_t chunk, std::uint64_t first_row,
                  std::span<const std::uint32_t> rows) {
    if (values.empty()) return;
    const Range range = range_of(values);
    const auto add_first = [&](double value) {
        const auto at = static_cast<std::size_t>(std::find(values.begin(), values.end(), value) - values.begin());
        add(values[at], {chunk, first_row + rows[at]});
    };
    if (!min || range.low <= min->value) add_first(range.low);
    if (range.high >= max->value) add_first(range.high);
}

void Extrema::merge(const Extrema& other) {
    if (!other.min) return;
    add(other.min->value, other.min->at);
    add(other.max->value, other.max->at);
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

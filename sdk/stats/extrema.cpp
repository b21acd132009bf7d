#include <assay/stats/bytes.hpp>
#include <assay/stats/extrema.hpp>

namespace assay::stats {
namespace {

// First places of the smallest and largest value; values not empty.
template <class Row> void add_span(Extrema& extrema, std::span<const double> values, std::uint64_t chunk, Row row) {
    std::size_t low = 0, high = 0;
    double smallest = values[0], largest = values[0];
    for (std::size_t i = 1; i < values.size(); ++i) {
        if (values[i] < smallest) smallest = values[low = i];
        if (values[i] > largest) largest = values[high = i];
    }
    extrema.add(smallest, {chunk, row(low)});
    extrema.add(largest, {chunk, row(high)});
}

void put_extreme(std::string& out, const Extreme& extreme) {
    put(out, extreme.value);
    put(out, extreme.at.chunk);
    put(out, extreme.at.row);
}

bool take_extreme(std::string_view& in, Extreme& extreme) {
    return take(in, extreme.value) && take(in, extreme.at.chunk) && take(in, extreme.at.row);
}

} // namespace

void Extrema::add(std::span<const double> values, std::uint64_t chunk, std::span<const std::uint64_t> rows) {
    if (!values.empty()) add_span(*this, values, chunk, [&](std::size_t i) { return rows[i]; });
}

void Extrema::add(std::span<const double> values, std::uint64_t chunk, std::uint64_t first_row) {
    if (!values.empty()) add_span(*this, values, chunk, [&](std::size_t i) { return first_row + i; });
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

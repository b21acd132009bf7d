// Smallest and largest value and where each first stands.
#pragma once
#include <assay/stats/position.hpp>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace assay::stats {

struct Range {
    double low, high;
};

// Smallest and largest of some values; not empty, finite.
Range range_of(std::span<const double> values);

struct Extreme {
    double value = 0;
    Position at;
    bool operator==(const Extreme&) const = default;
};

struct Extrema {
    std::optional<Extreme> min, max; // both or none

    void add(double value, Position at) {
        if (!min) {
            min = max = Extreme{value, at};
            return;
        }
        if (value < min->value || (value == min->value && at < min->at)) min = Extreme{value, at};
        if (value > max->value || (value == max->value && at < max->at)) max = Extreme{value, at};
    }
    // values[i] stands in row first_row + rows[i] of the chunk; rows ascend.
    void add(std::span<const double> values, std::uint64_t chunk, std::uint64_t first_row,
             std::span<const std::uint32_t> rows);
    void merge(const Extrema& other);
    bool operator==(const Extrema&) const = default;
};

void encode(std::string& out, const Extrema&);
bool decode(std::string_view& in, Extrema& out);

} // namespace assay::stats

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
    // Of many values, none of which stands before `begin`: first(value) is where the first that equals it stands. Few
    // blocks of a long column hold a new extreme, and only then it is asked.
    template <class First> void add(Range range, Position begin, First first) {
        if (!min || range.low < min->value || (range.low == min->value && begin < min->at)) add(first(range.low));
        if (range.high > max->value || (range.high == max->value && begin < max->at)) add(first(range.high));
    }
    void add(const Extreme& extreme) { add(extreme.value, extreme.at); }
    void merge(const Extrema& other);
    bool operator==(const Extrema&) const = default;
};

void encode(std::string& out, const Extrema&);
bool decode(std::string_view& in, Extrema& out);

} // namespace assay::stats

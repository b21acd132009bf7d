#pragma once
// Numbers in a text: value, precision, unit, and what kind of number it is.
#include "claims/units.hpp"
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace assay::claims {

enum class Kind { number, date, clock, version, ordinal, name };

struct Quantity {
    std::size_t begin = 0, number_end = 0, end = 0; ///< in the text given; `end` is behind the unit
    double value = 0;
    double step = 1; ///< one unit of its last digit: a rounded value lies within half of it
    int digits = 0;  ///< significant ones
    Kind kind = Kind::number;
    Unit unit{};
    char bound = 0;                              ///< '<' or '>': at most, at least; 0: the value itself
    bool about = false;                          ///< "~", "about"
    bool signed_ = false;                        ///< a sign is written: a difference
    bool spelled = false;                        ///< in letters: "five"
    std::string noun{};                          ///< word behind it: "runs", "files"
    std::size_t low = SIZE_MAX, high = SIZE_MAX; ///< index of the other end of a range, set at both ends
    int edge = 0;                                ///< of a range in words, "from 3 to 5": -1 its begin, 1 its end
    std::size_t of = SIZE_MAX;                   ///< index of n in "k of n", set at k
    std::int64_t day = 0;                        ///< of a date: days since 1970; of a month its first
    int day_span =
        1; ///< days that it leaves open: 31 for a month, 366 for a year; 0: no year, `value` is month * 100 + day
};

/// "2530 ms" may be 2527: in a table zeros at the end may stand for digits left out, where three others are before
/// them.
void round_to_zeros(Quantity& q);

/// All numbers of a text, in order. `text` is plain (words.hpp).
std::vector<Quantity> quantities(std::string_view text);

} // namespace assay::claims

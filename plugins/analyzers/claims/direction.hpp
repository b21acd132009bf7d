#pragma once
// What a relation says besides its number: whose it is, what it is held against, and which of the two is the larger.
#include "claims/document.hpp"
#include "claims/relation.hpp"
#include <string>
#include <vector>

namespace assay::claims {

struct Direction {
    enum class Sense { unknown, up, down, faster, slower } sense = Sense::unknown;
    /// What an unmarked number is: of the subject to the base, their change, or either of both.
    enum class Of { either, change, quotient } of = Of::either;
    std::string subject, base; ///< texts that name the two
};
/// As the words around a number may be read, the likeliest first.
std::vector<Direction> directions_in(const Statement& s, const Claim& claim);

/// Is it a time, or a rate?
bool is_time(const Datum& datum);
bool is_rate(const Datum& datum);
/// Is `x` so related to `y`, which it is held against?
bool relates(const Quantity& q, Relation relation, const Direction& direction, const Datum& x, const Datum& y);
/// "faster", "as slow as": of times and rates alone.
bool speaks_of_speed(const std::string& text);

/// The words around a number up to the next comma, without it; in lower case.
std::string clause_around(const std::string& text, const Quantity& q);
/// Does a clause speak of something measured, known or not: "the cost of", "as large as", "more accurate"?
bool has_property(const std::string& clause);

} // namespace assay::claims

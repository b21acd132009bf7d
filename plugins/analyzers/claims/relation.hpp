#pragma once
// Words that say that a number relates two others.
#include "claims/quantity.hpp"
#include "claims/verdict.hpp"
#include <string>

namespace assay::claims {

/// "faster", "more than", "versus", ... `text` is in lower case.
bool compares(const std::string& text);

/// `more` and `less`: percent of the smaller, and of the larger; `percent`: of either.
enum class Relation { none, ratio, percent, more, less, share, difference };
/// What a number relates by the words around it, and those behind it; in lower case.
Relation relation_of(const Quantity& q, const std::string& said, const std::string& behind);
/// Of rates, that one is faster says that it is more; of times, slower.
Relation by_speed(Relation relation, const std::string& said, const Datum& datum);
/// In the unit of `first` and `second`, or in percent.
double result_of(Relation relation, double first, double second);
Verdict relation_verdict(Relation relation, const Datum& x, const Datum& y, double first, double second);

} // namespace assay::claims

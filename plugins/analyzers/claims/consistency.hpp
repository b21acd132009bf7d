#pragma once
// Numbers of one document that cannot all be true, whatever the data say.
#include "claims/rules.hpp"
#include "claims/verdict.hpp"

namespace assay::claims {

/// X1: shares past 100 %, parts that do not sum to their total. X4: the same thing stated with different values.
std::vector<Finding> inconsistencies(const Document& document, const std::vector<Verdict>& verdicts);

} // namespace assay::claims

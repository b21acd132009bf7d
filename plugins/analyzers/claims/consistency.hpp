#pragma once
// Numbers of one document that cannot all be true, whatever the data say.
#include "claims/document.hpp"
#include "claims/rule.hpp"
#include "claims/verdict.hpp"

namespace assay::claims {

/// L7 and L8.
std::vector<Fired> inconsistencies(const Document& document, const std::vector<Verdict>& verdicts);

} // namespace assay::claims

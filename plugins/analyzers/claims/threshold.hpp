#pragma once
// Bounds that say which rows are meant, and measure nothing.
#include "claims/document.hpp"

namespace assay::claims {

/// "12 of 36 runs took more than 1 s", "requests slower than 33.2 ms": not "the runs stayed below 1 s".
bool is_threshold(const Document& document, const Claim& claim);

} // namespace assay::claims

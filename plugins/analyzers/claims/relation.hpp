#pragma once
// Words that say that a number relates two others.
#include <string>

namespace assay::claims {

/// "faster", "more than", "versus", ... `text` is in lower case.
bool compares(const std::string& text);

} // namespace assay::claims

#pragma once
#include <string_view>

namespace assay::json {

/// Whether a dotted name ends in a word that only what was counted or timed has: `sum.bytes`, `real_time_ns`.
bool names_measurement(std::string_view name);

} // namespace assay::json

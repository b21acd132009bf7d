#pragma once
// Objects that tell of something that did not run: fio writes `read`, `write` and `trim` of each job, all zeros where
// the job did not do so. No zero stands for what was not measured.
#include <simdjson.h>
#include <vector>

namespace assay::json {

/// For each member that is an object, in their order: true where it tells a duration of its own, that and every other
/// number in it, four or more, is 0, and a member beside it with the same keys did run. Alone it may be a summary,
/// whose zeros are counts. Empty where none is so.
std::vector<bool> idle_members(simdjson::dom::object members);

} // namespace assay::json

#pragma once
// Objects that tell of something that did not run: fio writes `read`, `write` and `trim` of each job, all zeros where
// the job did not do so. No zero stands for what was not measured.
#include <simdjson.h>

namespace assay::json {

/// True where an object tells a duration of its own, and that and every other number in it, four or more, is 0.
bool ran_for_no_time(simdjson::dom::object object);

} // namespace assay::json

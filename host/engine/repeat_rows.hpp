#pragma once
// Rows whose repetitions stand side by side, as one row a repetition.
#include "plan/table_plan.hpp"

namespace assay::engine {

/// Of rows [first, first + count) of a batch as the table is written, the batch that `plan` describes: each row's
/// repetitions one after the other. The caller releases it.
ArrowArray repeat_rows(const plan::TablePlan& plan, const ArrowArray& written, std::size_t first, std::size_t count);

} // namespace assay::engine

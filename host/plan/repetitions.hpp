#pragma once
// Repetitions that stand side by side: `run_1`, `run_2`, ... `run_6`, or `latency_ms_run1`, ... hold one metric. Such a
// table is planned as one of a row a repetition, so that figures are over repetitions, and not over things measured.
#include "plan/table_plan.hpp"

namespace assay::plan {

/// Plans a table as one row a repetition where its columns are such. They are where three or more of them differ only
/// in the number behind a word for repetitions, are metrics of one unit and are numbered in order without a gap; where
/// the pipeline says nothing of their role; where no column that is numbered alike is anything else (a text, a status,
/// or empty); and where no other metric stands beside them but published statistics. `plan` is the table as written and
/// becomes the other's `written`.
TablePlan one_row_a_repetition(TablePlan plan, const Rules& rules);

} // namespace assay::plan

#pragma once
// What makes a row of a table failed, where nobody has said so: columns that record errors, success or exit codes.
#include <string>
#include <vector>

namespace assay::plan {

struct ColumnPlan;

/// A predicate's text, empty where the columns say nothing about failure.
std::string inferred_failure(const std::vector<ColumnPlan>& columns);

} // namespace assay::plan

#pragma once
// What makes a row of a table failed, where nobody has said so: columns that record errors, success or exit codes.
#include <string>
#include <vector>

namespace assay::plan {

struct ColumnPlan;

/// The words of a column's name say that it holds what processes ended with.
bool is_exit_code(const std::vector<std::string>& words);

/// `http_status`, `response_code`: what a server answered.
bool is_http_status(const std::vector<std::string>& words);

/// A predicate's text, empty where the columns say nothing about failure.
std::string inferred_failure(const std::vector<ColumnPlan>& columns);

} // namespace assay::plan

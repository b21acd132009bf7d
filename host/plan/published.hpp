#pragma once
// What makes a row a statistic of other rows - a mean, a cv - where nobody has said so: a column that says which kind
// of row it is (`run_type`: aggregate), or which statistic (`aggregate_name`: median; of any name, where one of its
// texts is a deviation), or one row that calls itself `Aggregated` among others. Such rows are no observations.
#include <string>
#include <string_view>

namespace assay::plan {

struct ColumnPlan;
struct ColumnSample;

/// The condition of a predicate, empty where the column says nothing of the kind.
std::string published_by(const ColumnPlan& column, const ColumnSample& sample);

/// "mean", "p99", "max latency" has another word: no.
bool names_statistic(std::string_view text);

/// "stddev", "median_abs_dev": what is no operation that could have been measured, as a maximum or a mean could.
bool names_spread(std::string_view text);

} // namespace assay::plan

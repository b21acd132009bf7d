#pragma once
// What makes a row a statistic of other rows - a mean, a cv - where nobody has said so: a column that says which kind
// of row it is (`run_type`: aggregate), or which statistic (`aggregate_name`: median; of any name, where its texts
// are those of one distribution), or the one row that calls itself `Aggregated` among others. Such rows are no
// observations.
#include <span>
#include <string>
#include <string_view>

namespace assay::plan {

struct ColumnPlan;
struct ColumnSample;

/// The condition of a predicate, empty where the column says nothing of the kind.
std::string published_by(const ColumnPlan& column, const ColumnSample& sample);

/// By its name a column may say which statistic a row is. Cheap: asked of each column of each table.
bool may_tell_statistic(std::string_view name);

/// One of the first texts may be the name of a deviation. Cheap likewise.
bool may_name_spread(std::span<const std::string_view> cells);

/// "mean", "p99", "max latency" has another word: no.
bool names_statistic(std::string_view text);

/// These texts, which name statistics, are those of one distribution: a centre and a deviation are there, each text
/// once.
bool summarise(std::span<const std::string_view> cells, std::size_t distinct);

} // namespace assay::plan

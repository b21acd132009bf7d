#pragma once
// What names, units and texts of artifacts tell, for rules of more than one family.
#include <assay/report.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay::gaps {

/// s, ms, us, ns, min, h.
bool is_duration_unit(std::string_view unit);
/// 0 where it is no unit of durations.
double seconds_in(std::string_view unit);

std::string lower_case(std::string_view text); ///< ASCII

/// Letters and digits between whatever else, lower case: "mean_tokens/s" is mean, tokens, s.
std::vector<std::string> name_words(std::string_view name);

/// The reason of an artifact, or the code of a remark, says that a limit ended the reading.
bool is_limit(std::string_view code);

/// A text that programs print when they fail: a traceback, a refused connection, "command not found".
bool looks_like_error(std::string_view text);

std::string lower_case(std::string_view text); ///< ASCII

/// Of a path; empty where it has none.
std::string_view folder_of(std::string_view path);

/// One line, cut for reading.
std::string short_text(std::string_view text, std::size_t most = 60);

/// A place by its line, where it is known.
Evidence line_of(const std::string& path, std::uint64_t line, std::string excerpt = {});

/// What files of one run have in common: folder and name without words such as runs, raw, results, summary, environment
/// and telemetry. "a/sweep_runs.csv" and "a/sweep_summary.json" are both "a/sweep".
std::string run_name(std::string_view path);
/// A word of the name says that the file sums up others.
bool is_summary_name(std::string_view path);

/// "latency_p95" is at rank 0.95 of "latency"; min is 0, median 0.5, max 1; used 0 and total 1 of "memory".
struct OrderInName {
    std::string stem;
    double rank;
};
std::optional<OrderInName> order_in_name(std::string_view name);

/// "mean_time_ms" is the mean of "time_ms"; mean, median, sd, min, max.
struct StatisticInName {
    std::string stem;
    std::string_view statistic;
};
std::optional<StatisticInName> statistic_in_name(std::string_view name);

} // namespace assay::gaps

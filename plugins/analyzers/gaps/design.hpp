#pragma once
// How a dataset was measured: which of its columns set the conditions, and its rows as runs of one configuration.
#include "gaps/tree.hpp"
#include <string>
#include <string_view>
#include <vector>

namespace assay::gaps {

/// A duration or a rate, measured and not summed up, of which it is known what is better.
bool is_performance(const data::Metric& metric);
bool is_performance(const assay_column& column);
const std::vector<std::size_t>& performance_columns(const TableView& table);
bool has_performance(const TableView& table);

/// Tells one repeat from the next, so that rows that differ in nothing else are repetitions.
bool is_repeat(std::string_view name);

/// What a machine shows while it works: at least half of the metrics are of sensors, over time.
bool is_telemetry(const TableView& table);
bool is_sensor(std::string_view name);
/// Temperature, power, clocks, utilisation: what tells whether a machine ran as it should.
bool is_condition_sensor(std::string_view name);

/// How many observations a row of a table stands for, by its own count (samples, samples_per_run, n, ...).
std::optional<double> own_count(const TableView& table, std::size_t kept_row);
/// Rows are summaries of many observations each: they count them, or hold means of durations or rates.
bool holds_summaries(const TableView& table);

/// The column that says when a row was measured; SIZE_MAX where there is none.
std::size_t time_column(const TableView& table);
/// Microseconds since 1970, UTC, from a time or a number of seconds or parts of them.
std::optional<double> time_of(const KeptCell& cell);

/// Why a rule on the order of rows could not look at a table.
inline constexpr const char* too_large = "a table is too large for all of its rows to be kept in order";

/// Runs of fewer rows tell nothing.
inline constexpr std::size_t fewest_in_run = 5;

/// Rows that are ok with like conditions, in the order of their times, else as they stand.
struct Run {
    std::vector<std::size_t> rows; ///< of the kept rows
    std::string levels;            ///< "model=a, threads=4"
};
/// `by_stimulus`: rows with different prompts are apart. Empty where not all rows were kept.
std::vector<Run> runs_of(const TableView& table, bool by_stimulus);

/// A column of few levels says what was asked.
bool has_stimulus_levels(const TableView& table);
/// What is asked differs from row to row, and no column of few levels says how: rows are no repetitions.
bool has_free_stimulus(const TableView& table);

/// Rows that carry the load of a model or another start-up: its own column is 3 times its median, and more than this
/// share of a duration that holds it. Empty where no column tells.
struct ColdRows {
    std::size_t column = SIZE_MAX; ///< the load
    std::size_t whole = SIZE_MAX;  ///< a duration that holds it
    std::vector<std::size_t> rows; ///< of the kept rows
};
ColdRows cold_rows(const TableView& table, double share);

/// Not more than this many of the condition columns of a table, and levels of each, are looked at.
inline constexpr std::size_t most_conditions = 32, most_levels = 32;

} // namespace assay::gaps

#include "documented_units.hpp"
#include <algorithm>
#include <array>

namespace assay::json {
namespace {

struct Documented {
    std::array<std::string_view, 3> signs;   ///< columns of its table
    std::array<std::string_view, 8> columns; ///< `*` at an end: any that begins or ends so
    std::string_view unit;
    std::string_view parameter = {}; ///< a column that was set
    bool no_observations = false;    ///< the columns hold sums or bounds: of their values no median means anything
    std::string_view file = {};      ///< its name, where the columns could be anyone's
};

/// Only what is sure: hyperfine's `user` and `system` are means, and no column says so.
constexpr std::array formats{
    // hyperfine --export-json: "All times are in seconds"
    Documented{{"command", "times", "results.index"}, {"times"}, "s"},
    Documented{{"command", "user", "system"}, {"mean", "stddev", "median", "min", "max"}, "s"},
    // pytest-benchmark --benchmark-json: seconds, as its timers have them
    Documented{{"fullname", "stats.rounds", "stats.iterations"},
               {"value", "stats.min", "stats.max", "stats.mean", "stats.stddev", "stats.median", "stats.iqr"},
               "s"},
    // k6 --summary-export: its Trend metrics of time are in milliseconds
    Documented{{"metrics.vus.value", "metrics.iterations.count", "metrics.iterations.rate"},
               {"metrics.http_req_duration.*", "metrics.http_req_waiting.*", "metrics.http_req_sending.*",
                "metrics.http_req_receiving.*", "metrics.http_req_blocked.*", "metrics.http_req_connecting.*",
                "metrics.http_req_tls_handshaking.*", "metrics.iteration_duration.*"},
               "ms"},
    // Criterion.rs, estimates.json: nanoseconds an iteration; `change` holds ratios, and no deviation
    Documented{{"mean.point_estimate", "std_dev.point_estimate", "median.standard_error"},
               {"*.point_estimate", "*.standard_error", "*.lower_bound", "*.upper_bound"},
               "ns"},
    // Criterion.rs, sample.json: each time is of `iters` iterations
    Documented{{"iters", "times", "sampling_mode"}, {"times"}, "ns", "iters", true},
    // Criterion.rs, tukey.json: a bare list of fences
    Documented{{"index", "value"}, {"value"}, "ns", {}, true, "tukey.json"},
    // fio --output-format=json: rates in KiB and bytes a second, run times in milliseconds
    Documented{{"jobname", "usr_cpu", "ctx"}, {"read.bw", "write.bw", "trim.bw"}, "KiBy/s"},
    Documented{{"jobname", "usr_cpu", "ctx"}, {"read.bw_bytes", "write.bw_bytes", "trim.bw_bytes"}, "By/s"},
    Documented{{"jobname", "usr_cpu", "ctx"}, {"read.runtime", "write.runtime", "trim.runtime", "job_runtime"}, "ms"},
    // vegeta report -type=json: nanoseconds
    Documented{{"latencies.mean", "latencies.99th", "bytes_in.mean"}, {"latencies.*", "duration", "wait"}, "ns"},
    // vLLM, bench serve --save-detailed: its summary is in milliseconds, its lists are in seconds
    Documented{{"ttfts", "input_lens", "output_lens"}, {"ttfts"}, "s"}};

bool matches(std::string_view pattern, std::string_view column) {
    if (pattern.starts_with('*')) return column.ends_with(pattern.substr(1));
    if (!pattern.ends_with('*')) return !pattern.empty() && pattern == column;
    pattern.remove_suffix(1);
    return column.starts_with(pattern);
}

bool is_of(const Documented& format, std::string_view file, const std::vector<Field>& columns) {
    if (!format.file.empty() && format.file != file) return false;
    return std::all_of(format.signs.begin(), format.signs.end(), [&](std::string_view sign) {
        return sign.empty() ||
               std::any_of(columns.begin(), columns.end(), [&](const Field& column) { return column.name == sign; });
    });
}

} // namespace

void give_documented_units(std::string_view file, std::vector<Field>& columns) {
    for (const Documented& format : formats) {
        if (!is_of(format, file, columns)) continue;
        for (Field& column : columns) {
            if (!format.parameter.empty() && column.name == format.parameter) column.role = "parameter";
            if ((column.type != Type::real && column.type != Type::integer) ||
                std::none_of(format.columns.begin(), format.columns.end(),
                             [&](auto pattern) { return matches(pattern, column.name); }))
                continue;
            column.unit = format.unit;
            if (format.no_observations) column.role = "text";
        }
    }
}

} // namespace assay::json

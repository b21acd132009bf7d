#include "documented_units.hpp"
#include <algorithm>
#include <array>

namespace assay::json {
namespace {

struct Documented {
    std::array<std::string_view, 3> signs;   ///< columns of its table
    std::array<std::string_view, 8> columns; ///< `*` at the end: any that begins so
    std::string_view unit;
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
    // vLLM, bench serve --save-detailed: its summary is in milliseconds, its lists are in seconds
    Documented{{"ttfts", "input_lens", "output_lens"}, {"ttfts"}, "s"}};

bool matches(std::string_view pattern, std::string_view column) {
    if (!pattern.ends_with('*')) return !pattern.empty() && pattern == column;
    pattern.remove_suffix(1);
    return column.starts_with(pattern);
}

bool is_of(const Documented& format, const std::vector<Field>& columns) {
    return std::all_of(format.signs.begin(), format.signs.end(), [&](std::string_view sign) {
        return std::any_of(columns.begin(), columns.end(), [&](const Field& column) { return column.name == sign; });
    });
}

} // namespace

void give_documented_units(std::vector<Field>& columns) {
    for (const Documented& format : formats) {
        if (!is_of(format, columns)) continue;
        for (Field& column : columns)
            if (column.type == Type::real && std::any_of(format.columns.begin(), format.columns.end(),
                                                         [&](auto pattern) { return matches(pattern, column.name); }))
                column.unit = format.unit;
    }
}

} // namespace assay::json

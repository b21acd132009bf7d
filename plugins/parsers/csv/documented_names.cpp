#include "documented_names.hpp"
#include <algorithm>
#include <array>
#include <assay/cell.hpp>

namespace assay::csv {
namespace {

/// As `perf stat -j` calls what `perf stat -x` writes without names.
constexpr std::array<std::string_view, 7> perf_stat{"counter-value", "unit",         "event",      "event-runtime",
                                                    "pcnt-running",  "metric-value", "metric-unit"};

template <std::size_t n> bool is_one_of(const std::array<std::string_view, n>& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_event(std::string_view text) { return !text.empty() && is_letter(text.front()); }

/// An event of perf's own, as `perf list` names it: `cycles:u`, `L1-dcache-load-misses`, `power/energy-pkg/`.
bool is_known_event(std::string_view text) {
    static constexpr std::array<std::string_view, 26> events{"cycles",
                                                             "cpu-cycles",
                                                             "instructions",
                                                             "branches",
                                                             "branch-instructions",
                                                             "bus-cycles",
                                                             "ref-cycles",
                                                             "cache-references",
                                                             "task-clock",
                                                             "cpu-clock",
                                                             "duration_time",
                                                             "user_time",
                                                             "system_time",
                                                             "page-faults",
                                                             "faults",
                                                             "minor-faults",
                                                             "major-faults",
                                                             "context-switches",
                                                             "cs",
                                                             "cpu-migrations",
                                                             "migrations",
                                                             "alignment-faults",
                                                             "emulation-faults",
                                                             "slots",
                                                             "stalled-cycles-frontend",
                                                             "stalled-cycles-backend"};
    const auto open = text.find('/'), close = text.rfind('/');
    if (open != close && open > 0) {
        const auto modifiers = text.substr(close + 1);
        return close - open > 1 && modifiers.size() <= 4 && std::all_of(modifiers.begin(), modifiers.end(), is_letter);
    }
    const auto name = text.substr(0, text.find(':'));
    return is_one_of(events, name) || name.ends_with("-misses") || name.ends_with("-loads") ||
           name.ends_with("-stores");
}

/// Of a counter; most have none.
bool is_counter_unit(std::string_view text) {
    static constexpr std::array<std::string_view, 9> units{"msec", "ns",  "usec", "Joules", "Bytes",
                                                           "KiB",  "MiB", "GiB",  "MB"};
    return text.empty() || is_one_of(units, text);
}

/// `CPUs utilized`, `/sec`, `% tma_retiring`: of what perf derives from counters, no lone word but `GHz`.
bool is_metric_unit(std::string_view text) {
    return text == "GHz" || text == "Ghz" || text.empty() || !std::all_of(text.begin(), text.end(), is_letter);
}

bool is_percentage(std::string_view text) {
    const auto number = cell::number(text);
    return number && *number >= 0 && *number <= 100;
}

bool is_perf_stat(const Sample& sample, std::size_t row) {
    const auto cell = [&](std::size_t column) { return cell::trim(sample.cell(row, column)); };
    const bool counted = cell::is_missing(cell(0)) || cell::number(cell(0)).has_value();
    return counted && is_counter_unit(cell(1)) && is_event(cell(2)) && cell::integer(cell(3)).has_value() &&
           is_percentage(cell(4)) && is_metric_unit(cell(6));
}

} // namespace

std::vector<std::string> documented_names(const Sample& sample, std::size_t width) {
    if (width != perf_stat.size() || sample.size() == 0) return {};
    std::size_t other = 0; // further metrics of an event stand in rows of their own, without an event
    bool known = false;
    for (std::size_t row = 0; row < sample.size(); ++row) {
        const bool counter = is_perf_stat(sample, row);
        other += counter ? 0U : 1U;
        known = known || (counter && is_known_event(cell::trim(sample.cell(row, 2))));
    }
    if (!known || 2 * other >= sample.size()) return {};
    return {perf_stat.begin(), perf_stat.end()};
}

} // namespace assay::csv

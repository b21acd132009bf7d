#include "documented_names.hpp"
#include <algorithm>
#include <array>
#include <assay/cell.hpp>

namespace assay::csv {
namespace {

/// As `perf stat -j` calls what `perf stat -x` writes without names.
constexpr std::array<std::string_view, 7> perf_stat{"counter-value", "unit",         "event",      "event-runtime",
                                                    "pcnt-running",  "metric-value", "metric-unit"};

bool is_event(std::string_view text) {
    const auto begins_word = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    return !text.empty() && begins_word(text.front());
}

bool is_percentage(std::string_view text) {
    const auto number = cell::number(text);
    return number && *number >= 0 && *number <= 100;
}

bool is_perf_stat(const Sample& sample, std::size_t row) {
    const auto cell = [&](std::size_t column) { return cell::trim(sample.cell(row, column)); };
    const bool counted = cell::is_missing(cell(0)) || cell::number(cell(0)).has_value();
    const bool plain_unit = cell(1).empty() || is_event(cell(1));
    return counted && plain_unit && is_event(cell(2)) && cell::integer(cell(3)).has_value() && is_percentage(cell(4));
}

} // namespace

std::vector<std::string> documented_names(const Sample& sample, std::size_t width) {
    if (width != perf_stat.size() || sample.size() == 0) return {};
    std::size_t other = 0; // further metrics of an event stand in rows of their own, without an event
    for (std::size_t row = 0; row < sample.size(); ++row) other += is_perf_stat(sample, row) ? 0U : 1U;
    if (2 * other >= sample.size()) return {};
    return {perf_stat.begin(), perf_stat.end()};
}

} // namespace assay::csv

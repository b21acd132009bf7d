#include "plan/published.hpp"
#include "plan/name_words.hpp"
#include "plan/roles.hpp"
#include "plan/table_plan.hpp"
#include <algorithm>
#include <array>
#include <assay/cell.hpp>

namespace assay::plan {

namespace {

template <std::size_t n> bool one_of(const std::array<std::string_view, n>& list, std::string_view word) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

/// p75, p99, 25 (of "25%").
bool is_percentile(std::string_view word) {
    if (word.starts_with('p')) word.remove_prefix(1);
    return !word.empty() && word.size() <= 4 && std::all_of(word.begin(), word.end(), cell::is_digit);
}

/// `run_type`, `row_type`: what kind of row it is. A bare `type` is more often something that was varied.
bool names_kind_of_row(const std::vector<std::string>& words) {
    static constexpr auto rows = std::to_array<std::string_view>(
        {"run", "row", "record", "entry", "result", "measurement", "sample", "observation"});
    return words.size() >= 2 && (words.back() == "type" || words.back() == "kind") &&
           one_of(rows, words[words.size() - 2]);
}

bool names_which_statistic(const std::vector<std::string>& words) {
    static constexpr auto names = std::to_array<std::string_view>({"aggregate", "statistic", "stat", "percentile"});
    return std::any_of(words.begin(), words.end(), [](const std::string& word) { return one_of(names, word); });
}

} // namespace

bool may_tell_statistic(std::string_view name) {
    return may_hold_word(name, "stat") || may_hold_word(name, "aggregate") || may_hold_word(name, "percentile");
}

bool may_name_spread(std::span<const std::string_view> cells) {
    constexpr std::size_t looked_at = 16;
    static constexpr auto begins = std::to_array<std::string_view>({"std", "sd", "sem", "var", "cv", "iqr", "mad"});
    const auto may = [](std::string_view text) {
        if (text.empty() || std::string_view{"svcim"}.find(cell::lower(text.front())) == text.npos) return false;
        return std::any_of(begins.begin(), begins.end(), [&](std::string_view begin) {
            return cell::equals_ignoring_case(text.substr(0, begin.size()), begin);
        });
    };
    cells = cells.first(std::min(cells.size(), looked_at));
    return std::any_of(cells.begin(), cells.end(), may);
}

bool names_statistic(std::string_view text) {
    // Words of cells that as words of a column's name would say something else.
    static constexpr auto also = std::to_array<std::string_view>(
        {"count", "sum", "total", "range", "sd", "sem", "rms", "bigo", "geomean", "variance", "dev", "abs", "slope"});
    const auto words = name_words(text);
    return !words.empty() && std::all_of(words.begin(), words.end(), [](const std::string& word) {
        return is_statistic_word(word) || one_of(also, word) || is_percentile(word);
    });
}

bool summarise(std::span<const std::string_view> cells, std::size_t distinct) {
    static constexpr auto spreads = std::to_array<std::string_view>(
        {"std", "stdev", "stddev", "stderr", "sd", "sem", "var", "variance", "cv", "iqr", "mad", "dev"});
    static constexpr auto centres = std::to_array<std::string_view>({"mean", "avg", "average", "median", "50"});
    const auto any = [&](auto& list) {
        return std::any_of(cells.begin(), cells.end(), [&](std::string_view text) {
            const auto words = name_words(text);
            return std::any_of(words.begin(), words.end(), [&](const std::string& word) { return one_of(list, word); });
        });
    };
    return distinct == cells.size() && any(centres) && any(spreads);
}

std::string published_by(const ColumnPlan& column, const ColumnSample& sample) {
    if (column.type != Type::text || column.document_scope) return {};
    const auto words = name_words(std::string_view{column.name}.substr(column.name.rfind('.') + 1));
    const std::string name = column_text(column.name);
    if (names_kind_of_row(words)) return "(" + name + " == 'aggregate' or " + name + " == 'aggregated')";
    // A function may be called `std`, a library too.
    if (sample.statistics && (names_which_statistic(words) || (sample.summary && !names_subject(words))))
        return name + " != ''";
    if (!sample.total.empty()) return name + " == '" + std::string{sample.total} + "'";
    return {};
}

} // namespace assay::plan

#include "plan/companion_units.hpp"
#include "plan/name_words.hpp"
#include <algorithm>

namespace assay::plan {

namespace {

using Words = std::vector<std::string>;

/// What a column's unit is told for: `real_time_mean` is a real time, `stats.value` is of stats.
Words measured(std::string_view name) {
    Words words = name_words(name);
    while (!words.empty() && (is_statistic_word(words.back()) || words.back() == "value")) words.pop_back();
    return words;
}

bool ends_with(const Words& words, const Words& end) {
    return words.size() >= end.size() && std::equal(end.rbegin(), end.rend(), words.rbegin());
}

/// What `x_unit` gives the unit of; nothing of a column that tells no unit.
std::optional<Words> told_for(std::string_view name) {
    if (!may_hold_word(name, "unit")) return std::nullopt;
    Words words = name_words(name);
    if (words.empty() || (words.back() != "unit" && words.back() != "units")) return std::nullopt;
    words.pop_back();
    return words;
}

/// `primaryMetric.scoreUnit` stands beside the list `rows.primaryMetric.rawData`: it is the unit of its values.
bool stands_beside(std::string_view teller, std::string_view table) {
    const auto own = teller.rfind('.'), list = table.rfind('.');
    if (own == std::string_view::npos || list == std::string_view::npos) return false;
    const auto object = teller.substr(0, own), parent = table.substr(0, list);
    return parent.ends_with(object) &&
           (parent.size() == object.size() || parent[parent.size() - object.size() - 1] == '.');
}

} // namespace

std::vector<std::optional<CompanionUnit>> companion_units(std::string_view table, std::span<const UnitSign> columns) {
    std::vector<std::optional<CompanionUnit>> out(columns.size());
    for (const UnitSign& teller : columns) {
        if (teller.only.empty()) continue;
        const auto base = told_for(teller.name);
        if (!base) continue;
        const auto symbol = unit_symbol(teller.only);
        if (!symbol) continue;
        for (std::size_t i = 0; i < columns.size(); ++i) {
            if (&columns[i] == &teller || out[i] || told_for(columns[i].name)) continue;
            const Words words = measured(columns[i].name);
            // A bare `unit` is that of `value` or `mean`, not of whatever else the row holds.
            const bool of_list = words.empty() && stands_beside(teller.name, table);
            if (!of_list && (base->empty() ? !words.empty() : !ends_with(words, *base))) continue;
            out[i] = CompanionUnit{
                {*symbol, "column '" + std::string{teller.name} + "' says '" + std::string{teller.only} + "'"},
                teller.name,
                teller.only};
        }
    }
    return out;
}

} // namespace assay::plan

#include "cli/misspelt_names.hpp"
#include "pipeline/diagnostic.hpp"
#include <algorithm>
#include <unordered_set>

namespace assay::cli {

namespace {

using Names = std::vector<std::string>;

bool has(const Names& names, const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

/// The columns of each kind of table.
std::vector<Names> tables_in(const std::vector<engine::Placed>& artifacts) {
    std::vector<Names> out;
    std::unordered_set<const plan::TablePlan*> seen; // many tables share one
    for (const auto& artifact : artifacts)
        for (const auto& table : artifact.partial.record.tables) {
            if (!seen.insert(table.plan.get()).second) continue;
            Names& names = out.emplace_back();
            for (const auto& column : table.plan->columns) names.push_back(column.name);
            if (!table.plan->written) continue;
            for (const auto& column : table.plan->written->columns) names.push_back(column.name);
        }
    return out;
}

/// Some table's column that is called much like it, where no table has it; else empty.
std::string meant(const std::string& name, const std::vector<Names>& tables) {
    if (std::any_of(tables.begin(), tables.end(), [&](const Names& columns) { return has(columns, name); })) return {};
    for (const Names& columns : tables)
        if (auto near = pipeline::nearest(name, columns); !near.empty()) return std::move(near.front());
    return {};
}

/// The tables that a condition judges; all of them where it judges none.
std::vector<Names> judged_by(const Names& condition, const std::vector<Names>& tables) {
    std::vector<Names> out;
    for (const Names& columns : tables)
        if (std::any_of(condition.begin(), condition.end(), [&](auto& name) { return has(columns, name); }))
            out.push_back(columns);
    return out.empty() ? tables : out;
}

} // namespace

std::vector<std::string> misspelt_names(const std::vector<engine::Placed>& artifacts, const plan::Rules& rules) {
    std::vector<std::string> out;
    if (!rules.failed && !rules.suspect && !rules.published && rules.columns.empty()) return out;
    const auto tables = tables_in(artifacts);
    const auto tell = [&](const std::string& where, const std::string& name, const std::string& near, const char* so) {
        if (!near.empty())
            out.push_back("The pipeline's '" + where + "' names '" + name +
                          "', and no table has such a column; the nearest is '" + near + "'. " + so);
    };
    for (const auto& [where, condition] : {std::pair{"status.failed", &rules.failed},
                                           {"status.suspect", &rules.suspect},
                                           {"status.published", &rules.published}}) {
        if (!*condition) continue;
        const Names names = (*condition)->columns();
        // Of several columns some may be for other tables.
        for (const auto& name : names)
            tell(where, name, meant(name, judged_by(names, tables)), "No row is judged by it.");
    }
    for (const auto& rule : rules.columns)
        if (rule.pattern.find_first_of("*?") == std::string::npos)
            tell("columns", rule.pattern, meant(rule.pattern, tables), "It changes nothing.");
    return out;
}

} // namespace assay::cli

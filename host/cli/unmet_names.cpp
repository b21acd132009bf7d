#include "cli/unmet_names.hpp"
#include "pipeline/diagnostic.hpp"
#include <algorithm>
#include <set>
#include <unordered_set>

namespace assay::cli {

namespace {

std::set<std::string> columns_in(const std::vector<engine::Placed>& artifacts) {
    std::set<std::string> out;
    std::unordered_set<const plan::TablePlan*> seen; // many tables share one
    for (const auto& artifact : artifacts)
        for (const auto& table : artifact.partial.record.tables) {
            if (!seen.insert(table.plan.get()).second) continue;
            for (const auto& column : table.plan->columns) out.insert(column.name);
            for (const auto& column : table.plan->as_written().columns) out.insert(column.name);
        }
    return out;
}

std::string nearest_of(std::string_view name, const std::set<std::string>& columns) {
    const std::vector<std::string> names{columns.begin(), columns.end()};
    const auto near = pipeline::nearest(name, names);
    return near.empty() ? std::string{} : "; the nearest is '" + near.front() + "'";
}

} // namespace

std::vector<std::string> unmet_names(const std::vector<engine::Placed>& artifacts, const plan::Rules& rules) {
    const auto columns = columns_in(artifacts);
    std::vector<std::string> out;
    if (columns.empty()) return out;
    const auto tell = [&](const std::string& where, const std::string& name, const char* so) {
        out.push_back("The pipeline's '" + where + "' names '" + name + "', and no table has such a column" +
                      nearest_of(name, columns) + ". " + so);
    };
    for (const auto& [where, condition] : {std::pair{"status.failed", &rules.failed},
                                           {"status.suspect", &rules.suspect},
                                           {"status.published", &rules.published}})
        if (*condition)
            for (const auto& name : (*condition)->columns())
                if (!columns.contains(name)) tell(where, name, "No row was judged by it.");
    for (const auto& rule : rules.columns)
        if (std::none_of(columns.begin(), columns.end(),
                         [&](const std::string& name) { return plan::matches_name(rule.pattern, name); }))
            tell("columns", rule.pattern, "It changes nothing.");
    return out;
}

} // namespace assay::cli

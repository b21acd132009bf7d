#include "cli/rules.hpp"
#include "plan/table_plan.hpp"

namespace assay::cli {

namespace {

std::optional<Type> type_named(std::string_view name) {
    if (name == "bool") return Type::boolean;
    if (name == "int") return Type::integer;
    if (name == "float") return Type::real;
    if (name == "text") return Type::text;
    if (name == "time") return Type::time;
    return std::nullopt;
}

plan::ColumnRule column_rule(const pipeline::ColumnRule& rule) {
    plan::ColumnRule out;
    out.pattern = rule.pattern.text;
    if (rule.role) out.role = plan::role_named(*rule.role);
    if (rule.direction) out.direction = plan::direction_named(*rule.direction);
    if (rule.type) out.type = type_named(*rule.type);
    out.unit = rule.unit;
    out.label = rule.label ? rule.label : rule.alias;
    out.scale = rule.scale;
    if (rule.decimal) out.decimal = rule.decimal->front();
    return out;
}

std::optional<plan::Predicate> condition(const std::optional<pipeline::Text>& text,
                                         std::vector<pipeline::Problem>& problems) {
    if (!text || text->text.empty()) return std::nullopt;
    auto parsed = plan::parse_predicate(text->text);
    if (auto* predicate = std::get_if<plan::Predicate>(&parsed)) return std::move(*predicate);
    const auto& error = std::get<plan::PredicateError>(parsed);
    pipeline::Place place = text->place;
    // Inside the quotes of a literal without escapes the offset is the same as in the file.
    if (place.length == text->text.size() + 2) {
        place.offset += 1 + error.offset;
        place.column += 1 + static_cast<std::uint32_t>(error.offset);
        place.length = 1;
    }
    pipeline::report(problems, place, pipeline::Code::bad_condition,
                     error.message + "; write for instance: error != '' or success == false");
    return std::nullopt;
}

} // namespace

plan::Rules rules_of(const pipeline::Pipeline& pipeline, std::vector<pipeline::Problem>& problems) {
    plan::Rules rules;
    for (const auto& rule : pipeline.columns)
        if (rule.pattern.text.find_first_of("*?") == std::string::npos) rules.columns.push_back(column_rule(rule));
    // A column's own name outranks patterns.
    for (const auto& rule : pipeline.columns)
        if (rule.pattern.text.find_first_of("*?") != std::string::npos) rules.columns.push_back(column_rule(rule));
    rules.failed = condition(pipeline.status.failed, problems);
    rules.suspect = condition(pipeline.status.suspect, problems);
    for (const auto& rule : pipeline.dimensions) {
        plan::DimensionRule out;
        out.path = rule.path ? rule.path->text : rule.applies_to ? rule.applies_to->text : "**";
        if (!rule.path) {
            out.name = rule.name.text;
            out.value = rule.value.text;
        }
        rules.dimensions.push_back(std::move(out));
    }
    return rules;
}

} // namespace assay::cli

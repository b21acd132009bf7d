#include "pipeline/schema.hpp"
#include "pipeline/vocabulary.hpp"
#include <algorithm>
#include <nlohmann/json.hpp>

namespace assay::pipeline {
namespace {

using Json = nlohmann::ordered_json;

Json reference(const std::string& name) { return {{"$ref", "#/$defs/" + name}}; }

// A value, or one variable that stands for it.
Json or_variable(Json schema) { return {{"anyOf", Json::array({std::move(schema), reference("variable")})}}; }

Json text() { return {{"type", "string"}}; }
Json filled_text() { return {{"type", "string"}, {"minLength", 1}}; }

template <class Words> Json one_of(const Words& words) {
    Json list = Json::array();
    for (const auto& word : words) list.push_back(std::string(word));
    return or_variable({{"enum", std::move(list)}});
}

Json whole_number(std::int64_t low) { return or_variable({{"type", "integer"}, {"minimum", low}}); }
Json list_of(Json items) { return {{"type", "array"}, {"items", std::move(items)}}; }

Json object(Json properties, Json required = Json::array()) {
    Json schema = {{"type", "object"}, {"properties", std::move(properties)}, {"additionalProperties", false}};
    if (!required.empty()) schema["required"] = std::move(required);
    return schema;
}

Json number_type(const char* type, const OptionInfo& option) {
    Json schema = {{"type", type}};
    if (option.minimum) schema["minimum"] = *option.minimum;
    if (option.maximum) schema["maximum"] = *option.maximum;
    return or_variable(std::move(schema));
}

Json type_of(const OptionInfo& option) {
    switch (option.type) {
    case OptionType::boolean: return or_variable({{"type", "boolean"}});
    case OptionType::integer: return number_type("integer", option);
    case OptionType::real: return number_type("number", option);
    case OptionType::text: return text();
    case OptionType::list: return option.choices.empty() ? Json{{"type", "array"}} : list_of(one_of(option.choices));
    case OptionType::map: return {{"type", "object"}};
    case OptionType::choice: return one_of(option.choices);
    }
    return Json::object();
}

Json options_of(const ComponentInfo& component) {
    Json properties = Json::object();
    for (const OptionInfo& option : component.options) {
        Json schema = type_of(option);
        if (!option.help.empty()) schema["description"] = option.help;
        const Json preset = Json::parse(option.default_json, nullptr, false);
        if (!preset.is_discarded() && !preset.is_null()) schema["default"] = preset;
        properties[option.name] = std::move(schema);
    }
    return object(std::move(properties));
}

// The `use` of a stage decides what its `with` may hold.
Json stage_of(ComponentKind kind, std::span<const ComponentInfo> components) {
    Json known = Json::array(), rules = Json::array();
    for (const ComponentInfo& component : components) {
        if (component.kind != kind) continue;
        known.push_back({{"const", component.id}, {"description", component.summary}});
        const std::string options = std::string(name_of(kind)) + "." + component.id;
        rules.push_back({{"if", {{"properties", {{"use", {{"const", component.id}}}}}, {"required", {"use"}}}},
                         {"then", {{"properties", {{"with", reference(options)}}}}}});
    }
    known.push_back(reference("variable"));
    Json properties = {
        {"use", {{"anyOf", std::move(known)}}},
        {"as", {{"type", "string"}, {"anyOf", {{{"pattern", stage_name_pattern}}, reference("variable")}}}},
        {"with", {{"type", "object"}}}};
    if (kind != ComponentKind::parser) properties["from"] = list_of(filled_text());
    if (kind == ComponentKind::renderer) properties["to"] = filled_text();
    if (kind != ComponentKind::renderer) properties["remove"] = {{"type", "boolean"}};
    Json schema = object(std::move(properties));
    if (kind == ComponentKind::renderer) {
        schema["required"] = {"use", "to"};
    } else { // a stage of a base file may be named by "as" alone
        schema["anyOf"] = {{{"required", {"use"}}}, {{"required", {"as"}}}};
    }
    if (!rules.empty()) schema["allOf"] = std::move(rules);
    return schema;
}

Json definitions(std::span<const ComponentInfo> components) {
    Json all;
    all["variable"] = {{"type", "string"}, {"pattern", "^\\$\\{[A-Za-z_][A-Za-z0-9_]*(:-[^}]*)?\\}$"}};
    for (const ComponentKind kind : component_kinds) all[std::string(name_of(kind))] = stage_of(kind, components);
    for (const ComponentInfo& component : components) {
        all[std::string(name_of(component.kind)) + "." + component.id] = options_of(component);
    }
    Json column = {{"role", one_of(column_roles)},
                   {"unit", filled_text()},
                   {"direction", one_of(directions)},
                   {"alias", filled_text()},
                   {"type", one_of(column_types)},
                   {"label", filled_text()},
                   {"scale", or_variable({{"type", "number"}, {"not", {{"const", 0}}}})},
                   {"decimal", one_of(decimal_marks)}};
    all["column"] = object(std::move(column));
    return all;
}

Json dimension() {
    const Json by_path = object({{"path", filled_text()}}, {"path"});
    const Json fixed =
        object({{"name", filled_text()}, {"value", filled_text()}, {"for", filled_text()}}, {"name", "value"});
    return {{"anyOf", Json::array({by_path, fixed})}};
}

} // namespace

std::string json_schema(std::span<const ComponentInfo> components) {
    const Json input = object(
        {{"path", filled_text()}, {"include", list_of(filled_text())}, {"exclude", list_of(filled_text())}}, {"path"});
    const Json parser_list = list_of({{"anyOf", Json::array({Json{{"const", "all"}}, reference("parser")})}});
    const Json properties = {
        {"$schema", text()},
        {"extends", {{"anyOf", Json::array({filled_text(), list_of(filled_text())})}}},
        {"name", filled_text()},
        {"inputs", list_of({{"anyOf", Json::array({filled_text(), input})}})},
        {"parsers", {{"anyOf", Json::array({Json{{"const", "all"}}, parser_list, reference("variable")})}}},
        {"analyzers", list_of(reference("analyzer"))},
        {"renderers", list_of(reference("renderer"))},
        {"columns", {{"type", "object"}, {"additionalProperties", reference("column")}}},
        {"status", object({{"failed", filled_text()}, {"suspect", filled_text()}})},
        {"dimensions", list_of(dimension())},
        {"fail_on",
         {{"anyOf",
           Json::array({one_of(severities),
                        object({{"severity", one_of(severities)},
                                {"new", one_of(severities)},
                                {"rules", {{"type", "object"}, {"additionalProperties", whole_number(0)}}}})})}}},
        {"limits", object({{"artifact_bytes", whole_number(1)},
                           {"artifact_seconds", whole_number(1)},
                           {"artifact_memory", whole_number(1)},
                           {"stage_seconds", whole_number(1)},
                           {"part_bytes", whole_number(1)},
                           {"view_bytes", whole_number(1)},
                           {"facts", whole_number(1)}})},
        {"jobs", or_variable({{"type", "integer"}, {"minimum", 1}, {"maximum", 4096}})}};
    Json schema = {{"$schema", "https://json-schema.org/draft/2020-12/schema"}, {"title", "assay pipeline"}};
    schema.update(object(properties));
    schema["$defs"] = definitions(components);
    return schema.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace assay::pipeline

#include "llm-summary/reply.hpp"
#include <algorithm>
#include <array>
#include <assay/json_writer.hpp>
#include <set>
#include <simdjson.h>

namespace assay::narrative {

namespace {

using simdjson::dom::element;

constexpr std::array<std::string_view, 6> section_ids{"summary", "comparisons",     "findings",
                                                      "risks",   "recommendations", "limits"};
constexpr std::array<std::string_view, 17> claim_types{
    "value", "greater",  "less",       "equal",       "equivalent",      "best",       "worst",  "majority", "most",
    "share", "trend_up", "trend_down", "significant", "not_significant", "associated", "absent", "gap"};
constexpr std::array<std::string_view, 9> actions{
    "none",        "rerun",           "collect",    "fix_unit",          "exclude",
    "investigate", "pin_environment", "increase_n", "add_quality_metric"};
constexpr std::size_t most_items = section_ids.size() * most_in_section, most_text = 600, most_args = 4,
                      most_claims = 6, most_cites = 8;

template <class List> void write_enum(JsonWriter& json, const List& values) {
    json.object().field("type", "string").key("enum").array();
    for (const auto& value : values) json.value(value);
    json.end().end();
}

template <class List> bool is_in(const List& list, std::string_view text) {
    return std::find(list.begin(), list.end(), text) != list.end();
}

/// Opens the schema of a list and of its items. Without a bound small models go on to the end of their tokens.
void open_list(JsonWriter& json, std::size_t most) {
    json.object().field("type", "array").field("maxItems", static_cast<std::uint64_t>(most)).key("items");
}

/// Opens an object schema that needs all of `keys` and allows no others.
void open_object(JsonWriter& json, std::initializer_list<std::string_view> keys) {
    json.object().field("type", "object").field("additionalProperties", false).key("required").array();
    for (const auto key : keys) json.value(key);
    json.end().key("properties").object();
}

/// The form of a canary and not its value, which the model is to have from the prompt.
void write_echo(JsonWriter& json) {
    json.key("echo").object().field("type", "string").field("pattern", "^[0-9]{4}-[0-9]{4}-[0-9]{4}$").end();
}

std::optional<std::string> text_at(const element& json, std::string_view key) {
    std::string_view text;
    if (json[key].get(text) != simdjson::SUCCESS) return std::nullopt;
    return std::string{text};
}

bool texts_at(const element& json, std::string_view key, std::size_t most, std::vector<std::string>& out) {
    simdjson::dom::array items;
    if (json[key].get(items) != simdjson::SUCCESS || items.size() > most) return false;
    for (const element item : items) {
        std::string_view text;
        if (item.get(text) != simdjson::SUCCESS) return false;
        out.emplace_back(text);
    }
    return true;
}

/// Empty where the item is whole, else what is wrong with it.
std::string read_item(const element& json, Item& out) {
    const auto text = text_at(json, "text"), action = text_at(json, "action");
    if (!text || text->empty() || text->size() > most_text) return "an item needs a text of moderate length";
    out.text = *text;
    if (!texts_at(json, "cites", most_cites, out.cites) || out.cites.empty()) return "an item needs ids in \"cites\"";
    if (!action || !is_in(actions, *action)) return "an item needs an action of the list";
    out.action = *action;
    simdjson::dom::array claims;
    if (json["claims"].get(claims) != simdjson::SUCCESS || claims.size() > most_claims)
        return "an item needs a list of claims";
    for (const element claim : claims) {
        Claim one;
        const auto type = text_at(claim, "type");
        if (!type || !is_in(claim_types, *type) || !texts_at(claim, "args", most_args, one.args) || one.args.empty())
            return "a claim needs a type of the list and ids in \"args\"";
        one.type = *type;
        out.claims.push_back(std::move(one));
    }
    return {};
}

/// The reply as an object whose canary is right; else says what is wrong.
std::optional<element> open_reply(simdjson::dom::parser& parser, const simdjson::padded_string& json,
                                  std::string_view canary, std::string& problem) {
    element root;
    if (parser.parse(json).get(root) != simdjson::SUCCESS || !root.is_object()) {
        problem = "the reply is not a JSON object";
        return std::nullopt;
    }
    if (const auto echo = text_at(root, "echo"); !echo || *echo != canary) {
        problem = "the reply does not repeat the code in the first line of the prompt: its beginning was lost";
        return std::nullopt;
    }
    return root;
}

} // namespace

bool is_section(std::string_view id) { return is_in(section_ids, id); }

std::string selection_schema(const FactTable& table) {
    JsonWriter json;
    open_object(json, {"echo", "sections"});
    write_echo(json);
    open_list(json.key("sections"), section_ids.size());
    open_object(json, {"id", "ids"});
    json.key("id");
    write_enum(json, section_ids);
    open_list(json.key("ids"), most_in_section);
    std::vector<std::string> ids;
    for (const TableFact& fact : table.facts) ids.push_back(fact.id);
    write_enum(json, ids);
    json.end().end().end().end().end().end();
    return json.take();
}

std::string reply_schema(const std::vector<std::string>& ids) {
    JsonWriter json;
    open_object(json, {"echo", "sections"});
    write_echo(json);
    open_list(json.key("sections"), section_ids.size());
    open_object(json, {"id", "items"});
    json.key("id");
    write_enum(json, section_ids);
    open_list(json.key("items"), most_in_section);
    open_object(json, {"text", "cites", "claims", "action"});
    json.key("text").object().field("type", "string").end();
    open_list(json.key("cites"), most_cites);
    write_enum(json, ids);
    open_list(json.end().key("claims"), most_claims);
    open_object(json, {"type", "args"});
    json.key("type");
    write_enum(json, claim_types);
    open_list(json.key("args"), most_args);
    write_enum(json, ids);
    json.end().end().end().end().key("action");
    write_enum(json, actions);
    json.end().end().end().end().end().end().end().end();
    return json.take();
}

std::optional<Selection> read_selection(std::string_view text, const FactTable& table, std::string_view canary,
                                        std::string& problem) {
    simdjson::dom::parser parser;
    const simdjson::padded_string padded{text};
    const auto root = open_reply(parser, padded, canary, problem);
    simdjson::dom::array sections;
    if (!root) return std::nullopt;
    if ((*root)["sections"].get(sections) != simdjson::SUCCESS) {
        problem = "the reply has no sections";
        return std::nullopt;
    }
    Selection out;
    std::set<std::string> seen;
    for (const element section : sections) {
        const auto id = text_at(section, "id");
        std::vector<std::string> ids;
        if (!id || !is_section(*id) || !texts_at(section, "ids", table.facts.size(), ids)) continue;
        // An id of its own making, or a second time, selects nothing.
        std::erase_if(ids, [&](const std::string& one) { return !table.find(one) || !seen.insert(one).second; });
        if (!ids.empty()) out.sections.emplace_back(*id, std::move(ids));
    }
    if (out.sections.empty()) {
        problem = "the reply selects no fact";
        return std::nullopt;
    }
    return out;
}

std::optional<std::vector<Item>> read_reply(std::string_view text, std::string_view canary,
                                            std::vector<Violation>& violations) {
    simdjson::dom::parser parser;
    const simdjson::padded_string padded{text};
    std::string problem;
    const auto whole = [&](std::string message) {
        violations.push_back({SIZE_MAX, "V1", std::move(message)});
        return std::nullopt;
    };
    const auto root = open_reply(parser, padded, canary, problem);
    if (!root) return whole(problem);
    simdjson::dom::array sections;
    if ((*root)["sections"].get(sections) != simdjson::SUCCESS) return whole("the reply has no sections");
    std::vector<Item> out;
    for (const element section : sections) {
        const auto id = text_at(section, "id");
        simdjson::dom::array items;
        if (!id || !is_section(*id) || section["items"].get(items) != simdjson::SUCCESS) {
            violations.push_back({SIZE_MAX, "V1", "a section needs an id of the list, and items"});
            continue;
        }
        for (const element json : items) {
            Item item;
            item.section = *id;
            if (out.size() == most_items) break;
            if (const std::string wrong = read_item(json, item); !wrong.empty()) {
                item.cites.clear(); // an item without cites is never shown
                violations.push_back({out.size(), "V1", wrong});
            }
            out.push_back(std::move(item));
        }
    }
    if (out.empty()) return whole("the reply has no items");
    return out;
}

std::string choice_schema(const std::vector<std::string>& ids, std::size_t most) {
    JsonWriter json;
    open_object(json, {"ids", "echo"});
    open_list(json.key("ids"), most);
    write_enum(json, ids);
    json.end();
    write_echo(json);
    json.end().end();
    return json.take();
}

std::string sentence_schema(const std::vector<std::vector<std::string>>& orders) {
    // Without a bound small models go round in circles to the end of their tokens.
    constexpr std::string_view words = "[A-Za-z ,]{0,72}";
    std::string any;
    for (const auto& order : orders) {
        any += any.empty() ? "" : "|";
        for (std::size_t i = 0; i < order.size(); ++i) {
            std::string one = order[i];
            if (const auto dot = one.find('.'); dot != std::string::npos) one.insert(dot, "\\");
            any.append(i > 0 ? words : "").append("\\{").append(one).append("\\}");
        }
    }
    std::string pattern{"^([A-Z]"};
    pattern.append(words).append(")?(").append(any).append(")").append(words).append("\\.$");
    JsonWriter json;
    open_object(json, {"text", "echo"});
    json.key("text").object().field("type", "string").field("pattern", pattern).end();
    write_echo(json);
    json.end().end();
    return json.take();
}

std::optional<std::vector<std::string>> read_choice(std::string_view text, std::string_view canary,
                                                    std::string& problem) {
    simdjson::dom::parser parser;
    const simdjson::padded_string padded{text};
    const auto root = open_reply(parser, padded, canary, problem);
    std::vector<std::string> ids;
    if (!root) return std::nullopt;
    if (texts_at(*root, "ids", most_items, ids) && !ids.empty()) return ids;
    problem = "the reply selects no fact";
    return std::nullopt;
}

std::optional<std::string> read_sentence(std::string_view text, std::string_view canary, std::string& problem) {
    simdjson::dom::parser parser;
    const simdjson::padded_string padded{text};
    const auto root = open_reply(parser, padded, canary, problem);
    if (!root) return std::nullopt;
    auto sentence = text_at(*root, "text");
    if (sentence && !sentence->empty() && sentence->size() <= most_text) return sentence;
    problem = "the reply needs a text of moderate length";
    return std::nullopt;
}

} // namespace assay::narrative

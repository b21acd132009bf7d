#include "pipeline/tree.hpp"
#include "pipeline/vocabulary.hpp"
#include <algorithm>
#include <filesystem>
#include <set>

namespace assay::pipeline {
namespace {

using Words = std::span<const std::string_view>;

bool is_name_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

// Why a glob cannot match as written; empty if it can.
std::string fault_of_glob(std::string_view glob) {
    bool in_set = false;
    int braces = 0;
    for (std::size_t i = 0; i < glob.size(); ++i) {
        const char c = glob[i];
        if (c == '\\') {
            if (++i == glob.size()) return "it ends with a '\\' that escapes nothing";
        } else if (in_set) {
            in_set = c != ']';
        } else if (c == '[') {
            in_set = true;
            if (i + 1 < glob.size() && (glob[i + 1] == '!' || glob[i + 1] == '^')) ++i;
            if (i + 1 < glob.size() && glob[i + 1] == ']') ++i; // a ']' that comes first is one of the set
        } else if (c == '{') {
            ++braces;
        } else if (c == '}' && --braces < 0) {
            return "'}' without '{'";
        }
    }
    if (in_set) return "'[' without ']'";
    return braces > 0 ? "'{' without '}'" : "";
}

struct TreeReader {
    const Request& request;
    std::vector<Problem>& problems;

    bool is(const Node& node, Kind kind, const std::string& what) {
        if (node.broken) return false;
        if (node.kind == kind) return true;
        report(problems, node.place, Code::wrong_type,
               what + " should be " + std::string(describe(kind)) + ", not " + std::string(describe(node.kind)));
        return false;
    }

    void check_keys(const Node& map, Words keys, const std::string& where) {
        for (const Node& item : map.items) {
            if (std::find(keys.begin(), keys.end(), item.key) != keys.end()) continue;
            offer(report(problems, item.key_place, Code::unknown_key, "unknown key '" + item.key + "' in " + where),
                  item.key, "keys", strings(keys));
        }
    }

    void missing(const Node& map, const std::string& key, const std::string& where) {
        Problem& problem = report(problems, map.place, Code::missing_key, where + " needs '" + key + "'");
        problem.choices_label = "missing";
        problem.choices = {key};
    }

    std::optional<Text> text(const Node* given, const std::string& what, bool may_be_empty = false) {
        if (given == nullptr) return {};
        Node node = *given;
        convert(node, Kind::text);
        if (!is(node, Kind::text, what)) return {};
        if (!may_be_empty && node.text.find_first_not_of(" \t\r\n") == std::string::npos) {
            report(problems, node.place, Code::empty_value, what + " is empty");
            return {};
        }
        return Text{node.text, node.place};
    }

    std::optional<std::string> word(const Node* given, const std::string& what, Words words) {
        const std::optional<Text> value = text(given, what);
        if (!value) return {};
        if (std::find(words.begin(), words.end(), value->text) != words.end()) return value->text;
        offer(report(problems, value->place, Code::bad_choice, what + " cannot be '" + value->text + "'"), value->text,
              "valid", strings(words));
        return {};
    }

    std::optional<std::int64_t> integer(const Node* given, const std::string& what, std::int64_t low,
                                        std::int64_t high = INT64_MAX) {
        if (given == nullptr) return {};
        Node node = *given;
        convert(node, Kind::integer);
        if (!is(node, Kind::integer, what)) return {};
        if (node.integer >= low && node.integer <= high) return node.integer;
        Problem& problem = report(problems, node.place, Code::out_of_range,
                                  what + " is " + std::to_string(node.integer) + ", which is out of range");
        problem.choices_label = "valid";
        problem.choices = {std::to_string(low) + (high == INT64_MAX ? " or more" : " to " + std::to_string(high))};
        return {};
    }

    std::optional<Text> glob(const Node* given, const std::string& what) {
        std::optional<Text> value = text(given, what);
        if (!value) return {};
        const std::string fault = request.glob_fault ? request.glob_fault(value->text) : fault_of_glob(value->text);
        if (fault.empty()) return value;
        report(problems, value->place, Code::bad_glob, what + ": " + fault);
        return {};
    }

    std::vector<Text> globs(const Node* list, const std::string& what) {
        std::vector<Text> all;
        if (list == nullptr || !is(*list, Kind::list, "'" + what + "'")) return all;
        for (const Node& item : list->items) {
            if (std::optional<Text> one = glob(&item, "this glob of '" + what + "'")) all.push_back(std::move(*one));
        }
        return all;
    }

    void inputs(const Node& list, Pipeline& pipeline) {
        if (!is(list, Kind::list, "'inputs'")) return;
        for (const Node& item : list.items) {
            Input input;
            if (item.kind == Kind::text) {
                input.path = text(&item, "the path of an input").value_or(Text{});
                pipeline.inputs.push_back(std::move(input));
                continue;
            }
            if (!is(item, Kind::map, "an input")) continue;
            check_keys(item, input_keys, "an input");
            if (item.find("path") == nullptr) missing(item, "path", "an input");
            input.path = text(item.find("path"), "the path of an input").value_or(Text{});
            input.include = globs(item.find("include"), "include");
            input.exclude = globs(item.find("exclude"), "exclude");
            pipeline.inputs.push_back(std::move(input));
        }
    }

    Text stage_text(const Node& map, const char* key, const std::string& of) {
        return text(map.find(key), std::string("'") + key + "' of " + of).value_or(Text{});
    }

    void check_name(const Text& name) {
        if (name.text.empty() || std::all_of(name.text.begin(), name.text.end(), is_name_character)) return;
        Problem& problem = report(problems, name.place, Code::bad_name, "'" + name.text + "' cannot be a stage's name");
        problem.choices_label = "valid";
        problem.choices = {"letters", "digits", "'_'", "'-'"};
    }

    Stage stage(const Node& map, ComponentKind kind) {
        const std::string of(with_article(kind));
        Stage stage;
        stage.place = map.place;
        if (map.find("use") == nullptr) missing(map, "use", of);
        stage.use = stage_text(map, "use", of);
        stage.name = map.find("as") != nullptr ? stage_text(map, "as", of) : stage.use;
        if (map.find("as") != nullptr) check_name(stage.name);
        stage.with.kind = Kind::map;
        stage.with.place = map.place;
        const Node* const with = map.find("with");
        if (with != nullptr && is(*with, Kind::map, "'with' of " + of)) stage.with = *with;
        if (kind == ComponentKind::parser) return stage;
        if (const Node* const from = map.find("from"); from != nullptr && is(*from, Kind::list, "'from' of " + of)) {
            for (const Node& item : from->items) {
                if (std::optional<Text> one = text(&item, "a name in 'from'")) stage.from.push_back(std::move(*one));
            }
        }
        if (kind == ComponentKind::renderer) {
            if (map.find("to") == nullptr) missing(map, "to", of);
            stage.to = stage_text(map, "to", of);
        }
        return stage;
    }

    void stages(const Node& list, ComponentKind kind, std::vector<Stage>& into) {
        const std::string section(section_of(kind));
        if (!is(list, Kind::list, "'" + section + "'")) return;
        const Words keys = kind == ComponentKind::parser     ? Words(parser_keys)
                           : kind == ComponentKind::analyzer ? Words(analyzer_keys)
                                                             : Words(renderer_keys);
        for (const Node& item : list.items) {
            if (item.kind == Kind::text && kind == ComponentKind::parser && item.text == "all") continue;
            if (item.kind == Kind::text && !item.broken) {
                report(problems, item.place, Code::wrong_type,
                       "a stage is an object, not a text: write { \"use\": \"" + item.text + "\" }");
                continue;
            }
            if (!is(item, Kind::map, "a stage of '" + section + "'")) continue;
            check_keys(item, keys, std::string(with_article(kind)));
            into.push_back(stage(item, kind));
        }
    }

    void parsers(const Node& node, Pipeline& pipeline) {
        if (node.kind == Kind::text) {
            static constexpr std::array<std::string_view, 1> all = {"all"};
            word(&node, "'parsers', unless it is a list,", all);
            return;
        }
        pipeline.all_parsers = std::any_of(node.items.begin(), node.items.end(), [](const Node& item) {
            return item.kind == Kind::text && item.text == "all";
        });
        stages(node, ComponentKind::parser, pipeline.parsers);
    }

    void columns(const Node& map, Pipeline& pipeline) {
        if (!is(map, Kind::map, "'columns'")) return;
        for (const Node& item : map.items) {
            const std::string of = " of column '" + item.key + "'";
            if (item.key.empty()) report(problems, item.key_place, Code::empty_value, "a column's name is empty");
            if (!is(item, Kind::map, "the rule" + of)) continue;
            check_keys(item, column_keys, "the rule" + of);
            ColumnRule rule;
            rule.pattern = {item.key, item.key_place};
            rule.role = word(item.find("role"), "the role" + of, column_roles);
            rule.direction = word(item.find("direction"), "the direction" + of, directions);
            rule.type = word(item.find("type"), "the type" + of, column_types);
            const auto plain = [&](const char* key) -> std::optional<std::string> {
                const std::optional<Text> value = text(item.find(key), std::string("the ") + key + of);
                return value ? std::optional<std::string>(value->text) : std::nullopt;
            };
            rule.unit = plain("unit");
            rule.alias = plain("alias");
            rule.label = plain("label");
            rule.scale = scale(item.find("scale"), "the scale" + of);
            rule.decimal = word(item.find("decimal"), "the decimal mark" + of, decimal_marks);
            pipeline.columns.push_back(std::move(rule));
        }
    }

    std::optional<double> scale(const Node* given, const std::string& what) {
        if (given == nullptr) return {};
        Node node = *given;
        convert(node, Kind::real);
        if (!is(node, Kind::real, what)) return {};
        if (node.number != 0) return node.number;
        Problem& problem = report(problems, node.place, Code::out_of_range, what + " is 0, which loses every value");
        problem.choices_label = "valid";
        problem.choices = {"any number but 0"};
        return {};
    }

    void status(const Node& map, Pipeline& pipeline) {
        if (!is(map, Kind::map, "'status'")) return;
        check_keys(map, status_keys, "'status'");
        pipeline.status.failed = text(map.find("failed"), "the expression 'failed'");
        pipeline.status.suspect = text(map.find("suspect"), "the expression 'suspect'");
    }

    void fail_on(const Node& node, Pipeline& pipeline) {
        FailOn& out = pipeline.fail_on;
        if (node.kind != Kind::map) {
            out.severity = word(&node, "'fail_on'", severities).value_or("none");
            return;
        }
        check_keys(node, fail_on_keys, "'fail_on'");
        out.severity = word(node.find("severity"), "'severity' of 'fail_on'", severities).value_or("none");
        out.fresh = word(node.find("new"), "'new' of 'fail_on'", severities).value_or("none");
        const Node* rules = node.find("rules");
        if (rules == nullptr || !is(*rules, Kind::map, "'rules' of 'fail_on'")) return;
        for (const Node& rule : rules->items)
            if (const auto most = integer(&rule, "the limit of rule '" + rule.key + "'", 0))
                out.rules.emplace_back(Text{rule.key, rule.key_place}, *most);
    }

    void dimensions(const Node& list, Pipeline& pipeline) {
        if (!is(list, Kind::list, "'dimensions'")) return;
        for (const Node& item : list.items) {
            if (!is(item, Kind::map, "a dimension")) continue;
            check_keys(item, dimension_keys, "a dimension");
            DimensionRule rule;
            const bool by_path = item.find("path") != nullptr;
            rule.path = text(item.find("path"), "the path of a dimension");
            if (rule.path) check_pattern(*rule.path);
            rule.name = text(item.find("name"), "the name of a dimension").value_or(Text{});
            rule.value = text(item.find("value"), "the value of a dimension").value_or(Text{});
            rule.applies_to = glob(item.find("for"), "the glob 'for' of a dimension");
            for (const char* const key : {"name", "value", "for"}) {
                const Node* const other = item.find(key);
                if (by_path && other != nullptr) {
                    report(problems, other->key_place, Code::unknown_key,
                           std::string("a dimension has a 'path' or a 'name' and 'value'; '") + key +
                               "' does not go with 'path'");
                }
            }
            if (!by_path && item.find("name") == nullptr) missing(item, "name", "a dimension without 'path'");
            if (!by_path && item.find("value") == nullptr) missing(item, "value", "a dimension without 'path'");
            pipeline.dimensions.push_back(std::move(rule));
        }
    }

    void bad_pattern(const Text& pattern, const std::string& why) {
        report(problems, pattern.place, Code::bad_pattern, "the pattern '" + pattern.text + "' " + why);
    }

    void check_pattern(const Text& pattern) {
        std::set<std::string> names;
        const std::string& text = pattern.text;
        for (std::size_t at = 0; at < text.size(); ++at) {
            if (text[at] == '}') return bad_pattern(pattern, "has a '}' without '{'");
            if (text[at] != '{') continue;
            const std::size_t close = text.find('}', at);
            if (close == std::string::npos) return bad_pattern(pattern, "has a '{' without '}'");
            const std::string inner = text.substr(at + 1, close - at - 1);
            const std::size_t colon = inner.find(':');
            const std::string name = inner.substr(0, colon);
            if (name.empty() || !std::all_of(name.begin(), name.end(), is_name_character)) {
                return bad_pattern(pattern, "has '{" + inner + "}', which is not {name} or {name:type}");
            }
            if (!names.insert(name).second) return bad_pattern(pattern, "takes '" + name + "' twice");
            if (colon != std::string::npos) check_capture_type(pattern, name, inner.substr(colon + 1));
            at = close;
        }
        if (names.empty()) bad_pattern(pattern, "takes nothing: it needs a {name}");
    }

    void check_capture_type(const Text& pattern, const std::string& name, const std::string& type) {
        if (std::find(capture_types.begin(), capture_types.end(), type) != capture_types.end()) return;
        offer(report(problems, pattern.place, Code::bad_choice, "the type of {" + name + "} cannot be '" + type + "'"),
              type, "valid", strings(capture_types));
    }

    void limits(const Node& map, Pipeline& pipeline) {
        if (!is(map, Kind::map, "'limits'")) return;
        check_keys(map, limit_keys, "'limits'");
        pipeline.limits.artifact_bytes = integer(map.find("artifact_bytes"), "'artifact_bytes'", 1);
        pipeline.limits.view_bytes = integer(map.find("view_bytes"), "'view_bytes'", 1);
        pipeline.limits.facts = integer(map.find("facts"), "'facts'", 1);
        pipeline.limits.artifact_seconds = integer(map.find("artifact_seconds"), "'artifact_seconds'", 1);
        pipeline.limits.artifact_memory = integer(map.find("artifact_memory"), "'artifact_memory'", 1);
        pipeline.limits.stage_seconds = integer(map.find("stage_seconds"), "'stage_seconds'", 1);
        pipeline.limits.part_bytes = integer(map.find("part_bytes"), "'part_bytes'", 1);
    }

    // Names that only merging, --set or variables made equal; those of one file were found before.
    void check_unique(const std::vector<Stage>& stages, ComponentKind kind) {
        std::set<std::string> names;
        for (const Stage& stage : stages) {
            if (stage.name.text.empty() || names.insert(stage.name.text).second) continue;
            const Place& place = stage.name.place;
            const bool told = std::any_of(problems.begin(), problems.end(), [&](const Problem& p) {
                return p.code == Code::duplicate_stage && p.file == place.source->name && p.line == place.line &&
                       p.column == place.column;
            });
            if (told) continue;
            report(problems, place, Code::duplicate_stage,
                   "a second stage '" + stage.name.text + "' in '" + std::string(section_of(kind)) +
                       "'; give one of them another name with \"as\"");
        }
    }

    void check_outputs(const std::vector<Stage>& renderers) {
        std::map<std::string, const Stage*> files;
        for (const Stage& stage : renderers) {
            if (stage.to.text.empty()) continue;
            const auto path = std::filesystem::path(stage.to.text).lexically_normal();
            if (!path.has_filename()) {
                report(problems, stage.to.place, Code::bad_choice,
                       "'" + stage.to.text + "' is a directory, not a file");
                continue;
            }
            const auto [first, fresh] = files.emplace(path.string(), &stage);
            if (fresh) continue;
            report(problems, stage.to.place, Code::same_output,
                   "renderer '" + stage.name.text + "' writes to '" + stage.to.text + "' like renderer '" +
                       first->second->name.text + "' (line " + std::to_string(first->second->to.place.line) + ")");
        }
    }
};

} // namespace

Pipeline read_pipeline(const Node& root, const Request& request, std::vector<Problem>& problems) {
    Pipeline pipeline;
    TreeReader reader{request, problems};
    reader.check_keys(root, top_level_keys, "a pipeline");
    if (const auto name = reader.text(root.find("name"), "'name'")) pipeline.name = name->text;
    if (const Node* node = root.find("inputs")) reader.inputs(*node, pipeline);
    if (const Node* node = root.find("parsers")) reader.parsers(*node, pipeline);
    if (const Node* node = root.find("analyzers")) reader.stages(*node, ComponentKind::analyzer, pipeline.analyzers);
    if (const Node* node = root.find("renderers")) reader.stages(*node, ComponentKind::renderer, pipeline.renderers);
    if (const Node* node = root.find("columns")) reader.columns(*node, pipeline);
    if (const Node* node = root.find("status")) reader.status(*node, pipeline);
    if (const Node* node = root.find("dimensions")) reader.dimensions(*node, pipeline);
    if (const Node* node = root.find("limits")) reader.limits(*node, pipeline);
    if (const Node* node = root.find("fail_on")) reader.fail_on(*node, pipeline);
    pipeline.jobs = reader.integer(root.find("jobs"), "'jobs'", 1, 4096);
    reader.check_unique(pipeline.parsers, ComponentKind::parser);
    reader.check_unique(pipeline.analyzers, ComponentKind::analyzer);
    reader.check_unique(pipeline.renderers, ComponentKind::renderer);
    reader.check_outputs(pipeline.renderers);
    return pipeline;
}

} // namespace assay::pipeline

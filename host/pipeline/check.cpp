#include "pipeline/pipeline.hpp"
#include "pipeline/vocabulary.hpp"
#include <algorithm>
#include <charconv>
#include <set>

namespace assay::pipeline {
namespace {

constexpr std::string_view host_service = "rows"; // what a renderer may need of the host itself

std::string shortest(double value) {
    char text[32];
    return {text, std::to_chars(text, text + sizeof text, value).ptr};
}

Kind kind_of(OptionType type) {
    switch (type) {
    case OptionType::boolean: return Kind::boolean;
    case OptionType::integer: return Kind::integer;
    case OptionType::real: return Kind::real;
    case OptionType::list: return Kind::list;
    case OptionType::map: return Kind::map;
    case OptionType::text:
    case OptionType::choice: return Kind::text;
    }
    return Kind::null;
}

std::string range_of(const OptionInfo& option) {
    if (!option.maximum) return shortest(*option.minimum) + " or more";
    if (!option.minimum) return "at most " + shortest(*option.maximum);
    return shortest(*option.minimum) + " to " + shortest(*option.maximum);
}

struct Checker {
    Pipeline& pipeline;
    std::span<const ComponentInfo> components;
    std::vector<Problem> problems;

    std::vector<std::string> ids(ComponentKind kind) const {
        std::vector<std::string> names;
        for (const ComponentInfo& component : components) {
            if (component.kind == kind) names.push_back(component.id);
        }
        std::sort(names.begin(), names.end());
        return names;
    }

    // Null and nothing said for an empty `use`: its absence was reported on loading.
    const ComponentInfo* component_of(const Stage& stage, ComponentKind kind) const {
        return stage.use.text.empty() ? nullptr : find_component(components, kind, stage.use.text);
    }

    void unknown_component(const Stage& stage, ComponentKind kind) {
        const std::string& id = stage.use.text;
        std::string message = "unknown " + std::string(name_of(kind)) + " '" + id + "'";
        for (const ComponentKind other : component_kinds) {
            if (other != kind && find_component(components, other, id) != nullptr) {
                message = "'" + id + "' is " + std::string(with_article(other)) + ", not " +
                          std::string(with_article(kind)) + ": it belongs in '" + std::string(section_of(other)) + "'";
            }
        }
        offer(report(problems, stage.use.place, Code::unknown_component, message), id, std::string(section_of(kind)),
              ids(kind));
    }

    void check_stages(std::vector<Stage>& stages, ComponentKind kind) {
        for (Stage& stage : stages) {
            if (stage.use.text.empty()) continue;
            if (const ComponentInfo* const component = component_of(stage, kind)) {
                check_options(stage, *component);
            } else {
                unknown_component(stage, kind);
            }
        }
    }

    // ---- options

    void check_options(Stage& stage, const ComponentInfo& component) {
        const std::string of = std::string(name_of(component.kind)) + " '" + component.id + "'";
        for (Node& value : stage.with.items) {
            if (const OptionInfo* const option = find_option(component, value.key)) {
                check_value(value, *option, "option '" + option->name + "' of " + of);
                continue;
            }
            std::vector<std::string> names;
            for (const OptionInfo& option : component.options) names.push_back(option.name);
            Problem& problem =
                report(problems, value.key_place, Code::unknown_option, "unknown option '" + value.key + "' for " + of);
            offer(problem, value.key, "options", names.empty() ? std::vector<std::string>{"none"} : names);
        }
        fill_defaults(stage, component);
    }

    void fill_defaults(Stage& stage, const ComponentInfo& component) {
        for (const OptionInfo& option : component.options) {
            const std::string& preset =
                stage.to.text == "-" && !option.console_json.empty() ? option.console_json : option.default_json;
            if (preset.empty() || stage.with.find(option.name) != nullptr) continue;
            const auto source =
                std::make_shared<Source>(Source{"default of '" + option.name + "' of " + component.id, "", preset});
            ParsedJson parsed = parse_located(source);
            if (!parsed.root || parsed.root->kind == Kind::null) continue;
            parsed.root->key = option.name;
            parsed.root->key_place = parsed.root->place;
            convert(*parsed.root, kind_of(option.type));
            stage.with.items.push_back(std::move(*parsed.root));
        }
    }

    void check_value(Node& value, const OptionInfo& option, const std::string& what) {
        if (value.broken) return;
        const Kind wanted = kind_of(option.type);
        if (!convert(value, wanted)) {
            Problem& problem =
                report(problems, value.place, Code::wrong_type,
                       what + " should be " + std::string(describe(wanted)) + ", not " +
                           std::string(describe(value.kind)) + (value.substituted ? " ('" + value.text + "')" : ""));
            problem.choices_label = option.choices.empty() ? "type" : "valid";
            problem.choices =
                option.choices.empty() ? std::vector<std::string>{std::string(name_of(option.type))} : option.choices;
            return;
        }
        if (wanted == Kind::integer || wanted == Kind::real) check_range(value, option, what);
        if (option.type == OptionType::choice) check_choice(value, option, what);
        if (option.type == OptionType::list && !option.choices.empty()) {
            for (Node& item : value.items) check_choice(item, option, "an item of " + what);
        }
    }

    void check_range(const Node& value, const OptionInfo& option, const std::string& what) {
        if ((!option.minimum || value.number >= *option.minimum) &&
            (!option.maximum || value.number <= *option.maximum)) {
            return;
        }
        const std::string shown = value.kind == Kind::integer ? std::to_string(value.integer) : shortest(value.number);
        Problem& problem =
            report(problems, value.place, Code::out_of_range, what + " is " + shown + ", which is out of range");
        problem.choices_label = "valid";
        problem.choices = {range_of(option)};
    }

    void check_choice(Node& value, const OptionInfo& option, const std::string& what) {
        if (value.broken) return;
        const bool is_text = convert(value, Kind::text);
        if (is_text && std::find(option.choices.begin(), option.choices.end(), value.text) != option.choices.end())
            return;
        const std::string shown = is_text ? "'" + value.text + "'" : std::string(describe(value.kind));
        offer(report(problems, value.place, Code::bad_choice, what + " cannot be " + shown), is_text ? value.text : "",
              "valid", option.choices);
    }

    // ---- stages nobody wrote

    Stage implied_stage(const ComponentInfo& component, const Place& place, const std::vector<Stage>& among) {
        const auto taken = [&](const std::string& name) {
            return std::any_of(among.begin(), among.end(), [&](const Stage& other) { return other.name.text == name; });
        };
        Stage stage;
        stage.implied = true;
        stage.place = place;
        stage.use = stage.name = {component.id, place};
        for (int number = 2; taken(stage.name.text); ++number) {
            stage.name.text = component.id + "-" + std::to_string(number);
        }
        stage.with.kind = Kind::map;
        stage.with.place = place;
        fill_defaults(stage, component);
        return stage;
    }

    void add_all_parsers() {
        if (!pipeline.all_parsers) return;
        for (const std::string& id : ids(ComponentKind::parser)) {
            const bool named = std::any_of(pipeline.parsers.begin(), pipeline.parsers.end(),
                                           [&](const Stage& stage) { return stage.use.text == id; });
            const ComponentInfo& component = *find_component(components, ComponentKind::parser, id);
            if (!named) pipeline.parsers.push_back(implied_stage(component, {}, pipeline.parsers));
        }
    }

    // ---- what stages take from each other

    bool provides(const Stage& stage, const std::string& need) const {
        const ComponentInfo* const component = component_of(stage, ComponentKind::analyzer);
        return component != nullptr && component->provides == need;
    }

    std::vector<std::string> providers_of(const std::string& need, const Stage& taker) const {
        std::vector<std::string> chosen, all;
        for (const Stage& stage : pipeline.analyzers) {
            if (&stage == &taker || !provides(stage, need)) continue;
            const auto is_it = [&](const Text& name) { return name.text == stage.name.text; };
            all.push_back(stage.name.text);
            if (std::any_of(taker.from.begin(), taker.from.end(), is_it)) chosen.push_back(stage.name.text);
        }
        return chosen.empty() ? all : chosen;
    }

    // Adds the analyzers that `stages` need and nobody wrote. Indices, because the list grows on the way.
    void add_needed(const std::vector<Stage>& stages, ComponentKind kind) {
        for (std::size_t i = 0; i < stages.size(); ++i) {
            const ComponentInfo* const component = component_of(stages[i], kind);
            if (component == nullptr) continue;
            for (const std::string& need : component->needs) {
                if (need != host_service && need != all_others && providers_of(need, stages[i]).empty())
                    add_provider(need, stages[i]);
            }
        }
    }

    void add_provider(const std::string& need, const Stage& taker) {
        std::vector<const ComponentInfo*> found;
        std::vector<std::string> provided;
        for (const ComponentInfo& component : components) {
            if (component.kind != ComponentKind::analyzer || component.provides.empty()) continue;
            provided.push_back(component.provides);
            if (component.provides == need) found.push_back(&component);
        }
        if (found.size() == 1 && found[0]->id != taker.use.text) {
            pipeline.analyzers.push_back(implied_stage(*found[0], taker.place, pipeline.analyzers));
        } else if (found.size() > 1) {
            std::vector<std::string> names;
            for (const ComponentInfo* const component : found) names.push_back(component->id);
            Problem& problem = report(problems, taker.use.place, Code::ambiguous_need,
                                      "'" + taker.name.text + "' needs '" + need +
                                          "', which several analyzers provide: name one as a stage");
            problem.choices_label = "analyzers";
            problem.choices = std::move(names);
        } else {
            offer(report(problems, taker.use.place, Code::unmet_need,
                         "'" + taker.name.text + "' needs '" + need + "', which no analyzer provides"),
                  need, "provided", provided);
        }
    }

    // A gate on a rule that nobody evaluates could never fail.
    void check_gates() {
        std::vector<std::string> ids, names;
        for (const Stage& stage : pipeline.analyzers)
            if (const ComponentInfo* const component = component_of(stage, ComponentKind::analyzer))
                for (const RuleInfo& rule : component->rules) ids.push_back(rule.id), names.push_back(rule.slug);
        names.insert(names.end(), ids.begin(), ids.end());
        for (const auto& [rule, limit] : pipeline.fail_on.rules) {
            if (std::find(names.begin(), names.end(), rule.text) != names.end()) continue;
            Problem& problem = report(problems, rule.place, Code::bad_choice,
                                      "no analyzer of this pipeline has a rule '" + rule.text + "'");
            offer(problem, rule.text, "rules", names);
            problem.choices = ids; // the slugs would fill a screen
        }
    }

    // "from" says which; else all that do not take from all others themselves.
    void take_all_others(Stage& taker) const {
        if (!taker.from.empty()) return;
        for (const Stage& stage : pipeline.analyzers) {
            const ComponentInfo* const component = component_of(stage, ComponentKind::analyzer);
            if (component == nullptr) continue;
            const auto& needs = component->needs;
            if (std::find(needs.begin(), needs.end(), all_others) == needs.end())
                taker.needs.push_back(stage.name.text);
        }
    }

    void resolve_needs(std::vector<Stage>& stages, ComponentKind kind) {
        for (Stage& stage : stages) {
            const ComponentInfo* const component = component_of(stage, kind);
            if (component == nullptr) continue;
            for (const std::string& need : component->needs) {
                if (need == all_others) {
                    take_all_others(stage);
                    continue;
                }
                const std::vector<std::string> providers = providers_of(need, stage);
                if (providers.size() > 1) {
                    Problem& problem = report(problems, stage.use.place, Code::ambiguous_need,
                                              "'" + stage.name.text + "' needs '" + need +
                                                  "', which several stages provide: say which with \"from\"");
                    problem.choices_label = "stages";
                    problem.choices = providers;
                } else if (providers.size() == 1) {
                    stage.needs.push_back(providers[0]);
                }
            }
        }
    }

    std::vector<std::string> analyzer_names() const {
        std::vector<std::string> names;
        for (const Stage& stage : pipeline.analyzers) names.push_back(stage.name.text);
        return names;
    }

    void check_from(const std::vector<Stage>& stages) {
        const std::vector<std::string> names = analyzer_names();
        for (const Stage& stage : stages) {
            for (const Text& from : stage.from) {
                if (std::find(names.begin(), names.end(), from.text) != names.end()) continue;
                std::vector<std::string> others;
                std::copy_if(names.begin(), names.end(), std::back_inserter(others),
                             [&](const std::string& name) { return name != stage.name.text; });
                offer(report(problems, from.place, Code::unknown_stage,
                             "no analyzer stage is called '" + from.text + "'"),
                      from.text, "stages", others);
            }
        }
    }

    std::vector<std::vector<std::size_t>> edges() const {
        const std::vector<std::string> names = analyzer_names();
        std::vector<std::vector<std::size_t>> before(names.size());
        const auto add = [&](std::size_t stage, const std::string& name) {
            const auto found = std::find(names.begin(), names.end(), name);
            if (found != names.end()) before[stage].push_back(static_cast<std::size_t>(found - names.begin()));
        };
        for (std::size_t i = 0; i < names.size(); ++i) {
            for (const std::string& name : pipeline.analyzers[i].needs) add(i, name);
            for (const Text& name : pipeline.analyzers[i].from) add(i, name.text);
        }
        return before;
    }

    // Takes, again and again, the first stage all of whose sources have been taken.
    void order_stages() {
        const auto before = edges();
        std::vector<bool> taken(before.size(), false);
        for (bool progress = true; progress;) {
            progress = false;
            for (std::size_t i = 0; i < before.size() && !progress; ++i) {
                const auto is_taken = [&](std::size_t other) { return taken[other]; };
                if (taken[i] || !std::all_of(before[i].begin(), before[i].end(), is_taken)) continue;
                taken[i] = progress = true;
                pipeline.order.push_back(i);
            }
        }
        report_cycles(before, taken);
    }

    // Every stage left over waits for another one left over: following them leads into a cycle.
    void report_cycles(const std::vector<std::vector<std::size_t>>& before, std::vector<bool>& told) {
        for (std::size_t start = 0; start < before.size(); ++start) {
            std::vector<std::size_t> way;
            std::size_t at = start;
            while (!told[at] && std::find(way.begin(), way.end(), at) == way.end()) {
                way.push_back(at);
                const auto next =
                    std::find_if(before[at].begin(), before[at].end(), [&](std::size_t i) { return !told[i]; });
                if (next == before[at].end()) break;
                at = *next;
            }
            const auto first = std::find(way.begin(), way.end(), at);
            const bool closed =
                first != way.end() && !told[at] &&
                std::find(before[way.back()].begin(), before[way.back()].end(), at) != before[way.back()].end();
            if (closed) report_cycle({first, way.end()});
            for (const std::size_t stage : way) told[stage] = true;
        }
    }

    void report_cycle(const std::vector<std::size_t>& cycle) {
        std::string names;
        for (const std::size_t i : cycle) names += "'" + pipeline.analyzers[i].name.text + "' takes from ";
        const Stage& first = pipeline.analyzers[cycle.front()];
        const std::string& next = pipeline.analyzers[cycle[1 % cycle.size()]].name.text;
        Place place = first.use.place;
        for (const Text& from : first.from) {
            if (from.text == next) place = from.place;
        }
        report(problems, place, Code::stage_cycle,
               "stages that wait for each other: " + names + "'" + first.name.text + "'");
    }
};

} // namespace

std::vector<Problem> check(Pipeline& pipeline, std::span<const ComponentInfo> components) {
    Checker checker{pipeline, components, {}};
    pipeline.order.clear();
    checker.check_stages(pipeline.parsers, ComponentKind::parser);
    checker.check_stages(pipeline.analyzers, ComponentKind::analyzer);
    checker.check_stages(pipeline.renderers, ComponentKind::renderer);
    checker.add_all_parsers();
    pipeline.analyzers.reserve(pipeline.analyzers.size() + components.size() + 1); // stages stay where they are
    checker.add_needed(pipeline.renderers, ComponentKind::renderer);
    checker.add_needed(pipeline.analyzers, ComponentKind::analyzer);
    checker.resolve_needs(pipeline.analyzers, ComponentKind::analyzer);
    checker.resolve_needs(pipeline.renderers, ComponentKind::renderer);
    checker.check_gates();
    checker.check_from(pipeline.analyzers);
    checker.check_from(pipeline.renderers);
    checker.order_stages();
    return std::move(checker.problems);
}

} // namespace assay::pipeline

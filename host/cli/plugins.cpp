#include "cli/commands.hpp"
#include "cli/session.hpp"
#include "cli/terminal.hpp"
#include <assay/json_writer.hpp>
#include <assay/visible_text.hpp>
#include <iostream>

namespace assay::cli {

namespace {

void write_component(JsonWriter& json, const pipeline::ComponentInfo& c) {
    json.object()
        .field("kind", pipeline::name_of(c.kind))
        .field("id", c.id)
        .field("summary", c.summary)
        .key("extensions")
        .array();
    for (const auto& extension : c.extensions) json.value(extension);
    json.end().key("needs").array();
    for (const auto& need : c.needs) json.value(need);
    json.end().field("provides", c.provides).key("options").array();
    for (const auto& o : c.options) {
        json.object().field("name", o.name).field("type", pipeline::name_of(o.type)).key("default");
        json.raw(o.default_json.empty() ? "null" : std::string_view{o.default_json});
        json.field("min", o.minimum).field("max", o.maximum).key("choices").array();
        for (const auto& choice : o.choices) json.value(choice);
        json.end().field("help", o.help).end();
    }
    json.end();
    if (!c.rules.empty()) {
        json.key("rules").array();
        for (const auto& rule : c.rules)
            json.object()
                .field("id", rule.id)
                .field("slug", rule.slug)
                .field("family", rule.family)
                .field("severity", rule.severity)
                .field("definition", rule.definition)
                .field("threshold", rule.threshold)
                .field("fix", rule.fix)
                .end();
        json.end();
    }
    json.end();
}

std::string to_json(const registry::Registry& registry) {
    JsonWriter json;
    json.object().key("plugins").array();
    for (const auto& plugin : registry.plugins) {
        json.object()
            .field("id", plugin.info.id)
            .field("version", plugin.info.version)
            .field("license", plugin.info.license);
        json.field("path", plugin.path).key("components").array();
        for (const auto& component : plugin.info.components) write_component(json, component);
        json.end().end();
    }
    json.end().key("refused").array();
    for (const auto& refused : registry.refused)
        json.object()
            .field("path", refused.path)
            .field("reason", refused.why.reason)
            .field("message", registry::to_text(refused.why))
            .field("since", refused.since)
            .end();
    json.end().key("shadowed").array();
    for (const auto& shadowed : registry.shadowed)
        json.object()
            .field("path", shadowed.path)
            .field("id", shadowed.id)
            .field("component", shadowed.component)
            .field("by", shadowed.by)
            .end();
    json.end().key("places").array();
    for (const auto& place : registry.places)
        json.object()
            .field("path", place.place.path)
            .field("origin", registry::name_of(place.place.origin))
            .field("state", place.state)
            .end();
    json.end().end();
    return json.take() + "\n";
}

void print_list(const registry::Registry& registry) {
    for (const auto kind : pipeline::component_kinds) {
        std::cout << pipeline::section_of(kind) << "\n";
        for (const auto& component : registry::components(registry)) {
            if (component.kind != kind) continue;
            std::string id = component.id;
            id.resize(std::max<std::size_t>(id.size(), 14), ' ');
            std::cout << "  " << id << " " << visible(component.summary) << "\n";
        }
    }
    for (const auto& refused : registry.refused)
        std::cout << "refused " << visible(refused.path) << "\n  " << visible(registry::to_text(refused.why))
                  << (refused.since.empty() ? "" : " (unchanged since " + refused.since + ")") << "\n";
    for (const auto& shadowed : registry.shadowed)
        std::cout << "not used " << visible(shadowed.path) << "\n  "
                  << (shadowed.component.empty() ? "plugin '" + shadowed.id + "'" : shadowed.component)
                  << " is taken from " << visible(shadowed.by) << "\n";
    std::cout << "looked in\n";
    for (const auto& place : registry.places)
        std::cout << "  " << visible(place.place.path) << " (" << registry::name_of(place.place.origin) << ")"
                  << (place.state.empty() ? "" : ": " + place.state) << "\n";
}

void print_component(const registry::KnownPlugin& plugin, const pipeline::ComponentInfo& c) {
    std::cout << pipeline::name_of(c.kind) << " " << c.id << " " << plugin.info.version << "\n  " << visible(c.summary)
              << "\n  from " << visible(plugin.path) << "\n";
    for (const auto& need : c.needs) std::cout << "  needs " << need << "\n";
    if (!c.provides.empty()) std::cout << "  provides " << c.provides << "\n";
    if (c.options.empty()) std::cout << "  no options\n";
    for (const auto& o : c.options) {
        std::cout << "  " << o.name << " (" << pipeline::name_of(o.type) << ", default "
                  << (o.default_json.empty() ? "none" : o.default_json);
        if (o.minimum) std::cout << ", at least " << *o.minimum;
        if (o.maximum) std::cout << ", at most " << *o.maximum;
        for (std::size_t i = 0; i < o.choices.size(); ++i) std::cout << (i == 0 ? "; one of " : ", ") << o.choices[i];
        std::cout << ")\n      " << visible(o.help) << "\n";
    }
    std::string family;
    for (const auto& rule : c.rules) {
        if (rule.family != family) std::cout << "\n  " << visible(family = rule.family) << "\n";
        std::cout << "    " << visible(rule.id) << " " << visible(rule.slug) << " (" << visible(rule.severity) << ")\n"
                  << "        " << visible(rule.definition) << "\n";
        if (!rule.threshold.empty()) std::cout << "        threshold: " << visible(rule.threshold) << "\n";
    }
}

} // namespace

int plugins(const Words& words) {
    Grammar g{"plugins",
              "[ID] [options]",
              "Lists the plugins, or describes one: its options with types, defaults and meaning.",
              boost::program_options::options_description{"Options"},
              "id",
              1,
              true};
    g.options.add_options()("json", boost::program_options::bool_switch(), "the same as --format json");
    const Arguments arguments = read(g, words);
    if (arguments.help) return done;
    start_log(arguments.common.quiet, arguments.common.verbose);
    Session session{arguments.common};
    const bool json = arguments.common.json || arguments.values["json"].as<bool>();
    if (arguments.values.count("id") == 0) {
        if (json)
            std::cout << to_json(session.registry());
        else
            print_list(session.registry());
        return done;
    }
    const std::string id = required(arguments, "id", "the component's id");
    std::vector<const pipeline::ComponentInfo*> found; // a parser and a renderer may bear one name
    for (const auto& plugin : session.registry().plugins)
        for (const auto& component : plugin.info.components) {
            if (component.id != id) continue;
            found.push_back(&component);
            if (!json) print_component(plugin, component);
        }
    if (json && !found.empty()) {
        JsonWriter out;
        if (found.size() > 1) out.array();
        for (const auto* component : found) write_component(out, *component);
        if (found.size() > 1) out.end();
        std::cout << out.text() << "\n";
    }
    if (!found.empty()) return done;
    std::vector<std::string> names;
    for (const auto& component : session.offered()) names.push_back(component.id);
    const auto near = pipeline::nearest(id, names);
    throw UsageError{
        "no plugin offers '" + id + "'" +
        (near.empty() ? "; 'assay plugins' lists what there is" : "; did you mean '" + near.front() + "'?")};
}

} // namespace assay::cli

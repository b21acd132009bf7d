#include "pipeline/components.hpp"
#include "pipeline/located_json.hpp"
#include <algorithm>
#include <limits>

namespace assay::pipeline {
namespace {

constexpr std::string_view option_type_names[] = {"bool", "int", "float", "text", "list", "map", "choice"};

// Thrown inside this file only: the first fault of a manifest.
struct Fault {
    Place place;
    std::string message;
};

std::string key_in_quotes(std::string_view key) { return "'" + std::string(key) + "' "; }

const Node* optional_value(const Node& map, std::string_view key, Kind kind) {
    const Node* node = map.find(key);
    if (node == nullptr || node->kind == Kind::null) return nullptr;
    if (node->kind != kind) throw Fault{node->place, key_in_quotes(key) + "should be " + std::string(describe(kind))};
    return node;
}

const Node& value(const Node& map, std::string_view key, Kind kind) {
    const Node* node = optional_value(map, key, kind);
    if (node == nullptr) throw Fault{map.place, key_in_quotes(key) + "is missing"};
    return *node;
}

std::string text(const Node& map, std::string_view key) {
    const Node* node = optional_value(map, key, Kind::text);
    return node != nullptr ? node->text : std::string();
}

std::string needed_text(const Node& map, std::string_view key) {
    const Node& node = value(map, key, Kind::text);
    if (node.text.empty()) throw Fault{node.place, key_in_quotes(key) + "is empty"};
    return node.text;
}

std::vector<std::string> texts(const Node& map, std::string_view key) {
    std::vector<std::string> list;
    if (const Node* node = optional_value(map, key, Kind::list)) {
        for (const Node& item : node->items) {
            if (item.kind != Kind::text) throw Fault{item.place, key_in_quotes(key) + "should hold texts only"};
            list.push_back(item.text);
        }
    }
    return list;
}

std::optional<double> number(const Node& map, std::string_view key) {
    const Node* node = map.find(key);
    if (node == nullptr || node->kind == Kind::null) return {};
    if (node->kind != Kind::integer && node->kind != Kind::real) {
        throw Fault{node->place, key_in_quotes(key) + "should be a number"};
    }
    return node->number;
}

bool fits(OptionType type, const Node& value) {
    switch (type) {
    case OptionType::boolean: return value.kind == Kind::boolean;
    case OptionType::integer: return value.kind == Kind::integer;
    case OptionType::real: return value.kind == Kind::real || value.kind == Kind::integer;
    case OptionType::list: return value.kind == Kind::list;
    case OptionType::map: return value.kind == Kind::map;
    case OptionType::text:
    case OptionType::choice: return value.kind == Kind::text;
    }
    return false;
}

OptionInfo read_option(const Node& node) {
    OptionInfo option;
    option.name = needed_text(node, "name");
    const std::string type = needed_text(node, "type");
    const auto* const found = std::find(std::begin(option_type_names), std::end(option_type_names), type);
    if (found == std::end(option_type_names)) {
        throw Fault{node.find("type")->place,
                    "option type '" + type + "' is none of bool, int, float, text, list, map, choice"};
    }
    option.type = static_cast<OptionType>(found - std::begin(option_type_names));
    option.help = text(node, "help");
    option.minimum = number(node, "min");
    option.maximum = number(node, "max");
    option.choices = texts(node, "choices");
    const Node* preset = node.find("default");
    if (preset != nullptr && preset->kind != Kind::null) {
        if (!fits(option.type, *preset)) {
            throw Fault{preset->place, "the default of option '" + option.name + "' is not of type " + type};
        }
        option.default_json =
            preset->place.source->text.substr(preset->place.offset, preset->end - preset->place.offset);
    }
    return option;
}

ComponentKind read_kind(const Node& node) {
    const std::string word = needed_text(node, "kind");
    for (const ComponentKind kind : component_kinds) {
        if (word == name_of(kind)) return kind;
    }
    throw Fault{node.find("kind")->place, "component kind '" + word + "' is none of parser, analyzer, renderer"};
}

ComponentInfo read_component(const Node& node) {
    if (node.kind != Kind::map) throw Fault{node.place, "a component should be an object"};
    ComponentInfo component;
    component.kind = read_kind(node);
    component.id = needed_text(node, "id");
    component.summary = text(node, "summary");
    component.extensions = texts(node, "extensions");
    component.magic = texts(node, "magic");
    component.media_types = texts(node, "media_types");
    component.needs = texts(node, "needs");
    component.provides = text(node, "provides");
    component.capabilities = texts(node, "capabilities");
    if (const Node* rules = optional_value(node, "rules", Kind::list))
        for (const Node& item : rules->items)
            component.rules.push_back({text(item, "id"), text(item, "slug"), text(item, "family"),
                                       text(item, "severity"), text(item, "definition"), text(item, "fix"),
                                       text(item, "threshold")});
    if (const Node* options = optional_value(node, "options", Kind::list)) {
        for (const Node& item : options->items) {
            if (item.kind != Kind::map) throw Fault{item.place, "an option should be an object"};
            OptionInfo option = read_option(item);
            if (find_option(component, option.name) != nullptr) {
                throw Fault{item.place, "option '" + option.name + "' is declared twice"};
            }
            component.options.push_back(std::move(option));
        }
    }
    return component;
}

PluginInfo read_plugin(const Node& root) {
    if (root.kind != Kind::map) throw Fault{root.place, "a manifest should be an object"};
    const Node& format = value(root, "assay_manifest", Kind::integer);
    if (format.integer != 1)
        throw Fault{format.place, "manifest format " + std::to_string(format.integer) + " is not 1"};
    PluginInfo plugin;
    plugin.id = needed_text(root, "id");
    plugin.version = text(root, "version");
    plugin.license = text(root, "license");
    const Node& abi = value(root, "abi", Kind::list);
    const auto is_version = [](const Node& n) {
        return n.kind == Kind::integer && n.integer >= 0 && n.integer <= std::numeric_limits<std::int32_t>::max();
    };
    if (abi.items.size() != 2 || !is_version(abi.items[0]) || !is_version(abi.items[1])) {
        throw Fault{abi.place, "'abi' should be [major, minor]"};
    }
    plugin.abi_major = static_cast<std::uint32_t>(abi.items[0].integer);
    plugin.abi_minor = static_cast<std::uint32_t>(abi.items[1].integer);
    for (const Node& item : value(root, "components", Kind::list).items) {
        ComponentInfo component = read_component(item);
        if (find_component(plugin.components, component.kind, component.id) != nullptr) {
            throw Fault{item.place, std::string(name_of(component.kind)) + " '" + component.id + "' is declared twice"};
        }
        plugin.components.push_back(std::move(component));
    }
    return plugin;
}

} // namespace

std::string_view name_of(ComponentKind kind) {
    static constexpr std::string_view names[] = {"parser", "analyzer", "renderer"};
    return names[static_cast<std::size_t>(kind)];
}

std::string_view with_article(ComponentKind kind) {
    static constexpr std::string_view names[] = {"a parser", "an analyzer", "a renderer"};
    return names[static_cast<std::size_t>(kind)];
}

std::string_view section_of(ComponentKind kind) {
    static constexpr std::string_view names[] = {"parsers", "analyzers", "renderers"};
    return names[static_cast<std::size_t>(kind)];
}

std::string_view name_of(OptionType type) { return option_type_names[static_cast<std::size_t>(type)]; }

std::optional<PluginInfo> parse_manifest(std::string_view json, std::string& error) {
    const auto source = std::make_shared<Source>(Source{"manifest", "", std::string(json)});
    const auto say = [&error](std::uint32_t line, std::uint32_t column, const std::string& message) {
        error = "manifest, line " + std::to_string(line) + ", column " + std::to_string(column) + ": " + message;
    };
    const ParsedJson parsed = parse_located(source);
    if (!parsed.problems.empty()) {
        const Problem& first = parsed.problems.front();
        say(first.line, first.column, first.message);
        return {};
    }
    try {
        return read_plugin(*parsed.root);
    } catch (const Fault& fault) {
        say(fault.place.line, fault.place.column, fault.message);
        return {};
    }
}

const ComponentInfo* find_component(std::span<const ComponentInfo> all, ComponentKind kind, std::string_view id) {
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const auto& c) { return c.kind == kind && c.id == id; });
    return found == all.end() ? nullptr : &*found;
}

const OptionInfo* find_option(const ComponentInfo& component, std::string_view name) {
    const auto& all = component.options;
    const auto found = std::find_if(all.begin(), all.end(), [&](const auto& option) { return option.name == name; });
    return found == all.end() ? nullptr : &*found;
}

} // namespace assay::pipeline

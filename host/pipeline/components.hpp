#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// What a pipeline is checked against: the components that plugins offer, as their manifests describe them.
namespace assay::pipeline {

enum class ComponentKind { parser, analyzer, renderer };
std::string_view name_of(ComponentKind);      // "parser"
std::string_view with_article(ComponentKind); // "an analyzer"
std::string_view section_of(ComponentKind);   // "parsers", the key of the pipeline file
inline constexpr ComponentKind component_kinds[] = {ComponentKind::parser, ComponentKind::analyzer,
                                                    ComponentKind::renderer};

enum class OptionType { boolean, integer, real, text, list, map, choice };
std::string_view name_of(OptionType); // as in a manifest: bool, int, float, text, list, map, choice

struct OptionInfo {
    std::string name;
    OptionType type = OptionType::text;
    std::string default_json; // empty or "null": unset unless the pipeline sets it
    std::string help;
    std::optional<double> minimum, maximum; // inclusive; int and float only
    std::vector<std::string> choices;       // choice; of a list: what its items may be
    // The default where a renderer writes to "-": what is known of the terminal. Empty: `default_json`.
    std::string console_json = {};
};

// What an analyzer looks for, as it lists it.
struct RuleInfo {
    std::string id, slug, family, severity, definition, fix, threshold; // threshold: its meaning and value, or empty
};

struct ComponentInfo {
    ComponentKind kind = ComponentKind::parser;
    std::string id;
    std::string summary;
    std::vector<OptionInfo> options;
    std::vector<std::string> needs; // what it takes of analyzers, e.g. "profile/1"; for renderers also "rows"
    std::string provides;           // what an analyzer gives to others, e.g. "profile/1"; may be empty
    std::vector<std::string> extensions;
    std::vector<std::string> magic;
    std::vector<std::string> media_types;
    std::vector<std::string> capabilities;
    std::vector<RuleInfo> rules;
};

struct PluginInfo {
    std::string id, version, license;
    std::uint32_t abi_major = 0, abi_minor = 0;
    std::vector<ComponentInfo> components;
};

// Reads a plugin's manifest. Nothing and one sentence in `error`, with line and column, where it is not a valid one.
// Keys it does not know are ignored: a newer plugin may say more.
std::optional<PluginInfo> parse_manifest(std::string_view json, std::string& error);

const ComponentInfo* find_component(std::span<const ComponentInfo>, ComponentKind, std::string_view id);
const OptionInfo* find_option(const ComponentInfo&, std::string_view name);

} // namespace assay::pipeline

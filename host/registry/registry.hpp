#pragma once
#include "pipeline/components.hpp"
#include "registry/describe.hpp"
#include "registry/manifest.hpp"
#include "registry/search.hpp"
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Which plugins there are, known from their manifests alone.
namespace assay::registry {

struct KnownPlugin {
    std::string path;
    pipeline::PluginInfo info;
    std::size_t place = 0; // index in Registry::places
};

struct RefusedPlugin {
    std::string path;
    Refusal why;
    std::string since; // when the file was last changed, UTC: "2026-02-03T04:05:06Z"; empty where unknown
    std::size_t place = 0;
    std::optional<pipeline::PluginInfo> info; // where its manifest could be read
};

// A plugin that is not used because an earlier one has its id, or one of its components because another has it.
struct ShadowedPlugin {
    std::string path, id, version;
    std::string component; // "parser 'csv'"; empty: the whole plugin
    std::string by;        // path of the earlier one
    std::size_t place = 0;
};

struct SearchedPlace {
    Place place;
    std::string state; // why nothing was read here: "does not exist"; empty where it was searched
};

struct Registry {
    std::vector<KnownPlugin> plugins; // in search order, then by file name
    std::vector<RefusedPlugin> refused;
    std::vector<ShadowedPlugin> shadowed;
    std::vector<SearchedPlace> places; // all, in search order
};

// Reads the manifests of all *.so files in the places. Executes nothing of a plugin that has its manifest section; one
// without is asked in a child with a deadline. Never fails: what cannot be used is in `refused` with its reason.
// The first match of an id wins, also where it is refused: an older copy further on is never taken in its stead.
Registry scan(const SearchPlaces&, std::chrono::milliseconds deadline = describe_deadline);

struct Offer {
    const KnownPlugin* plugin = nullptr;
    const pipeline::ComponentInfo* component = nullptr;
};
// Pointers into the registry.
std::optional<Offer> find(const Registry&, pipeline::ComponentKind, std::string_view id);

// Each component that can be used, once, in search order: what a pipeline is checked against.
std::vector<pipeline::ComponentInfo> components(const Registry&);

// Why find() has nothing: the nearest ids, or the refusal that stands in the way; then every place and what is there.
std::string explain_missing(const Registry&, pipeline::ComponentKind, std::string_view id);

} // namespace assay::registry

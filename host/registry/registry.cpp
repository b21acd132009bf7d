#include "registry/registry.hpp"
#include "pipeline/diagnostic.hpp"
#include "registry/plugin.hpp"
#include <algorithm>
#include <array>
#include <assay/visible_text.hpp>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <dirent.h>
#include <memory>
#include <sys/stat.h>

namespace assay::registry {
namespace {

using pipeline::ComponentInfo;
using pipeline::ComponentKind;
using pipeline::PluginInfo;

std::string quoted(ComponentKind kind, std::string_view id) {
    return std::string(name_of(kind)) + " '" + visible(id) + "'";
}

std::string modified(const std::string& path) {
    struct stat status {};
    std::tm utc{};
    if (stat(path.c_str(), &status) != 0 || gmtime_r(&status.st_mtime, &utc) == nullptr) return {};
    std::array<char, 32> text{};
    return {text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &utc)};
}

// Names of *.so in a folder, sorted; nothing and why in `state` where it cannot be read.
std::vector<std::string> shared_objects(const std::string& folder, std::string& state) {
    std::vector<std::string> names;
    const std::unique_ptr<DIR, int (*)(DIR*)> listing{opendir(folder.c_str()), closedir};
    if (!listing) {
        state = errno == ENOENT ? "does not exist" : std::strerror(errno);
        return names;
    }
    while (const dirent* entry = readdir(listing.get())) {
        const std::string_view name = entry->d_name;
        if (name.size() > 3 && name.ends_with(".so")) names.emplace_back(name);
    }
    std::sort(names.begin(), names.end());
    return names;
}

bool exists(const std::string& path) {
    struct stat status {};
    return stat(path.c_str(), &status) == 0;
}

class Scan {
  public:
    Scan(const SearchPlaces& places, std::chrono::milliseconds deadline) : places_{places}, deadline_{deadline} {}

    Registry run() {
        for (const Place& place : places_.places) visit(place);
        return std::move(found_);
    }

  private:
    void visit(const Place& place) {
        SearchedPlace& searched = found_.places.emplace_back(SearchedPlace{place, place.ignored});
        if (!searched.state.empty()) return;
        // A missing folder first: it is not untrusted, it is not there.
        if (exists(place.path)) {
            if (const auto reason = distrust(place.path, places_)) searched.state = *reason;
        }
        if (!searched.state.empty()) return;
        for (const std::string& name : shared_objects(place.path, searched.state)) examine(place.path + "/" + name);
    }

    void examine(const std::string& path) {
        if (const auto reason = distrust_file(path, places_)) return refuse(path, {"untrusted", *reason, {}});
        ManifestSection section = read_manifest_section(path);
        if (section.state == SectionState::refused) return refuse(path, std::move(section.refusal));
        if (section.state == SectionState::absent) {
            Refusal why;
            auto json = describe_in_child(path, deadline_, why);
            if (!json) return refuse(path, std::move(why));
            section.json = std::move(*json);
        }
        std::string fault;
        auto info = pipeline::parse_manifest(section.json, fault);
        if (!info) return refuse(path, {"bad-manifest", fault, {}});
        accept(path, std::move(*info));
    }

    void accept(const std::string& path, PluginInfo info) {
        if (const std::string* earlier = holder_of(info.id)) {
            found_.shadowed.push_back({path, info.id, info.version, {}, *earlier, here()});
            return;
        }
        if (auto problem = abi_problem(info.abi_major, info.abi_minor); !problem.empty()) {
            refuse(path, {"wrong-abi", std::move(problem), {}});
            found_.refused.back().info = std::move(info);
            return;
        }
        for (const ComponentInfo& component : info.components) {
            if (const auto earlier = find(found_, component.kind, component.id)) {
                found_.shadowed.push_back(
                    {path, info.id, info.version, quoted(component.kind, component.id), earlier->plugin->path, here()});
            }
        }
        found_.plugins.push_back({path, std::move(info), here()});
    }

    const std::string* holder_of(std::string_view id) const {
        for (const KnownPlugin& plugin : found_.plugins) {
            if (plugin.info.id == id) return &plugin.path;
        }
        for (const RefusedPlugin& plugin : found_.refused) {
            if (plugin.info && plugin.info->id == id) return &plugin.path;
        }
        return nullptr;
    }

    void refuse(const std::string& path, Refusal why) {
        found_.refused.push_back({path, std::move(why), modified(path), here(), {}});
    }
    std::size_t here() const { return found_.places.size() - 1; }

    const SearchPlaces& places_;
    std::chrono::milliseconds deadline_;
    Registry found_;
};

std::string listed(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
    return text;
}

std::string file_name(const std::string& path) { return path.substr(path.rfind('/') + 1); }

const RefusedPlugin* refused_with(const Registry& registry, ComponentKind kind, std::string_view id) {
    for (const RefusedPlugin& plugin : registry.refused) {
        if (plugin.info && pipeline::find_component(plugin.info->components, kind, id) != nullptr) return &plugin;
    }
    return nullptr;
}

// Everything of one place that bears on the question: the components of this kind, and what is not used.
void append_place(std::string& text, const Registry& registry, std::size_t place, ComponentKind kind) {
    const SearchedPlace& searched = registry.places[place];
    text += "\n  " + visible(searched.place.path) + " (" + std::string(name_of(searched.place.origin)) + "): ";
    if (!searched.state.empty()) {
        text += visible(searched.state);
        return;
    }
    std::vector<std::string> ids;
    for (const KnownPlugin& plugin : registry.plugins) {
        for (const ComponentInfo& component : plugin.info.components) {
            if (plugin.place == place && component.kind == kind) ids.push_back(visible(component.id));
        }
    }
    text += ids.empty() ? "no " + std::string(section_of(kind)) : listed(ids);
    for (const RefusedPlugin& plugin : registry.refused) {
        if (plugin.place != place) continue;
        text += "\n    refused " + visible(file_name(plugin.path)) + ": " + visible(to_text(plugin.why));
        if (!plugin.since.empty()) text += " (file of " + plugin.since + ")";
    }
    for (const ShadowedPlugin& plugin : registry.shadowed) {
        if (plugin.place != place) continue;
        text += "\n    shadowed " + visible(file_name(plugin.path)) +
                (plugin.component.empty() ? "" : ", its " + plugin.component) + ": " + visible(plugin.by) +
                " comes first";
    }
}

} // namespace

Registry scan(const SearchPlaces& places, std::chrono::milliseconds deadline) { return Scan{places, deadline}.run(); }

std::optional<Offer> find(const Registry& registry, ComponentKind kind, std::string_view id) {
    for (const KnownPlugin& plugin : registry.plugins) {
        if (const auto* component = pipeline::find_component(plugin.info.components, kind, id)) {
            return Offer{&plugin, component};
        }
    }
    return {};
}

std::vector<ComponentInfo> components(const Registry& registry) {
    std::vector<ComponentInfo> all;
    for (const KnownPlugin& plugin : registry.plugins) {
        for (const ComponentInfo& component : plugin.info.components) {
            if (pipeline::find_component(all, component.kind, component.id) == nullptr) all.push_back(component);
        }
    }
    return all;
}

std::string explain_missing(const Registry& registry, ComponentKind kind, std::string_view id) {
    std::string text = "there is no " + quoted(kind, id);
    if (const RefusedPlugin* refused = refused_with(registry, kind, id)) {
        text = quoted(kind, id) + " cannot be used: " + visible(refused->path) + ": " + visible(to_text(refused->why));
    } else {
        std::vector<std::string> ids;
        for (const ComponentInfo& component : components(registry)) {
            if (component.kind == kind) ids.push_back(component.id);
        }
        const std::vector<std::string> near = pipeline::nearest(id, ids);
        if (!near.empty()) text += "; did you mean '" + visible(near.front()) + "'?";
    }
    text += registry.places.empty() ? "\nno place was searched" : "\nsearched, in this order:";
    for (std::size_t place = 0; place < registry.places.size(); ++place) append_place(text, registry, place, kind);
    return text;
}

} // namespace assay::registry

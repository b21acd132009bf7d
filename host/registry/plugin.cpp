#include "registry/plugin.hpp"
#include "registry/registry.hpp"
#include <boost/dll/shared_library.hpp>
#include <cstddef>
#include <dlfcn.h>
#include <vector>

namespace assay::registry {
namespace {

constexpr const char* entry_symbol = "assay_plugin_entry";

std::string version_text(std::uint32_t major, std::uint32_t minor) {
    return std::to_string(major) + "." + std::to_string(minor);
}

// Unloading would run destructors under code and data that others may still hold.
const boost::dll::shared_library& keep_for_ever(boost::dll::shared_library library) {
    static auto* const kept = new std::vector<boost::dll::shared_library>;
    return kept->emplace_back(std::move(library));
}

} // namespace

std::string abi_problem(std::uint32_t major, std::uint32_t minor) {
    if (major == ASSAY_ABI_MAJOR) return {};
    return "built for ABI " + version_text(major, minor) + ", this host speaks " +
           version_text(ASSAY_ABI_MAJOR, ASSAY_ABI_MINOR) + ": rebuild it with this version's SDK";
}

std::string entry_problem(const assay_plugin* entry) {
    constexpr std::size_t versions_end = offsetof(assay_plugin, manifest);
    constexpr std::size_t needed = offsetof(assay_plugin, destroy) + sizeof(entry->destroy);
    if (entry == nullptr) return "its assay_plugin_entry is null";
    if (entry->struct_size >= versions_end) {
        if (auto problem = abi_problem(entry->abi_major, entry->abi_minor); !problem.empty()) return problem;
    }
    if (entry->struct_size < needed) {
        return "its assay_plugin_entry says it has " + std::to_string(entry->struct_size) +
               " bytes, expected at least " + std::to_string(needed);
    }
    if (entry->manifest == nullptr) return "its assay_plugin_entry has no manifest()";
    if (entry->create == nullptr) return "its assay_plugin_entry has no create()";
    if (entry->destroy == nullptr) return "its assay_plugin_entry has no destroy()";
    return {};
}

std::optional<LoadedPlugin> load(const std::string& path, std::string& error) {
    namespace dll = boost::dll;
    dll::fs::error_code code;
    dlerror();
    // Local: two plugins may each have their own copy of a library. Now: a missing symbol is found here, not in a call.
    dll::shared_library library;
    library.load(path, dll::load_mode::rtld_now | dll::load_mode::rtld_local, code);
    if (code) {
        const char* words = dlerror();
        error = path + ": cannot be loaded: " + (words != nullptr ? words : code.message());
        return {};
    }
    const dll::shared_library& kept = keep_for_ever(std::move(library));
    if (!kept.has(entry_symbol)) {
        error = path + ": exports no 'assay_plugin_entry'; is ASSAY_PLUGIN(...) missing?";
        return {};
    }
    const auto* entry = &kept.get<const assay_plugin>(entry_symbol);
    if (const std::string problem = entry_problem(entry); !problem.empty()) {
        error = path + ": " + problem;
        return {};
    }
    return LoadedPlugin{path, entry};
}

std::optional<LoadedPlugin> load(const KnownPlugin& known, std::string& error) {
    auto plugin = load(known.path, error);
    if (!plugin) return {};
    const char* text = plugin->entry->manifest();
    std::string fault = "its manifest() gives nothing";
    const auto info = text != nullptr ? pipeline::parse_manifest(text, fault) : std::nullopt;
    if (!info) {
        error = known.path + ": " + fault;
        return {};
    }
    if (info->id != known.info.id || info->version != known.info.version) {
        error = known.path + ": its manifest section says '" + known.info.id + "' " + known.info.version +
                ", the plugin itself '" + info->id + "' " + info->version + ": rebuild it with assay_add_plugin";
        return {};
    }
    return plugin;
}

} // namespace assay::registry

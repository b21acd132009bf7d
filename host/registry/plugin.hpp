#pragma once
#include <assay/abi.h>
#include <cstdint>
#include <optional>
#include <string>

// Loading a plugin into this process. Runs its constructors: done in workers, never in the process that must survive.
namespace assay::registry {

struct KnownPlugin;

struct LoadedPlugin {
    std::string path;
    const assay_plugin* entry = nullptr; // checked; valid until the process ends, for plugins are never unloaded
};

// Nothing and one line in `error`: not loadable (the linker's words), no entry symbol, another ABI, an incomplete
// entry.
std::optional<LoadedPlugin> load(const std::string& path, std::string& error);

// The same, and the plugin must be the one that its manifest described. No other copy is tried if it is not.
std::optional<LoadedPlugin> load(const KnownPlugin&, std::string& error);

// What is wrong with an entry; empty where nothing is. Reads no more of it than its struct_size allows.
std::string entry_problem(const assay_plugin*);

// "built for ABI 1.0, this host speaks 0.1: rebuild it with this version's SDK"; empty where the majors agree. A newer
// minor is fine: what it adds is asked for by name or guarded by struct sizes.
std::string abi_problem(std::uint32_t major, std::uint32_t minor);

} // namespace assay::registry

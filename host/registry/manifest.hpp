#pragma once
#include "registry/refusal.hpp"
#include <chrono>
#include <optional>
#include <string>

// What a plugin says about itself, read without running it, or, where its build left no section, by asking it in a
// child.
namespace assay::registry {

enum class SectionState { found, absent, refused };

struct ManifestSection {
    SectionState state = SectionState::absent;
    std::string json; // found
    Refusal refusal;  // refused
};

// Reads the ELF section .assay.manifest of a 64-bit little-endian shared object for this machine. The file may be
// hostile: every offset is checked, nothing is mapped and nothing executed. Takes about 10 microseconds.
ManifestSection read_manifest_section(const std::string& path);

// Loads the plugin in a forked child and asks it. Nothing and the reason where it crashes, exits, is not loadable or
// takes longer than the deadline. Takes 1 to 2 ms and runs the plugin's constructors, so only as the second way.
// Call it from a small process, before threads are started.
std::optional<std::string> describe_in_child(const std::string& path, std::chrono::milliseconds deadline, Refusal&);

inline constexpr std::chrono::milliseconds describe_deadline{2000};
inline constexpr std::size_t manifest_limit = 1U << 20U; // bytes

} // namespace assay::registry

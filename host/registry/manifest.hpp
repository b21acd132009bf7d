#pragma once
#include "registry/refusal.hpp"
#include <string>

// What a plugin says about itself, read without running it.
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

inline constexpr std::size_t manifest_limit = 1U << 20U; // bytes

} // namespace assay::registry

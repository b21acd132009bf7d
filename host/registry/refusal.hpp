#pragma once
#include <string>

// Why a plugin file is not used.
namespace assay::registry {

struct Refusal {
    std::string reason;   // a stable word: "not-elf", "wrong-abi", ...
    std::string found;    // what is there
    std::string expected; // what should be; empty where `found` says it all
};

inline std::string to_text(const Refusal& refusal) {
    return refusal.expected.empty() ? refusal.found : refusal.found + "; expected " + refusal.expected;
}

} // namespace assay::registry

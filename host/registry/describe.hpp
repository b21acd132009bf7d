#pragma once
#include "registry/refusal.hpp"
#include <chrono>
#include <optional>
#include <string>

// What a plugin whose build left no manifest section says about itself: it is asked.
namespace assay::registry {

inline constexpr std::chrono::milliseconds describe_deadline{2000};

// Loads the plugin in a process of its own and asks it. Nothing and the reason where it crashes, exits, is not loadable
// or takes longer than the deadline. Takes 1 to 2 ms and runs the plugin's constructors, so only as the second way.
// Call it from a small process, before threads are started.
std::optional<std::string> describe_in_child(const std::string& path, std::chrono::milliseconds deadline, Refusal&);

} // namespace assay::registry

#pragma once
// Asks a model by settings: from a cassette, or over the network with time-outs, limits and retries.
#include "chat/chat.hpp"
#include "chat/settings.hpp"
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace assay::chat {

/// How far a reply has come.
struct Progress {
    std::uint64_t tokens = 0;    ///< pieces of text and reasoning; servers send one token each
    double seconds = 0;          ///< since the request was sent
    std::optional<double> per_s; ///< tokens a second since the first; absent before the second
    bool thinking = false;       ///< reasoning only, so far
};

/// What the caller offers; each may be empty.
struct Surroundings {
    std::function<bool()> cancelled{};               ///< asked every 20 ms
    std::function<void(const Progress&)> progress{}; ///< at most ten times a second, and at the end
    /// Takes the whole exchange as JSON, to be kept beside the report under a relative name (llm/....json).
    std::function<void(std::string_view name, std::string_view json)> keep{};
};

/// Throws BadOption as `check` does. What is returned never throws for anything a server does; it is for one thread.
Ask make_ask(const ModelSettings& settings, Surroundings surroundings = {});

} // namespace assay::chat

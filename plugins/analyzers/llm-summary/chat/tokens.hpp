#pragma once
// How long a prompt is in tokens, and whether the server took all of it.
#include "chat/chat.hpp"
#include "chat/settings.hpp"
#include <cstdint>

namespace assay::chat {

struct TokenEstimate {
    std::uint64_t tokens = 0; ///< bytes / 3, or the server's count
    std::uint64_t room = 0;   ///< what the prompt may need of the window: on the safe side, with the template's marks
    bool counted = false;     ///< by the server's own tokenizer
};

/// Of `room`, a digit is a token of its own, as some tokenizers have it, and so is each byte that is no ASCII; of other
/// characters two make one. The schema is none of the prompt: servers make a grammar of it.
TokenEstimate estimate(const Request& request);

/// By llama.cpp's /tokenize where the server has it; else as above. Asks the server, but never to replay.
TokenEstimate estimate(const ModelSettings& settings, const Request& request);

/// The window that prompt and reply need.
std::uint64_t window_for(const ModelSettings& settings, const Request& request, const TokenEstimate& estimate);

/// True where the server says that it read clearly less than was sent: below 0.7 of the estimate, with none of the
/// prompt known to it from before. Unknown counts prove nothing: false.
bool looks_truncated(const Metrics& metrics, const TokenEstimate& estimate);

} // namespace assay::chat

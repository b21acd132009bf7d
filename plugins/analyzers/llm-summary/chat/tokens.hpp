#pragma once
// How long a prompt is in tokens, and whether the server took all of it.
#include "chat/chat.hpp"
#include "chat/settings.hpp"
#include <cstdint>

namespace assay::chat {

struct TokenEstimate {
    std::uint64_t tokens = 0; ///< bytes / 3, or the server's count
    std::uint64_t bound = 0;  ///< no tokenizer makes more tokens than bytes, but for what a template adds
    bool counted = false;     ///< by the server's own tokenizer
};

TokenEstimate estimate(const Request& request);

/// By llama.cpp's /tokenize where the server has it; else as above. Asks the server, but never to replay.
TokenEstimate estimate(const ModelSettings& settings, const Request& request);

/// True where the server says that it read clearly less than was sent: below 0.7 of the estimate, with none of the
/// prompt known to it from before. Unknown counts prove nothing: false.
bool looks_truncated(const Metrics& metrics, const TokenEstimate& estimate);

} // namespace assay::chat

#pragma once
// One attempt at an exchange over the network, and how often it is made.
#include "chat/ask.hpp"
#include "chat/decode.hpp"
#include <chrono>
#include <cstdint>
#include <vector>

namespace assay::chat {

using Clock = std::chrono::steady_clock;
inline double seconds_since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

struct Attempt {
    Streamed streamed;
    std::vector<Chunk> chunks; ///< of an answer 200
    bool again = false;        ///< it may go better another time
    double wait_s = 0;         ///< as the server asks; 0: it does not say
};

struct Exchange {
    Attempt last;
    std::uint64_t retries = 0;
    double wall_s = 0;
};

/// Tries until it goes well, another try has no sense, or retries or time are used up.
Exchange try_exchange(const ModelSettings& settings, const std::string& body, const Surroundings& surroundings);

} // namespace assay::chat

#pragma once
// Exchanges on disk, found by what was asked: a question asked before is not asked again.
#include "chat/decode.hpp"
#include "chat/tokens.hpp"
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace assay::chat {

/// An exchange as it was: enough to read the reply anew.
struct Recorded {
    std::string asked; ///< canonical JSON; its SHA-256 is the exchange's address
    std::string sent;  ///< the body as it was posted
    std::string provider, digest;
    TokenEstimate estimate;
    std::vector<Chunk> chunks; ///< of the reply, as they came
    std::uint64_t retries = 0;
    double wall_s = 0;
};

/// 64 hex digits.
std::string sha256(std::string_view text);

/// One JSON object with a checksum in front. `reply` is for who reads the file: `read` goes by the chunks.
std::string write_cassette(const Recorded& recorded, const Reply& reply);
/// Throws Failure "bad-cassette" where text is damaged, or not of the address.
Recorded read_cassette(std::string_view text, const std::string& address);

/// Nothing where there is none. Throws Failure "bad-cassette" where it cannot be read.
std::optional<std::string> load_file(const std::string& folder, const std::string& name);
/// Whole or not at all; makes the folder. Throws Failure "bad-cassette".
void store_file(const std::string& folder, const std::string& name, std::string_view text);

/// Which weights a name means, as the server says (Ollama's /api/tags), else as it said when it was last asked and
/// cassettes were written; empty where neither is known. Only in replay is the server not asked.
std::string model_digest(const ModelSettings& settings);

} // namespace assay::chat

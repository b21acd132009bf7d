#pragma once
// How a model is reached and asked: all that a pipeline may say of one.
#include <cstdint>
#include <optional>
#include <string>

namespace assay::chat {

/// off: always ask. record: ask what no cassette holds. replay: never ask. refresh: ask, and record anew.
enum class Cassettes { off, record, replay, refresh };

struct ModelSettings {
    std::string provider = "ollama"; ///< ollama: /api/chat | openai: /v1/chat/completions
    std::string endpoint{};          ///< URL up to the protocol's own path; empty: the provider's usual one, loopback
    std::string model{};
    bool allow_remote = false;                 ///< an endpoint that is not on this machine
    std::string api_key_env{}, api_key_file{}; ///< where the key is; at most one of the two
    std::string ca_file{};                     ///< empty: $CURL_CA_BUNDLE, $SSL_CERT_FILE, or the system's

    // Absent: not sent, the server's own default holds.
    std::optional<double> temperature = 0.0, top_p{}, repeat_penalty{};
    std::optional<std::int64_t> seed{}, top_k{};
    std::optional<std::int64_t> num_ctx{};                ///< the model's window in tokens: longer prompts are not sent
    std::optional<std::int64_t> num_predict{}, num_gpu{}; ///< num_gpu: ollama only
    std::string keep_alive{};                             ///< ollama only: "5m"
    std::string think{};                                  ///< true | false | low | medium | high

    double connect_s = 5, first_token_s = 120, total_s = 300; ///< time-outs; `total_s` of all attempts together
    std::uint64_t most_bytes = std::uint64_t{4} << 20U;       ///< of one reply, decompressed
    std::uint64_t retries = 3;
    double backoff_s = 0.2;     ///< before the first retry; doubles, and varies by half
    double longest_wait_s = 30; ///< a server that asks for more (Retry-After) is not waited for

    Cassettes cassettes = Cassettes::off;
    std::string cassette_folder{};
};

/// Throws BadOption where settings do not go together, or an endpoint is not allowed.
void check(const ModelSettings& settings);

/// The cassettes' mode by its name. Throws BadOption.
Cassettes cassettes_named(const std::string& name);

/// For `assay plan`: what goes where, in one line.
std::string sends(const ModelSettings& settings);

/// The key, without blanks around it; empty where the settings name none. Throws Failure where it is not there.
std::string api_key(const ModelSettings& settings);

} // namespace assay::chat

#pragma once
// One exchange with a language model: what is asked, what came back, and what it cost.
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace assay::chat {

struct Message {
    std::string role, text; ///< system | user | assistant
};

struct Request {
    std::vector<Message> messages;
    std::string schema;                         ///< JSON Schema of the reply, as text
    std::optional<std::uint64_t> most_tokens{}; ///< of the reply
};

/// What an exchange cost. What a server does not report is absent, never zero.
struct Metrics {
    std::optional<double> first_token_s{}, first_thought_s{}, load_s{},
        wall_s{}; ///< seconds, as this side saw them but load
    std::optional<std::uint64_t> prompt_tokens{}, reply_tokens{};
    std::optional<double> prompt_tokens_per_s{}, reply_tokens_per_s{}; ///< by the server's own durations
    std::uint64_t retries = 0;
    bool replayed = false;
    std::optional<std::uint64_t> cached_tokens{}; ///< of the prompt, that the server had from an earlier one
    std::optional<double> prompt_s{}, reply_s{};  ///< the server's own durations; rates of many are sums over sums
};

struct Reply {
    std::string text;    ///< the model's content, whole; empty where it failed
    std::string failure; ///< empty, or a stable word: unreachable, timed-out, truncated, incomplete, refused, bad-reply
    std::string reason;  ///< one sentence for a person
    std::string model, digest; ///< as the server names them; may be empty
    Metrics metrics;
    std::string fingerprint; ///< of the server's build, where it gives one
    std::string exchange;    ///< the address of this exchange: cassette and kept file bear this name
};

using Ask = std::function<Reply(const Request&)>;

/// The words of `Reply::failure`.
namespace failed {
inline constexpr const char* unreachable = "unreachable";   ///< no connection, or it broke before a reply
inline constexpr const char* timed_out = "timed-out";       ///< connecting, the first token, or the whole
inline constexpr const char* truncated = "truncated";       ///< the server cut the prompt
inline constexpr const char* incomplete = "incomplete";     ///< the stream ended without its last record
inline constexpr const char* too_long = "cut-off";          ///< the reply reached its limit of tokens
inline constexpr const char* no_text = "no-text";           ///< reasoning alone, or nothing at all
inline constexpr const char* refused = "refused";           ///< by the server (4xx), or by the settings
inline constexpr const char* rate_limited = "rate-limited"; ///< 429, and again after waiting
inline constexpr const char* server_error = "server-error"; ///< 5xx, or an error in the stream
inline constexpr const char* bad_reply = "bad-reply";       ///< not what the protocol says, or beyond the limit
inline constexpr const char* cancelled = "cancelled";       ///< this side was told to stop
inline constexpr const char* not_recorded = "not-recorded"; ///< replay, and no cassette holds this exchange
inline constexpr const char* bad_cassette = "bad-cassette"; ///< it is damaged, or cannot be written
} // namespace failed

} // namespace assay::chat

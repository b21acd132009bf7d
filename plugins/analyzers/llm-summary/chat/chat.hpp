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
    std::string schema;                            ///< JSON Schema of the reply, as text
    std::optional<std::uint64_t> most_tokens{};    ///< of the reply
    std::optional<std::uint64_t> context_tokens{}; ///< the model's window that prompt and reply need
};

/// What an exchange cost. What a server does not report is absent, never zero.
struct Metrics {
    std::optional<double> first_token_s{}, first_thought_s{}, load_s{},
        wall_s{}; ///< seconds, as this side saw them but load
    std::optional<std::uint64_t> prompt_tokens{}, reply_tokens{};
    std::optional<double> prompt_tokens_per_s{}, reply_tokens_per_s{}; ///< by the server's own durations
    std::uint64_t retries = 0;
    bool replayed = false;
};

struct Reply {
    std::string text;    ///< the model's content, whole; empty where it failed
    std::string failure; ///< empty, or a stable word: unreachable, timed-out, truncated, incomplete, refused, bad-reply
    std::string reason;  ///< one sentence for a person
    std::string model, digest; ///< as the server names them; may be empty
    Metrics metrics;
};

using Ask = std::function<Reply(const Request&)>;

} // namespace assay::chat

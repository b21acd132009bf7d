// Ollama's /api/chat: one JSON object a line. Durations are nanoseconds; what is zero there is left out by the server.
#include "chat/protocols.hpp"

namespace assay::chat {

namespace {

std::optional<double> seconds_in(Json record, std::string_view name) {
    const auto nanoseconds = number_in(record, name);
    if (!nanoseconds) return std::nullopt;
    return *nanoseconds / 1e9;
}

void read_costs(Json record, Metrics& m) {
    m.load_s = seconds_in(record, "load_duration");
    m.prompt_tokens = count_in(record, "prompt_eval_count");
    m.prompt_s = seconds_in(record, "prompt_eval_duration");
    m.reply_tokens = count_in(record, "eval_count");
    m.reply_s = seconds_in(record, "eval_duration");
    m.prompt_tokens_per_s = rate(m.prompt_tokens, m.prompt_s);
    m.reply_tokens_per_s = rate(m.reply_tokens, m.reply_s);
}

void read_end(Json record, Streamed& out) {
    out.ended = out.last = true;
    read_costs(record, out.metrics);
    const auto why = text_in(record, "done_reason");
    if (why == "stop") return;
    if (why == "length")
        out.fail(failed::too_long, "the reply reached its limit of tokens");
    else
        out.fail(failed::incomplete, why.empty() ? "the server does not say why the reply ended"
                                                 : "the reply ended for '" + told(why) + "'");
}

} // namespace

void read_ollama(Json record, double at_s, Streamed& out) {
    out.think(text_in(record, "message", "thinking"), at_s);
    out.say(text_in(record, "message", "content"), at_s);
    if (is_true(record, "done")) read_end(record, out);
}

} // namespace assay::chat

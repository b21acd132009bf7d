// Chat completions of the OpenAI protocol, as llama.cpp, vLLM, LM Studio and others speak it.
#include "chat/protocols.hpp"

namespace assay::chat {

namespace {

/// llama.cpp's own measures; others have none.
void read_timings(Json record, Metrics& m) {
    const auto seconds = [&](const char* name) -> std::optional<double> {
        const auto milliseconds = number_in(record, "timings", name);
        if (!milliseconds) return std::nullopt;
        return *milliseconds / 1e3;
    };
    if (!member(record, "timings")) return;
    m.prompt_s = seconds("prompt_ms");
    m.reply_s = seconds("predicted_ms");
    // Of the prompt only what was not cached takes time.
    m.prompt_tokens_per_s = rate(count_in(record, "timings", "prompt_n"), m.prompt_s);
    m.reply_tokens_per_s = rate(count_in(record, "timings", "predicted_n"), m.reply_s);
    if (const auto cached = count_in(record, "timings", "cache_n")) m.cached_tokens = cached;
}

void read_usage(Json record, Metrics& m) {
    if (!member(record, "usage")) return;
    m.prompt_tokens = count_in(record, "usage", "prompt_tokens");
    m.reply_tokens = count_in(record, "usage", "completion_tokens");
    if (const auto cached = count_in(record, "usage", "prompt_tokens_details", "cached_tokens"))
        m.cached_tokens = cached;
}

void read_finish(std::string_view why, Streamed& out) {
    if (why.empty()) return;
    out.ended = true;
    if (why == "length")
        out.fail(failed::too_long, "the reply reached its limit of tokens");
    else if (why == "content_filter")
        out.fail(failed::refused, "the server's content filter ended the reply");
    else if (why != "stop")
        out.fail(failed::incomplete, "the reply ended for '" + told(why) + "'");
}

/// `part` is a delta of a stream, or a whole message.
void read_part(Json part, double at_s, Streamed& out) {
    for (const char* name : {"reasoning_content", "reasoning"}) out.think(text_in(part, name), at_s);
    out.say(text_in(part, "content"), at_s);
}

} // namespace

void read_openai(Json record, double at_s, Streamed& out) {
    if (const auto build = text_in(record, "system_fingerprint"); !build.empty()) out.fingerprint = build;
    read_usage(record, out.metrics);
    read_timings(record, out.metrics);
    simdjson::dom::array choices;
    if (record["choices"].get(choices) != simdjson::SUCCESS || choices.size() == 0) return;
    const Json choice = *choices.begin();
    for (const char* name : {"delta", "message"})
        if (const auto part = member(choice, name)) read_part(*part, at_s, out);
    read_finish(text_in(choice, "finish_reason"), out);
}

} // namespace assay::chat

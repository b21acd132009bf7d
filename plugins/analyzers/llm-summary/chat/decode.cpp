#include "chat/decode.hpp"
#include "chat/protocols.hpp"
#include <algorithm>
#include <array>
#include <assay/visible_text.hpp>

namespace assay::chat {

void Streamed::say(std::string_view piece, double at_s) {
    if (piece.empty()) return;
    if (!metrics.first_token_s) metrics.first_token_s = at_s;
    text += piece;
    ++pieces;
}

void Streamed::think(std::string_view piece, double at_s) {
    if (piece.empty()) return;
    if (!metrics.first_thought_s) metrics.first_thought_s = at_s;
    thoughts += piece;
    ++pieces;
}

std::string told(std::string_view text) {
    constexpr std::size_t most = 200;
    std::string out = visible(text.substr(0, most));
    if (text.size() > most) out += "...";
    return out;
}

std::string error_text(std::string_view json) {
    simdjson::dom::parser parser;
    Json error;
    if (parser.parse(simdjson::padded_string{json}).get(error) != simdjson::SUCCESS) return told(json);
    if (error.is_object())
        if (const auto inner = member(error, "error")) error = *inner;
    std::string_view text;
    if (error.get(text) == simdjson::SUCCESS) return told(text);
    if (error.is_object()) text = text_in(error, "message");
    return told(text.empty() ? json : text);
}

void Decoder::take(std::string_view bytes, double at_s) {
    lines_.add(bytes, [&](std::string_view text) { line(text, at_s); });
}

void Decoder::line(std::string_view text, double at_s) {
    if (got_.last) return;
    if (!ollama_)
        stream_field(text, at_s);
    else if (!text.empty())
        record(text, at_s);
}

void Decoder::record(std::string_view json, double at_s) {
    simdjson::dom::parser parser;
    Json record;
    if (parser.parse(simdjson::padded_string{json}).get(record) != simdjson::SUCCESS || !record.is_object())
        return got_.fail(failed::bad_reply, "a record of the reply is not a JSON object");
    if (const auto error = member(record, "error")) {
        got_.last = true;
        return got_.fail(failed::server_error, "the server says: " + error_text(simdjson::minify(*error)));
    }
    if (const auto model = text_in(record, "model"); !model.empty()) got_.model = model;
    (ollama_ ? read_ollama : read_openai)(record, at_s, got_);
}

/// Server-sent events: an event is its data lines up to an empty line; a colon begins a comment (a ping).
void Decoder::stream_field(std::string_view text, double at_s) {
    const auto value_of = [&](std::string_view field) {
        std::string_view value = text.substr(field.size());
        if (value.starts_with(' ')) value.remove_prefix(1);
        return value;
    };
    if (text.empty()) {
        if (event_.empty()) return;
        const std::string event = std::exchange(event_, {});
        if (event == "[DONE]")
            got_.last = true;
        else
            record(event, at_s);
    } else if (text.starts_with("data:")) {
        events_ = true;
        if (!event_.empty()) event_ += '\n';
        event_ += value_of("data:");
    } else if (text.starts_with("error:")) { // llama.cpp, some versions
        got_.fail(failed::server_error, "the server says: " + error_text(value_of("error:")));
    } else if (!text.starts_with(':') && !text.starts_with("event:") && !text.starts_with("id:") &&
               !text.starts_with("retry:")) {
        other_ += text;
        other_ += '\n';
    }
}

Streamed Decoder::end(double at_s) {
    const std::string rest{lines_.rest()};
    lines_ = {};
    if (!rest.empty()) {
        // A record that was cut is no garbage: the stream is incomplete, which is told below.
        Streamed before = got_;
        line(rest, at_s);
        if (!ollama_) stream_field("", at_s);
        if (got_.failure == failed::bad_reply && before.failure.empty() && before.pieces > 0) got_ = std::move(before);
    } else if (!ollama_) {
        stream_field("", at_s);
    }
    if (!events_ && !other_.empty() && got_.failure.empty()) {
        record(other_, at_s);
        got_.last = got_.ended;
    }
    if (!got_.ended) got_.fail(failed::incomplete, "the reply ended without its last record");
    if (std::all_of(got_.text.begin(), got_.text.end(), [](char c) { return c == ' ' || c == '\n' || c == '\t'; }))
        got_.fail(failed::no_text,
                  got_.thoughts.empty() ? "the model gave no text" : "the model reasoned and gave no text");
    return std::move(got_);
}

Streamed decode(std::string_view provider, std::span<const Chunk> chunks) {
    Decoder decoder{provider};
    for (const auto& chunk : chunks) decoder.take(chunk.bytes, chunk.at_s);
    return decoder.end(chunks.empty() ? 0 : chunks.back().at_s);
}

bool is_stream_type(std::string_view content_type) {
    static constexpr std::array<std::string_view, 5> accepted{
        "application/x-ndjson", "application/ndjson", "application/jsonl", "application/json", "text/event-stream"};
    const auto end = std::min(content_type.find_first_of("; "), content_type.size());
    const std::string_view bare = content_type.substr(0, end);
    return bare.empty() || std::find(accepted.begin(), accepted.end(), bare) != accepted.end();
}

} // namespace assay::chat

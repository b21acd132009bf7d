#include "chat/body.hpp"
#include "chat/tokens.hpp"
#include <assay/failure.hpp>
#include <assay/json_writer.hpp>
#include <simdjson.h>

namespace assay::chat {

namespace {

constexpr int protocol_version = 1; ///< of what is sent; another one makes other cassettes

template <class T> void put(JsonWriter& json, const char* name, const std::optional<T>& value) {
    if (value) json.field(name, *value);
}

void put_messages(JsonWriter& json, const Request& request) {
    json.key("messages").array();
    for (const auto& message : request.messages)
        json.object().field("content", message.text).field("role", message.role).end();
    json.end();
}

/// Without blanks between its parts: two layouts of one schema are one schema.
std::string compact_schema(const std::string& schema) {
    if (schema.empty()) return "";
    simdjson::dom::parser parser;
    simdjson::dom::element root;
    if (parser.parse(schema).get(root) != simdjson::SUCCESS) throw Failure{"bad-request", "the schema is not JSON"};
    return simdjson::minify(root);
}

std::optional<std::int64_t> most_tokens(const ModelSettings& s, const Request& request) {
    if (request.most_tokens) return static_cast<std::int64_t>(*request.most_tokens);
    return s.num_predict;
}

void put_ollama(JsonWriter& json, const ModelSettings& s, const Request& request) {
    if (!request.schema.empty()) json.key("format").raw(compact_schema(request.schema));
    if (!s.keep_alive.empty()) json.field("keep_alive", s.keep_alive);
    if (s.think == "true" || s.think == "false")
        json.field("think", s.think == "true");
    else if (!s.think.empty())
        json.field("think", s.think);
    // An overlong prompt is an error and not cut from its front.
    json.field("stream", true).field("truncate", false).field("shift", false).key("options").object();
    put(json, "num_predict", most_tokens(s, request));
    json.field("num_ctx", context_for(s, request));
    put(json, "num_gpu", s.num_gpu);
    put(json, "temperature", s.temperature);
    put(json, "top_p", s.top_p);
    put(json, "top_k", s.top_k);
    put(json, "repeat_penalty", s.repeat_penalty);
    put(json, "seed", s.seed);
    json.end();
}

void put_openai(JsonWriter& json, const ModelSettings& s, const Request& request) {
    if (!request.schema.empty()) {
        json.key("response_format").object().field("type", "json_schema").key("json_schema").object();
        json.field("name", "reply").field("strict", true).key("schema").raw(compact_schema(request.schema)).end().end();
    }
    json.field("stream", true).key("stream_options").object().field("include_usage", true).end();
    put(json, "max_tokens", most_tokens(s, request));
    put(json, "temperature", s.temperature);
    put(json, "top_p", s.top_p);
    put(json, "top_k", s.top_k);
    put(json, "repeat_penalty", s.repeat_penalty);
    put(json, "seed", s.seed);
    if (s.think == "true" || s.think == "false")
        json.key("chat_template_kwargs").object().field("enable_thinking", s.think == "true").end();
    else if (!s.think.empty())
        json.field("reasoning_effort", s.think);
}

} // namespace

std::uint64_t context_for(const ModelSettings& s, const Request& request) {
    if (s.num_ctx) return static_cast<std::uint64_t>(*s.num_ctx);
    constexpr std::uint64_t step = 1024;
    return (window_for(s, request, estimate(request)) + step - 1) / step * step;
}

std::string body_of(const ModelSettings& s, const Request& request) {
    JsonWriter json;
    json.object().field("model", s.model);
    put_messages(json, request);
    if (s.provider == "ollama")
        put_ollama(json, s, request);
    else
        put_openai(json, s, request);
    return json.end().take();
}

std::string canonical(const ModelSettings& s, const Request& request, const std::string& digest) {
    JsonWriter json;
    json.object().field("digest", digest).field("kind", s.provider);
    put_messages(json, request);
    json.field("model", s.model).key("options").object();
    if (!s.keep_alive.empty()) json.field("keep_alive", s.keep_alive);
    if (s.provider == "ollama") json.field("num_ctx", context_for(s, request));
    put(json, "num_gpu", s.num_gpu);
    put(json, "num_predict", most_tokens(s, request));
    put(json, "repeat_penalty", s.repeat_penalty);
    put(json, "seed", s.seed);
    put(json, "temperature", s.temperature);
    if (!s.think.empty()) json.field("think", s.think);
    put(json, "top_k", s.top_k);
    put(json, "top_p", s.top_p);
    json.end().field("protocol", protocol_version).key("schema");
    if (request.schema.empty())
        json.null();
    else
        json.raw(compact_schema(request.schema));
    return json.end().take();
}

} // namespace assay::chat

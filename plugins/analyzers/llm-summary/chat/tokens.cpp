#include "chat/tokens.hpp"
#include "chat/endpoint.hpp"
#include "chat/http.hpp"
#include <algorithm>
#include <assay/json_writer.hpp>
#include <simdjson.h>

namespace assay::chat {

namespace {

constexpr std::uint64_t template_tokens = 64; ///< roles and marks around the messages

std::uint64_t careful_tokens(std::string_view text) {
    const auto alone = static_cast<std::uint64_t>(std::count_if(text.begin(), text.end(), [](char c) {
        return (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
    }));
    return alone + (text.size() - alone + 1) / 2;
}

} // namespace

TokenEstimate estimate(const Request& request) {
    TokenEstimate out;
    out.room = template_tokens;
    std::uint64_t bytes = 0;
    for (const auto& message : request.messages) {
        bytes += message.text.size();
        out.room += careful_tokens(message.text);
    }
    out.tokens = bytes / 3;
    return out;
}

TokenEstimate estimate(const ModelSettings& settings, const Request& request) {
    TokenEstimate out = estimate(request);
    if (settings.provider != "openai" || settings.cassettes == Cassettes::replay) return out;
    std::string text;
    for (const auto& message : request.messages) text += message.text + "\n";
    JsonWriter json;
    json.object().field("content", text).end();
    const auto answer = call(settings, endpoint_of(settings).root + "/tokenize", std::string{json.text()});
    simdjson::dom::parser parser;
    simdjson::dom::array tokens;
    if (answer && parser.parse(*answer)["tokens"].get(tokens) == simdjson::SUCCESS) {
        out.tokens = tokens.size();
        out.room = tokens.size() + template_tokens;
        out.counted = true;
    }
    return out;
}

std::uint64_t window_for(const ModelSettings& settings, const Request& request, const TokenEstimate& estimate) {
    constexpr std::int64_t unbounded_reply = 4096;
    const auto reply =
        request.most_tokens
            ? *request.most_tokens
            : static_cast<std::uint64_t>(std::max<std::int64_t>(settings.num_predict.value_or(unbounded_reply), 0));
    return estimate.room + reply;
}

bool looks_truncated(const Metrics& metrics, const TokenEstimate& estimate) {
    if (!metrics.prompt_tokens || metrics.cached_tokens.value_or(0) > 0) return false;
    return static_cast<double>(*metrics.prompt_tokens) < 0.7 * static_cast<double>(estimate.tokens);
}

} // namespace assay::chat

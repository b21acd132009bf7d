#include "chat/tokens.hpp"
#include "chat/endpoint.hpp"
#include "chat/http.hpp"
#include <assay/json_writer.hpp>
#include <simdjson.h>

namespace assay::chat {

TokenEstimate estimate(const Request& request) {
    constexpr std::uint64_t template_tokens = 64; ///< roles and marks around the messages
    std::uint64_t bytes = 0;
    for (const auto& message : request.messages) bytes += message.text.size();
    return {bytes / 3, bytes + template_tokens, false};
}

TokenEstimate estimate(const ModelSettings& settings, const Request& request) {
    TokenEstimate out = estimate(request);
    if (settings.provider != "openai" || settings.cassettes == Cassettes::replay) return out;
    std::string text;
    for (const auto& message : request.messages) text += message.text + "\n";
    JsonWriter json;
    json.object().field("content", text).end();
    const auto answer = call(settings, endpoint_of(settings).root + "/tokenize", json.text());
    simdjson::dom::parser parser;
    simdjson::dom::array tokens;
    if (answer && parser.parse(*answer)["tokens"].get(tokens) == simdjson::SUCCESS) {
        out.tokens = tokens.size();
        out.counted = true;
    }
    return out;
}

bool looks_truncated(const Metrics& metrics, const TokenEstimate& estimate) {
    if (!metrics.prompt_tokens || metrics.cached_tokens.value_or(0) > 0) return false;
    return static_cast<double>(*metrics.prompt_tokens) < 0.7 * static_cast<double>(estimate.tokens);
}

} // namespace assay::chat

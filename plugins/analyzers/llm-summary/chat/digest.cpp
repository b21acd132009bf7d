// Which weights a model's name means.
#include "chat/cassette.hpp"
#include "chat/endpoint.hpp"
#include "chat/fields.hpp"
#include "chat/http.hpp"
#include "chat/key.hpp"
#include <assay/json_writer.hpp>

namespace assay::chat {

namespace {

/// Nothing where the server does not answer; empty where it does not have the model.
std::optional<std::string> digest_of_server(const ModelSettings& settings) {
    const auto answer = call(settings, endpoint_of(settings).root + "/api/tags");
    if (!answer) return std::nullopt;
    simdjson::dom::parser parser;
    Json root;
    simdjson::dom::array models;
    if (parser.parse(*answer).get(root) != simdjson::SUCCESS || root["models"].get(models) != simdjson::SUCCESS)
        return std::nullopt;
    for (const Json model : models) {
        const auto name = text_in(model, "name");
        if (name == settings.model || name == settings.model + ":latest") {
            const auto digest = text_in(model, "digest");
            return holds_key(digest, api_key(settings)) ? std::string{} : std::string{digest}; // it is written down
        }
    }
    return "";
}

/// The file that remembers the digest, so that a replay finds its cassettes without the server.
std::string memory_of(const ModelSettings& settings) {
    return "model-" + sha256(settings.provider + "\n" + settings.model).substr(0, 16) + ".json";
}

std::optional<std::string> remembered(const ModelSettings& settings) {
    const auto text = load_file(settings.cassette_folder, memory_of(settings));
    if (!text) return std::nullopt;
    simdjson::dom::parser parser;
    Json root;
    if (parser.parse(*text).get(root) != simdjson::SUCCESS) return std::nullopt;
    return std::string{text_in(root, "digest")};
}

void remember(const ModelSettings& settings, const std::string& digest) {
    JsonWriter json;
    json.object().field("provider", settings.provider).field("model", settings.model).field("digest", digest).end();
    store_file(settings.cassette_folder, memory_of(settings), json.take() + "\n");
}

} // namespace

std::string model_digest(const ModelSettings& settings) {
    if (settings.provider != "ollama") return ""; // this protocol has no digests
    const bool kept = settings.cassettes != Cassettes::off;
    const auto before = kept ? remembered(settings) : std::nullopt;
    if (settings.cassettes == Cassettes::replay) return before.value_or("");
    const auto now = digest_of_server(settings);
    if (kept && now && now != before) remember(settings, *now);
    return now ? *now : before.value_or("");
}

} // namespace assay::chat

#include "chat/cassette.hpp"
#include "chat/fields.hpp"
#include <assay/failure.hpp>
#include <assay/json_writer.hpp>
#include <assay/utf8.hpp>
#include <cmath>
#include <openssl/evp.h>

namespace assay::chat {

namespace {

constexpr int cassette_version = 1;
constexpr std::string_view before_sum = "{\"sha256\":\"", before_content = "\",\"content\":", behind = "}\n";
constexpr std::size_t sum_size = 64;

std::string base64(std::string_view bytes) {
    std::string out((bytes.size() + 2) / 3 * 4 + 1, '\0');
    const int size =
        EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                        reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
    out.resize(static_cast<std::size_t>(size));
    return out;
}

std::string from_base64(std::string_view text) {
    if (text.size() % 4 != 0) throw Failure{failed::bad_cassette, "its base64 is cut"};
    std::string out(text.size() / 4 * 3, '\0');
    const int size =
        EVP_DecodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                        reinterpret_cast<const unsigned char*>(text.data()), static_cast<int>(text.size()));
    if (size < 0) throw Failure{failed::bad_cassette, "its base64 is broken"};
    const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
    out.resize(static_cast<std::size_t>(size) - padding);
    return out;
}

double microseconds(double seconds) { return std::round(seconds * 1e6) / 1e6; }

void put_if(JsonWriter& json, const char* name, const auto& value) {
    if (value) json.field(name, *value);
}

void put_chunks(JsonWriter& json, const std::vector<Chunk>& chunks) {
    json.key("chunks").array();
    for (const auto& chunk : chunks) {
        json.object().field("s", microseconds(chunk.at_s));
        if (is_utf8(chunk.bytes))
            json.field("text", chunk.bytes);
        else // a character cut in two
            json.field("base64", base64(chunk.bytes));
        json.end();
    }
    json.end();
}

void put_reply(JsonWriter& json, const Reply& reply) {
    const Metrics& m = reply.metrics;
    json.key("reply").object().field("text", reply.text).field("failure", reply.failure).field("reason", reply.reason);
    json.field("model", reply.model).field("fingerprint", reply.fingerprint).end();
    json.key("metrics").object();
    put_if(json, "first_token_s", m.first_token_s);
    put_if(json, "first_thought_s", m.first_thought_s);
    put_if(json, "load_s", m.load_s);
    put_if(json, "wall_s", m.wall_s);
    put_if(json, "prompt_tokens", m.prompt_tokens);
    put_if(json, "cached_tokens", m.cached_tokens);
    put_if(json, "reply_tokens", m.reply_tokens);
    put_if(json, "prompt_s", m.prompt_s);
    put_if(json, "reply_s", m.reply_s);
    put_if(json, "prompt_tokens_per_s", m.prompt_tokens_per_s);
    put_if(json, "reply_tokens_per_s", m.reply_tokens_per_s);
    json.field("retries", m.retries).end();
}

Chunk chunk_of(Json json) {
    const auto at = number_in(json, "s");
    if (!at) throw Failure{failed::bad_cassette, "a chunk has no time"};
    if (member(json, "base64")) return {*at, from_base64(text_in(json, "base64"))};
    return {*at, std::string{text_in(json, "text")}};
}

std::string_view checked_content(std::string_view text) {
    const std::size_t head = before_sum.size() + sum_size + before_content.size();
    if (text.size() < head + behind.size() || !text.starts_with(before_sum) ||
        text.substr(before_sum.size() + sum_size, before_content.size()) != before_content || !text.ends_with(behind))
        throw Failure{failed::bad_cassette, "it is not a cassette, or cut"};
    const auto content = text.substr(head, text.size() - head - behind.size());
    if (sha256(content) != text.substr(before_sum.size(), sum_size))
        throw Failure{failed::bad_cassette, "its content does not have its checksum"};
    return content;
}

} // namespace

std::string sha256(std::string_view text) {
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    if (EVP_Digest(text.data(), text.size(), digest, &size, EVP_sha256(), nullptr) != 1)
        throw std::runtime_error{"SHA-256 is not available from libcrypto"};
    constexpr char digits[] = "0123456789abcdef";
    std::string out;
    for (unsigned i = 0; i < size; ++i) {
        out += digits[digest[i] >> 4U];
        out += digits[digest[i] & 15U];
    }
    return out;
}

std::string write_cassette(const Recorded& recorded, const Reply& reply) {
    JsonWriter json;
    json.object().field("assay_exchange", cassette_version).field("address", sha256(recorded.asked));
    json.field("provider", recorded.provider).field("digest", recorded.digest).key("asked").raw(recorded.asked);
    json.key("sent").raw(recorded.sent);
    json.key("estimate").object().field("tokens", recorded.estimate.tokens);
    json.field("counted", recorded.estimate.counted).end();
    put_chunks(json, recorded.chunks);
    json.field("retries", recorded.retries).field("wall_s", microseconds(recorded.wall_s));
    put_reply(json, reply);
    const std::string content = json.end().take();
    return std::string{before_sum}.append(sha256(content)).append(before_content).append(content).append(behind);
}

Recorded read_cassette(std::string_view text, const std::string& address) {
    const auto content = checked_content(text);
    simdjson::dom::parser parser;
    Json root;
    if (parser.parse(simdjson::padded_string{content}).get(root) != simdjson::SUCCESS || !root.is_object())
        throw Failure{failed::bad_cassette, "it is not JSON"};
    if (count_in(root, "assay_exchange") != cassette_version)
        throw Failure{failed::bad_cassette, "it is of another version"};
    if (text_in(root, "address") != address) throw Failure{failed::bad_cassette, "it holds another exchange"};
    Recorded out;
    out.provider = text_in(root, "provider");
    out.digest = text_in(root, "digest");
    out.estimate.tokens = count_in(root, "estimate", "tokens").value_or(0);
    if (const auto estimate = member(root, "estimate")) out.estimate.counted = is_true(*estimate, "counted");
    simdjson::dom::array chunks;
    if (root["chunks"].get(chunks) != simdjson::SUCCESS) throw Failure{failed::bad_cassette, "it holds no reply"};
    for (const Json chunk : chunks) out.chunks.push_back(chunk_of(chunk));
    out.retries = count_in(root, "retries").value_or(0);
    out.wall_s = number_in(root, "wall_s").value_or(0);
    return out;
}

} // namespace assay::chat

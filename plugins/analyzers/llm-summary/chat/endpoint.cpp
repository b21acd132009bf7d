#include "chat/endpoint.hpp"
#include <arpa/inet.h>
#include <assay/failure.hpp>
#include <curl/curl.h>
#include <memory>

namespace assay::chat {

namespace {

using Url = std::unique_ptr<CURLU, decltype(&curl_url_cleanup)>;

std::string part_of(const Url& url, CURLUPart part) {
    char* text = nullptr;
    if (curl_url_get(url.get(), part, &text, 0) != CURLUE_OK) return "";
    const std::unique_ptr<char, decltype(&curl_free)> owner{text, curl_free};
    return text;
}

bool is_loopback(const std::string& host) {
    in_addr four{};
    if (inet_pton(AF_INET, host.c_str(), &four) == 1) return ntohl(four.s_addr) >> 24U == 127;
    return curl_strequal(host.c_str(), "localhost") || host == "[::1]";
}

} // namespace

Endpoint endpoint_of(const ModelSettings& s) {
    const bool ollama = s.provider == "ollama";
    std::string text = s.endpoint;
    if (text.empty()) text = ollama ? "http://127.0.0.1:11434" : "http://127.0.0.1:8080/v1";
    while (text.ends_with('/')) text.pop_back();
    const Url url{curl_url(), curl_url_cleanup};
    if (!url || curl_url_set(url.get(), CURLUPART_URL, text.c_str(), 0) != CURLUE_OK)
        throw BadOption{"endpoint '" + text + "' is not a URL"};
    const std::string scheme = part_of(url, CURLUPART_SCHEME);
    if (scheme != "http" && scheme != "https") throw BadOption{"the endpoint's scheme is neither http nor https"};
    // Named without their content, which may be a secret.
    if (!part_of(url, CURLUPART_USER).empty() || !part_of(url, CURLUPART_PASSWORD).empty())
        throw BadOption{"the endpoint holds a user or password; a key belongs into api_key_env or api_key_file"};
    if (!part_of(url, CURLUPART_QUERY).empty() || !part_of(url, CURLUPART_FRAGMENT).empty())
        throw BadOption{"the endpoint holds a query or fragment; a key belongs into api_key_env or api_key_file"};
    const std::string path = part_of(url, CURLUPART_PATH);
    if (!ollama && (path.empty() || path == "/")) text += "/v1";
    Endpoint out{text, text + (ollama ? "/api/chat" : "/chat/completions"), text,
                 is_loopback(part_of(url, CURLUPART_HOST))};
    if (!ollama && out.root.ends_with("/v1")) out.root.erase(out.root.size() - 3);
    return out;
}

} // namespace assay::chat

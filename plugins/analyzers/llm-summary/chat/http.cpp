#include "chat/http.hpp"
#include "chat/endpoint.hpp"
#include <assay/failure.hpp>
#include <chrono>
#include <cstdlib>
#include <curl/curl.h>
#include <memory>
#include <stdexcept>

namespace assay::chat {

namespace {

constexpr int ask_every_ms = 20;

using Easy = std::unique_ptr<CURL, decltype(&curl_easy_cleanup)>;
using Multi = std::unique_ptr<CURLM, decltype(&curl_multi_cleanup)>;
using Headers = std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)>;

void start_curl() {
    static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
    if (started != CURLE_OK) throw std::runtime_error{"libcurl cannot start"};
}

struct Transfer {
    CURL* easy;
    const HttpRequest& request;
    const TakeBytes& take;
    std::uint64_t received = 0;
    bool too_long = false;
    std::exception_ptr thrown{}; ///< by `take`: must not travel through libcurl

    long status() const {
        long code = 0;
        curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &code);
        return code;
    }
};

std::size_t received(char* data, std::size_t, std::size_t size, void* self) noexcept {
    auto& transfer = *static_cast<Transfer*>(self);
    transfer.received += size;
    transfer.too_long = transfer.received > transfer.request.most_bytes;
    if (transfer.too_long) return CURL_WRITEFUNC_ERROR;
    try {
        transfer.take(transfer.status(), {data, size});
    } catch (...) {
        transfer.thrown = std::current_exception();
        return CURL_WRITEFUNC_ERROR;
    }
    return size;
}

Headers headers_of(const HttpRequest& request) {
    Headers list{nullptr, curl_slist_free_all};
    const auto add = [&](const std::string& line) {
        if (curl_slist* longer = curl_slist_append(list.get(), line.c_str())) {
            (void)list.release();
            list.reset(longer);
        }
    };
    if (request.body) add("Content-Type: application/json");
    add("Expect:"); // no pause before a long body
    if (!request.key.empty()) add("Authorization: Bearer " + request.key);
    return list;
}

/// The curl tool reads these; the library does not.
std::string usual_ca_file() {
    for (const char* name : {"CURL_CA_BUNDLE", "SSL_CERT_FILE"})
        if (const char* value = std::getenv(name); value && *value) return value;
    return "";
}

void set_up(CURL* easy, const HttpRequest& request, const Headers& headers, Transfer& transfer) {
    curl_easy_setopt(easy, CURLOPT_URL, request.url.c_str());
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_USERAGENT, "assay");
    curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "");
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(request.connect_s * 1000) + 1);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, received);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, &transfer);
    if (request.loopback) curl_easy_setopt(easy, CURLOPT_PROXY, "");
    const std::string ca = request.ca_file.empty() ? usual_ca_file() : request.ca_file;
    if (!ca.empty()) curl_easy_setopt(easy, CURLOPT_CAINFO, ca.c_str());
    if (!request.body) return;
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body->size()));
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request.body->c_str());
}

HttpEnd end_of(CURLcode code, const Transfer& transfer) {
    if (transfer.too_long) return HttpEnd::too_long;
    switch (code) {
    case CURLE_OK: return HttpEnd::whole;
    case CURLE_OPERATION_TIMEDOUT: return HttpEnd::connect_time; // no other time-out is libcurl's
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_CONNECT: return HttpEnd::unreachable;
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE: return HttpEnd::distrusted;
    case CURLE_BAD_CONTENT_ENCODING: return HttpEnd::undecodable;
    default: return HttpEnd::broken;
    }
}

/// Nothing where `go_on` said no.
std::optional<CURLcode> perform(CURLM* multi, CURL* easy, const std::function<bool()>& go_on) {
    curl_multi_add_handle(multi, easy);
    std::optional<CURLcode> ended;
    for (int running = 1; !ended;) {
        curl_multi_perform(multi, &running);
        int left = 0;
        while (const CURLMsg* message = curl_multi_info_read(multi, &left))
            if (message->msg == CURLMSG_DONE) ended = message->data.result;
        if (ended || !go_on()) break;
        curl_multi_poll(multi, nullptr, 0, ask_every_ms, nullptr);
    }
    curl_multi_remove_handle(multi, easy);
    return ended;
}

std::string text_of(CURL* easy, CURLINFO what) {
    char* text = nullptr;
    return curl_easy_getinfo(easy, what, &text) == CURLE_OK && text ? text : "";
}

} // namespace

HttpAnswer exchange(const HttpRequest& request, const TakeBytes& take, const std::function<bool()>& go_on) {
    start_curl();
    const Easy easy{curl_easy_init(), curl_easy_cleanup};
    const Multi multi{curl_multi_init(), curl_multi_cleanup};
    if (!easy || !multi) throw std::bad_alloc{};
    const Headers headers = headers_of(request);
    Transfer transfer{easy.get(), request, take};
    set_up(easy.get(), request, headers, transfer);
    const auto code = perform(multi.get(), easy.get(), go_on);
    if (transfer.thrown) std::rethrow_exception(transfer.thrown);
    HttpAnswer out;
    out.end = code ? end_of(*code, transfer) : HttpEnd::stopped;
    out.status = transfer.status();
    out.content_type = text_of(easy.get(), CURLINFO_CONTENT_TYPE);
    out.location = text_of(easy.get(), CURLINFO_REDIRECT_URL);
    curl_off_t wait = 0;
    curl_easy_getinfo(easy.get(), CURLINFO_RETRY_AFTER, &wait);
    out.retry_after_s = static_cast<double>(wait);
    if (code && *code != CURLE_OK) out.error = curl_easy_strerror(*code);
    return out;
}

std::optional<std::string> call(const ModelSettings& settings, const std::string& url,
                                const std::optional<std::string>& body) {
    HttpRequest request{url};
    request.body = body;
    request.ca_file = settings.ca_file;
    request.loopback = endpoint_of(settings).loopback;
    request.connect_s = settings.connect_s;
    try {
        request.key = api_key(settings);
    } catch (const Failure&) {
        return std::nullopt; // the exchange itself will say so
    }
    std::string text;
    const auto last = std::chrono::steady_clock::now() + std::chrono::duration<double>(settings.connect_s);
    const auto answer = exchange(
        request, [&](long, std::string_view bytes) { text += bytes; },
        [&] { return std::chrono::steady_clock::now() < last; });
    if (answer.end != HttpEnd::whole || answer.status != 200) return std::nullopt;
    return text;
}

} // namespace assay::chat

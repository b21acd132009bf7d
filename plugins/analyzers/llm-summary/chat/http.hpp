#pragma once
// One HTTP exchange by libcurl. Nothing is followed elsewhere, nothing is kept, and everything has a limit.
#include "chat/settings.hpp"
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace assay::chat {

struct HttpRequest {
    std::string url;
    std::optional<std::string> body{}; ///< JSON to post; absent: GET
    std::string key{};                 ///< for Authorization: Bearer
    std::string ca_file{};
    bool loopback = false; ///< then no proxy: what stays on this machine stays there
    double connect_s = 5;
    std::uint64_t most_bytes = std::uint64_t{1} << 20U; ///< decompressed
};

enum class HttpEnd {
    whole,        ///< the answer came to its end
    stopped,      ///< `go_on` said no
    unreachable,  ///< no connection, or the name is unknown
    connect_time, ///< no connection in time
    distrusted,   ///< the certificate does not hold
    broken,       ///< the connection ended in the midst
    undecodable,  ///< its compression is broken
    too_long      ///< beyond `most_bytes`
};

struct HttpAnswer {
    HttpEnd end = HttpEnd::whole;
    long status = 0; ///< 0: none came
    std::string content_type{}, location{};
    double retry_after_s = 0; ///< 0: not said
    std::string error{};      ///< libcurl's words
};

/// Takes the bytes of the body as they come, with the status.
using TakeBytes = std::function<void(long status, std::string_view bytes)>;

/// `go_on` is asked at least every 20 ms. Not to be called from two threads with the same arguments' state.
HttpAnswer exchange(const HttpRequest& request, const TakeBytes& take, const std::function<bool()>& go_on);

/// A short call beside the exchange itself, within the connect time-out: the body of an answer 200, or nothing.
std::optional<std::string> call(const ModelSettings& settings, const std::string& url,
                                const std::optional<std::string>& body = std::nullopt);

} // namespace assay::chat

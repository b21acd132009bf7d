#pragma once
#include <string>
#include <string_view>

namespace assay {

/// A path as part of an address: what RFC 3986 does not call unreserved is percent-encoded, but for the slash.
inline std::string percent_encoded(std::string_view path) {
    static constexpr char hex[] = "0123456789ABCDEF";
    std::string out;
    for (const char c : path) {
        const auto byte = static_cast<unsigned char>(c);
        const bool kept = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                          std::string_view{"-._~/"}.find(c) != std::string_view::npos;
        if (kept)
            out += c;
        else
            out += {'%', hex[byte >> 4U], hex[byte & 15U]};
    }
    return out;
}

} // namespace assay

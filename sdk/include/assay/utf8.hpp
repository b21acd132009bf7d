#pragma once
// UTF-8 (Unicode 15, table 3-7): well-formed sequences read and written; no surrogates, nothing overlong.
#include <cstddef>
#include <string>
#include <string_view>

namespace assay {

/// Length of the well-formed sequence at `at`, 0 if there is none.
inline std::size_t utf8_length(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
    const auto tail = [&](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
    const unsigned lead = byte(at);
    if (lead < 0x80) return 1;
    if (lead >= 0xC2 && lead <= 0xDF) return tail(at + 1) ? 2 : 0;
    if (lead >= 0xE0 && lead <= 0xEF) {
        const unsigned low = lead == 0xE0 ? 0xA0 : 0x80, high = lead == 0xED ? 0x9F : 0xBF;
        return byte(at + 1) >= low && byte(at + 1) <= high && tail(at + 2) ? 3 : 0;
    }
    if (lead >= 0xF0 && lead <= 0xF4) {
        const unsigned low = lead == 0xF0 ? 0x90 : 0x80, high = lead == 0xF4 ? 0x8F : 0xBF;
        return byte(at + 1) >= low && byte(at + 1) <= high && tail(at + 2) && tail(at + 3) ? 4 : 0;
    }
    return 0;
}

inline bool is_utf8(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = utf8_length(text, at);
        if (length == 0) return false;
        at += length;
    }
    return true;
}

struct CodePoint {
    char32_t value;     ///< the byte itself where it begins no sequence
    std::size_t length; ///< in bytes
    bool valid;
};

/// The code point at `at`, which is inside `text`; a byte that begins no sequence counts as one.
inline CodePoint code_point(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) { return static_cast<char32_t>(static_cast<unsigned char>(text[at + i])); };
    const std::size_t length = utf8_length(text, at);
    if (length <= 1) return {byte(0), 1, length == 1};
    char32_t value = byte(0) & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) value = value << 6U | (byte(i) & 0x3FU);
    return {value, length, true};
}

/// Writes at most four bytes, and answers where they end.
inline char* put_utf8(char* out, char32_t code) {
    const auto byte = [&](char32_t value) { *out++ = static_cast<char>(static_cast<unsigned char>(value)); };
    if (code < 0x80) {
        byte(code);
    } else if (code < 0x800) {
        byte(0xC0U | code >> 6U);
        byte(0x80U | (code & 0x3FU));
    } else if (code < 0x10000) {
        byte(0xE0U | code >> 12U);
        byte(0x80U | (code >> 6U & 0x3FU));
        byte(0x80U | (code & 0x3FU));
    } else {
        byte(0xF0U | code >> 18U);
        byte(0x80U | (code >> 12U & 0x3FU));
        byte(0x80U | (code >> 6U & 0x3FU));
        byte(0x80U | (code & 0x3FU));
    }
    return out;
}

inline void append_utf8(std::string& text, char32_t code) {
    char bytes[4];
    text.append(bytes, static_cast<std::size_t>(put_utf8(bytes, code) - bytes));
}

} // namespace assay

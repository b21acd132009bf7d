#include "chat/key.hpp"
#include <cstdint>
#include <optional>

namespace assay::chat {

namespace {

/// The character of four hex digits, where it is ASCII; any other is in no key.
std::optional<char> escaped_character(std::string_view digits) {
    if (digits.size() < 4) return std::nullopt;
    std::uint32_t code = 0;
    for (const char c : digits.substr(0, 4)) {
        const bool decimal = c >= '0' && c <= '9', small = c >= 'a' && c <= 'f', large = c >= 'A' && c <= 'F';
        if (!decimal && !small && !large) return std::nullopt;
        code = code * 16 + static_cast<std::uint32_t>(decimal ? c - '0' : small ? c - 'a' + 10 : c - 'A' + 10);
    }
    return code < 0x80 ? static_cast<char>(code) : '\0';
}

/// One level of escapes taken away, wherever a backslash stands.
std::string unescaped(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\\' || i + 1 == text.size()) {
            out += text[i];
            continue;
        }
        ++i;
        const auto character = text[i] == 'u' ? escaped_character(text.substr(i + 1)) : std::nullopt;
        out += character.value_or(text[i]);
        if (character) i += 4;
    }
    return out;
}

} // namespace

bool holds_key(std::string_view text, const std::string& key) {
    if (key.empty()) return false;
    constexpr int most_levels = 4;
    std::string now{text};
    for (int level = 0; level <= most_levels; ++level) {
        if (now.find(key) != std::string::npos) return true;
        if (now.find('\\') == std::string::npos) return false;
        now = unescaped(now);
    }
    return false;
}

std::string without_key(std::string text, const std::string& key) {
    if (key.empty()) return text;
    for (auto at = text.find(key); at != std::string::npos; at = text.find(key, at))
        text.replace(at, key.size(), "***");
    return text;
}

} // namespace assay::chat

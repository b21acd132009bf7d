#include <intake/name_text.hpp>

#include <algorithm>

namespace assay::intake {
namespace {

constexpr char32_t beyond_unicode = 0x110000;

unsigned char byte_at(std::string_view text, std::size_t at) { return static_cast<unsigned char>(text[at]); }

// How long the sequence is that `first` begins; 0 where it begins none.
std::size_t sequence_length(unsigned char first) {
    if (first < 0x80) return 1;
    if (first >= 0xC2 && first < 0xE0) return 2;
    if (first >= 0xE0 && first < 0xF0) return 3;
    if (first >= 0xF0 && first < 0xF5) return 4;
    return 0;
}

bool harmless(char32_t c) {
    const bool control = c < 0x20 || (c >= 0x7F && c < 0xA0);
    const bool separator = c == 0x2028 || c == 0x2029;
    const bool direction =
        c == 0x061C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    return !control && !separator && !direction && c != U'\\';
}

void append_escaped(std::string& out, std::string_view bytes) {
    constexpr char digits[] = "0123456789ABCDEF";
    for (const char byte : bytes) {
        const auto value = static_cast<unsigned char>(byte);
        out += "\\x";
        out += digits[value >> 4];
        out += digits[value & 15];
    }
}

} // namespace

NameCharacter character_at(std::string_view name, std::size_t at) {
    const unsigned char first = byte_at(name, at);
    const NameCharacter stray{beyond_unicode + first, 1};
    const std::size_t length = sequence_length(first);
    if (length == 1) return {first, 1};
    if (length == 0 || name.size() - at < length) return stray;
    char32_t value = first & (0x7Fu >> length);
    for (std::size_t i = 1; i < length; ++i) {
        const unsigned char next = byte_at(name, at + i);
        if ((next & 0xC0) != 0x80) return stray;
        value = (value << 6) | (next & 0x3F);
    }
    constexpr char32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    const bool surrogate = value >= 0xD800 && value < 0xE000;
    if (value < smallest[length] || value > 0x10FFFF || surrogate) return stray;
    return {value, length};
}

std::string printable(std::string_view name) {
    const auto plain = [](char c) { return c >= 0x20 && c < 0x7F && c != '\\'; };
    if (std::all_of(name.begin(), name.end(), plain)) return std::string(name);
    std::string out;
    for (std::size_t at = 0; at < name.size();) {
        const NameCharacter c = character_at(name, at);
        const std::string_view bytes = name.substr(at, c.bytes);
        if (c.valid() && harmless(c.value)) {
            out += bytes;
        } else {
            append_escaped(out, bytes);
        }
        at += c.bytes;
    }
    return out;
}

} // namespace assay::intake

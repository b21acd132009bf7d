#include <intake/name_text.hpp>

#include <algorithm>
#include <assay/utf8.hpp>

namespace assay::intake {
namespace {

constexpr char32_t beyond_unicode = 0x110000;

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
    const CodePoint c = code_point(name, at);
    return {c.valid ? c.value : beyond_unicode + c.value, c.length};
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

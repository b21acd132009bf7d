#pragma once
// Text from artifacts as a reader may safely see it. What would act on a terminal or mislead a reader (control
// characters, bidirectional overrides, invisible marks, bytes that are not UTF-8) is written out: \n, \u202E, \xFF.
#include <assay/utf8.hpp>
#include <clocale>
#include <cwchar>
#include <locale.h>
#include <string>
#include <string_view>

namespace assay {

/// Controls (C0, C1), line and paragraph separators, and the format characters of Unicode (category Cf and variation
/// tags) that change or hide what stands around them.
inline bool is_hidden(char32_t c) {
    return c < 0x20 || (c >= 0x7F && c <= 0x9F) || c == 0xAD || c == 0x34F || c == 0x61C || c == 0x115F ||
           c == 0x1160 || c == 0x180E || (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) ||
           (c >= 0x2060 && c <= 0x206F) || c == 0x3164 || c == 0xFEFF || (c >= 0xFFF9 && c <= 0xFFFB) ||
           (c >= 0xE0000 && c <= 0xE0FFF);
}

inline void append_escaped(std::string& out, CodePoint c) {
    static constexpr char hex[] = "0123456789ABCDEF";
    if (c.valid && (c.value == '\n' || c.value == '\r' || c.value == '\t')) {
        out += '\\';
        out += c.value == '\n' ? 'n' : c.value == '\r' ? 'r' : 't';
        return;
    }
    const int digits = !c.valid ? 2 : c.value > 0xFFFF ? 6 : 4;
    out += digits == 2 ? "\\x" : digits == 4 ? "\\u" : "\\U";
    for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4)
        out += hex[c.value >> static_cast<unsigned>(shift) & 15U];
}

/// `text` as UTF-8 without anything hidden in it.
inline std::string visible(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        const CodePoint c = code_point(text, i);
        if (!c.valid || is_hidden(c.value))
            append_escaped(out, c);
        else
            out += text.substr(i, c.length);
        i += c.length;
    }
    return out;
}

/// The same of at most `bytes`, with an ellipsis where more stood; what is written out is not cut in two.
inline std::string visible(std::string_view text, std::size_t bytes) {
    std::string out, one;
    for (std::size_t i = 0; i < text.size();) {
        const CodePoint c = code_point(text, i);
        one.clear();
        if (!c.valid || is_hidden(c.value))
            append_escaped(one, c);
        else
            one = text.substr(i, c.length);
        if (out.size() + one.size() > bytes) return out + "\u2026";
        out += one;
        i += c.length;
    }
    return out;
}

/// Columns that characters take on a terminal, by the C library's own table (in the locale C.UTF-8, whatever the
/// user's). Where that locale is missing, everything beyond ASCII takes one.
class DisplayWidth {
  public:
    DisplayWidth() : locale_{newlocale(LC_CTYPE_MASK, "C.UTF-8", locale_t{})} {}
    DisplayWidth(const DisplayWidth&) = delete;
    DisplayWidth& operator=(const DisplayWidth&) = delete;
    ~DisplayWidth() {
        if (locale_) freelocale(locale_);
    }
    std::size_t of(char32_t c) const {
        if (c < 0x80 || !locale_) return 1;
        const locale_t before = uselocale(locale_);
        const int width = wcwidth(static_cast<wchar_t>(c));
        uselocale(before);
        return width < 0 ? 1 : static_cast<std::size_t>(width);
    }
    std::size_t of(std::string_view text) const {
        std::size_t width = 0;
        for (std::size_t i = 0; i < text.size();) {
            const CodePoint c = code_point(text, i);
            width += of(c.value);
            i += c.length;
        }
        return width;
    }

  private:
    locale_t locale_;
};

} // namespace assay

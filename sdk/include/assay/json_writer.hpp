#pragma once
// Writes compact JSON text. Numbers are the shortest that read back the same (std::to_chars), which JSON libraries do
// not promise; non-finite numbers are null. Text that is not UTF-8 is written with U+FFFD in place of each bad byte.
#include <assay/utf8.hpp>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

namespace assay {

namespace detail {
/// ASCII that stands in a JSON string as it is.
inline bool is_plain(char c) {
    const auto u = static_cast<unsigned char>(c);
    return u >= 0x20 && u < 0x7F && c != '"' && c != '\\';
}

/// The same of eight bytes at once: a byte below 0x20, above 0x7E, or one of the two sets its highest bit.
inline bool are_plain(const char* eight) {
    constexpr std::uint64_t ones = 0x0101010101010101ULL, high = ones << 7U;
    std::uint64_t v = 0;
    std::memcpy(&v, eight, sizeof v);
    const std::uint64_t quote = v ^ ones * '"', slash = v ^ ones * '\\';
    return (((v - ones * 0x20) | (v + ones) | v | (quote - ones) | (slash - ones)) & high) == 0;
}

/// Where the first byte at or behind `from` stands that is not plain.
inline std::size_t plain_until(std::string_view text, std::size_t from) {
    while (from + 8 <= text.size() && are_plain(text.data() + from)) from += 8;
    while (from < text.size() && is_plain(text[from])) ++from;
    return from;
}
} // namespace detail

inline void append_json_string(std::string& out, std::string_view text) {
    static constexpr char hex[] = "0123456789abcdef";
    out += '"';
    for (std::size_t i = 0; i < text.size();) {
        // Most text needs no escape: it goes over in runs.
        const std::size_t end = detail::plain_until(text, i);
        out.append(text.data() + i, end - i);
        i = end;
        if (i == text.size()) break;
        const auto c = static_cast<unsigned char>(text[i]);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += static_cast<char>(c);
        } else if (c == '\n') {
            out += "\\n";
        } else if (c == '\t') {
            out += "\\t";
        } else if (c < 0x20 || c == 0x7F) {
            out += "\\u00";
            out += hex[c >> 4U];
            out += hex[c & 15U];
        } else if (c < 0x80) {
            out += static_cast<char>(c);
        } else {
            const std::size_t length = utf8_length(text, i);
            if (length == 0) {
                out += "\xEF\xBF\xBD";
            } else {
                out += text.substr(i, length);
                i += length;
                continue;
            }
        }
        ++i;
    }
    out += '"';
}

inline void append_json_number(std::string& out, double value) {
    if (!std::isfinite(value)) {
        out += "null";
        return;
    }
    char buffer[32];
    const auto* end = std::to_chars(buffer, buffer + sizeof buffer, value).ptr;
    out.append(buffer, static_cast<std::size_t>(end - buffer));
}

/// One JSON value, built in order: `JsonWriter w; w.object().key("n").value(5).end();`
class JsonWriter {
  public:
    JsonWriter& object() { return open('{'); }
    JsonWriter& array() { return open('['); }
    JsonWriter& end() {
        text_ += closers_.back();
        closers_.pop_back();
        comma_ = true;
        return *this;
    }
    JsonWriter& key(std::string_view name) {
        separate();
        append_json_string(text_, name);
        text_ += ':';
        comma_ = false;
        return *this;
    }
    JsonWriter& value(std::string_view text) {
        separate();
        append_json_string(text_, text);
        return *this;
    }
    JsonWriter& value(const char* text) { return value(std::string_view{text}); }
    JsonWriter& value(const std::string& text) { return value(std::string_view{text}); }
    JsonWriter& value(bool truth) { return raw(truth ? "true" : "false"); }
    JsonWriter& value(double number) {
        separate();
        append_json_number(text_, number);
        return *this;
    }
    JsonWriter& value(std::int64_t number) { return integer(number); }
    JsonWriter& value(std::uint64_t number) { return integer(number); }
    JsonWriter& value(int number) { return integer(number); }
    JsonWriter& null() { return raw("null"); }
    template <class T> JsonWriter& value(const std::optional<T>& maybe) { return maybe ? value(*maybe) : null(); }
    /// Text that is JSON already.
    JsonWriter& raw(std::string_view json) {
        separate();
        text_ += json;
        return *this;
    }
    template <class T> JsonWriter& field(std::string_view name, const T& content) { return key(name).value(content); }

    const std::string& text() const { return text_; }
    std::string take() { return std::move(text_); }
    /// Starts anew and keeps the memory.
    void clear() {
        text_.clear();
        closers_.clear();
        comma_ = false;
    }

  private:
    JsonWriter& open(char bracket) {
        separate();
        text_ += bracket;
        closers_ += bracket == '{' ? '}' : ']';
        comma_ = false;
        return *this;
    }
    void separate() {
        if (comma_) text_ += ',';
        comma_ = true;
    }
    template <class Int> JsonWriter& integer(Int number) {
        separate();
        char buffer[24];
        const auto* end = std::to_chars(buffer, buffer + sizeof buffer, number).ptr;
        text_.append(buffer, static_cast<std::size_t>(end - buffer));
        return *this;
    }

    std::string text_;
    std::string closers_;
    bool comma_ = false;
};

} // namespace assay

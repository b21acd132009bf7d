#pragma once
// Writes compact JSON text. Numbers are the shortest that read back the same (std::to_chars), which JSON libraries do
// not promise; non-finite numbers are null. Text that is not UTF-8 is written with U+FFFD in place of each bad byte.
#include <algorithm>
#include <assay/utf8.hpp>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace assay {

namespace detail {
/// ASCII that stands in a JSON string as it is.
constexpr bool is_plain(char c) {
    const auto u = static_cast<unsigned char>(c);
    return u >= 0x20 && u < 0x7F && c != '"' && c != '\\';
}

/// Of a literal.
template <std::size_t size> constexpr bool are_all_plain(const char (&text)[size]) {
    for (std::size_t i = 0; i + 1 < size; ++i)
        if (!is_plain(text[i])) return false;
    return true;
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

/// Copies a text of which all is plain; false: not all is, and part of it was copied. Most texts are short: what is
/// looked at is written at once, eight bytes at a time, the last of them again with some before.
inline bool copy_plain(char* to, std::string_view text) {
    const auto copy_eight = [&](std::size_t at) {
        std::memcpy(to + at, text.data() + at, 8);
        return are_plain(text.data() + at);
    };
    if (text.size() < 8) {
        for (std::size_t i = 0; i < text.size(); ++i) {
            if (!is_plain(text[i])) return false;
            to[i] = text[i];
        }
        return true;
    }
    for (std::size_t at = 0; at + 8 < text.size(); at += 8)
        if (!copy_eight(at)) return false;
    return copy_eight(text.size() - 8);
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
        *room(1) = closers_.back();
        ++size_;
        closers_.pop_back();
        comma_ = true;
        return *this;
    }
    JsonWriter& key(std::string_view name) {
        separate();
        string(name);
        *room(1) = ':';
        ++size_;
        comma_ = false;
        return *this;
    }
    /// The same of a literal, whose characters and length the compiler knows.
    template <std::size_t size> JsonWriter& key(const char (&name)[size]) {
        if (!detail::are_all_plain(name)) return key(std::string_view{name});
        char* to = room(size + 3);
        if (comma_) *to++ = ',', ++size_;
        *to = '"';
        std::memcpy(to + 1, name, size - 1);
        to[size] = '"', to[size + 1] = ':';
        size_ += size + 2;
        comma_ = false;
        return *this;
    }
    JsonWriter& value(std::string_view text) {
        separate();
        string(text);
        return *this;
    }
    JsonWriter& value(const char* text) { return value(std::string_view{text}); }
    JsonWriter& value(const std::string& text) { return value(std::string_view{text}); }
    JsonWriter& value(bool truth) { return raw(truth ? "true" : "false"); }
    JsonWriter& value(double number) {
        if (!std::isfinite(number)) return raw("null");
        return any_number(number);
    }
    JsonWriter& value(std::int64_t number) { return any_number(number); }
    JsonWriter& value(std::uint64_t number) { return any_number(number); }
    JsonWriter& value(int number) { return any_number(number); }
    JsonWriter& null() { return raw("null"); }
    template <class T> JsonWriter& value(const std::optional<T>& maybe) { return maybe ? value(*maybe) : null(); }
    /// Text that is JSON already.
    JsonWriter& raw(std::string_view json) {
        separate();
        put(json);
        return *this;
    }
    template <class T> JsonWriter& field(std::string_view name, const T& content) { return key(name).value(content); }
    template <std::size_t size, class T> JsonWriter& field(const char (&name)[size], const T& content) {
        return key(name).value(content);
    }

    /// Valid until more is written.
    std::string_view text() const { return {text_.get(), size_}; }
    std::string take() { return std::string{text_.get(), std::exchange(size_, 0)}; }
    /// Starts anew and keeps the memory.
    void clear() {
        size_ = 0;
        closers_.clear();
        comma_ = false;
    }

  private:
    JsonWriter& open(char bracket) {
        separate();
        *room(1) = bracket;
        ++size_;
        closers_ += bracket == '{' ? '}' : ']';
        comma_ = false;
        return *this;
    }
    void separate() {
        if (comma_) *room(1) = ',', ++size_;
        comma_ = true;
    }
    void put(std::string_view bytes) {
        std::memcpy(room(bytes.size()), bytes.data(), bytes.size());
        size_ += bytes.size();
    }
    void string(std::string_view text) {
        char* const to = room(text.size() + 2);
        if (detail::copy_plain(to + 1, text)) {
            to[0] = '"', to[text.size() + 1] = '"';
            size_ += text.size() + 2;
            return;
        }
        escaped_.clear();
        append_json_string(escaped_, text);
        put(escaped_);
    }
    template <class Number> JsonWriter& any_number(Number number) {
        separate();
        char* const to = room(most_digits);
        size_ += static_cast<std::size_t>(std::to_chars(to, to + most_digits, number).ptr - to);
        return *this;
    }
    /// Where so many more bytes may be written.
    char* room(std::size_t bytes) {
        if (capacity_ - size_ < bytes) grow(size_ + bytes);
        return text_.get() + size_;
    }
    void grow(std::size_t least) {
        capacity_ = std::max(least, 2 * capacity_ + 256);
        std::unique_ptr<char[]> wider{new char[capacity_]}; // not filled with zeros
        if (size_ > 0) std::memcpy(wider.get(), text_.get(), size_);
        text_ = std::move(wider);
    }

    static constexpr std::size_t most_digits = 32;
    std::unique_ptr<char[]> text_; ///< written as far as size_
    std::size_t size_ = 0, capacity_ = 0;
    std::string closers_, escaped_;
    bool comma_ = false;
};

} // namespace assay

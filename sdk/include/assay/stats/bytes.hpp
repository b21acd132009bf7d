// Saved state as bytes: little-endian, each accumulator behind a four-letter tag. 64-bit counts, nearly all of them
// small, take seven bits a byte, low ones first (LEB128); all else has its fixed width.
// `take` reads from the front of the view and moves it on; it answers false, and reads nothing, where bytes are short.
#pragma once
#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>

namespace assay::stats {

static_assert(std::endian::native == std::endian::little, "saved state is written as it lies in memory");

template <class Number>
requires std::is_arithmetic_v<Number>
void put(std::string& out, Number value) {
    char raw[sizeof value];
    std::memcpy(raw, &value, sizeof value);
    out.append(raw, sizeof value);
}

template <class Number>
requires std::is_arithmetic_v<Number>
bool take(std::string_view& in, Number& value) {
    if (in.size() < sizeof value) return false;
    std::memcpy(&value, in.data(), sizeof value);
    in.remove_prefix(sizeof value);
    return true;
}

inline void put(std::string& out, std::uint64_t value) {
    if (value < 0x80) { // most are
        out.push_back(static_cast<char>(value));
        return;
    }
    char raw[10];
    std::size_t size = 0;
    for (; value >= 0x80; value >>= 7) raw[size++] = static_cast<char>(value | 0x80);
    raw[size++] = static_cast<char>(value);
    out.append(raw, size);
}

namespace detail {
/// Of several bytes.
inline bool take_long(std::string_view& in, std::uint64_t& value) {
    std::uint64_t read = 0;
    const std::size_t most = in.size() < 10 ? in.size() : 10;
    for (std::size_t at = 0; at < most; ++at) {
        const auto byte = static_cast<unsigned char>(in[at]);
        read |= std::uint64_t{byte & 0x7FU} << (7 * at);
        if (byte >= 0x80) continue;
        if (at == 9 && byte > 1) return false; // more than 64 bits
        value = read;
        in.remove_prefix(at + 1);
        return true;
    }
    return false;
}
} // namespace detail

[[gnu::always_inline]] inline bool take(std::string_view& in, std::uint64_t& value) {
    if (in.empty() || static_cast<unsigned char>(in.front()) >= 0x80) return detail::take_long(in, value);
    value = static_cast<unsigned char>(in.front()); // most are of one byte
    in.remove_prefix(1);
    return true;
}

inline void put(std::string& out, std::string_view text) {
    put(out, std::uint64_t{text.size()});
    out.append(text);
}

inline bool take(std::string_view& in, std::string& text) {
    std::string_view rest = in;
    std::uint64_t size = 0;
    if (!take(rest, size) || size > rest.size()) return false;
    text.assign(rest.substr(0, size));
    in = rest.substr(size);
    return true;
}

inline void put_tag(std::string& out, const char (&tag)[5]) { out.append(tag, 4); }

inline bool take_tag(std::string_view& in, const char (&tag)[5]) {
    if (!in.starts_with(std::string_view{tag, 4})) return false;
    in.remove_prefix(4);
    return true;
}

// A count of items of at least `item_size` bytes: refused where so many cannot follow, so that nobody allocates for
// them.
inline bool take_count(std::string_view& in, std::uint64_t& count, std::size_t item_size) {
    std::string_view rest = in;
    if (!take(rest, count) || count > rest.size() / item_size) return false;
    in = rest;
    return true;
}

} // namespace assay::stats

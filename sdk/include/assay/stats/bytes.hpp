// Saved state as bytes: little-endian, each accumulator behind a four-letter tag. 64-bit counts, nearly all of them
// small, take seven bits a byte, low ones first (LEB128); hashes and all else have their fixed width.
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
// The low seven bits of each of eight bytes, side by side.
inline std::uint64_t sevens(std::uint64_t eight) {
    eight = (eight & 0x007F007F007F007F) | (eight & 0x7F007F007F007F00) >> 1;
    eight = (eight & 0x00003FFF00003FFF) | (eight & 0x3FFF00003FFF0000) >> 2;
    return (eight & 0x000000000FFFFFFF) | (eight & 0x0FFFFFFF00000000) >> 4;
}

// Of several bytes.
inline bool take_long(std::string_view& in, std::uint64_t& value) {
    char short_of_ten[10]{};
    const char* raw = in.data();
    if (in.size() < sizeof short_of_ten) {
        if (!in.empty()) std::memcpy(short_of_ten, in.data(), in.size());
        raw = short_of_ten;
    }
    std::uint64_t eight = 0;
    std::memcpy(&eight, raw, sizeof eight);
    const std::uint64_t ends = ~eight & 0x8080808080808080;
    const auto last_bit = static_cast<unsigned>(std::countr_zero(ends));
    const std::size_t size = ends != 0 ? last_bit / 8 + 1 : (raw[8] & 0x80) != 0 ? 10 : 9;
    // Short, or over 64 bits.
    if (size > in.size() || (size == 10 && static_cast<unsigned char>(raw[9]) > 1)) return false;
    value = sevens(ends != 0 ? eight & ((std::uint64_t{2} << last_bit) - 1) : eight);
    if (size > 8) value |= (static_cast<std::uint64_t>(raw[8]) & 0x7F) << 56;
    if (size > 9) value |= static_cast<std::uint64_t>(raw[9]) << 63;
    in.remove_prefix(size);
    return true;
}
} // namespace detail

[[gnu::always_inline]] inline bool take(std::string_view& in, std::uint64_t& value) {
    if (in.empty() || static_cast<unsigned char>(in.front()) >= 0x80) return detail::take_long(in, value);
    value = static_cast<unsigned char>(in.front()); // most are of one byte
    in.remove_prefix(1);
    return true;
}

inline void put_word(std::string& out, std::uint64_t word) {
    char raw[sizeof word];
    std::memcpy(raw, &word, sizeof word);
    out.append(raw, sizeof word);
}

inline bool take_word(std::string_view& in, std::uint64_t& word) {
    if (in.size() < sizeof word) return false;
    std::memcpy(&word, in.data(), sizeof word);
    in.remove_prefix(sizeof word);
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
    std::uint32_t found = 0, wanted = 0;
    if (in.size() < sizeof found) return false;
    std::memcpy(&found, in.data(), sizeof found);
    std::memcpy(&wanted, tag, sizeof wanted);
    if (found != wanted) return false;
    in.remove_prefix(sizeof found);
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

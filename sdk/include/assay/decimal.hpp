#pragma once
// Short plain decimal numbers, read without looking at one character at a time.
#include <bit>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>

namespace assay::cell {

/// Digits with at most one point between them, at most 15 of them: both parts are exact as doubles, so that one
/// division rounds correctly (Clinger, "How to Read Floating Point Numbers Accurately", 1990).
struct ShortDecimal {
    bool read = false;       ///< false: whatever it is, cell::number reads it
    std::int64_t digits = 0; ///< signed, without the point
    unsigned places = 0;     ///< behind the point

    double value() const {
        static constexpr double powers_of_ten[] = {1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                                   1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
        return static_cast<double>(digits) / powers_of_ten[places];
    }
};

namespace detail {

__extension__ using Wide = unsigned __int128;

/// All eight digits of a word at once (Lemire, "Quickly parsing eight digits", 2018). False: not all are digits.
inline bool eight_digits(std::uint64_t word, std::int64_t& out) {
    if ((word & (word + 0x0606060606060606) & 0xF0F0F0F0F0F0F0F0) != 0x3030303030303030) return false;
    word = (word & 0x0F0F0F0F0F0F0F0F) * 2561 >> 8U;
    word = (word & 0x00FF00FF00FF00FF) * 6553601 >> 16U;
    out = static_cast<std::int64_t>((word & 0x0000FFFF0000FFFF) * 42949672960001 >> 32U);
    return true;
}

/// The lowest bit that is set stands in the first byte that is a point.
inline std::uint64_t points(std::uint64_t word) {
    const std::uint64_t other = word ^ 0x2E2E2E2E2E2E2E2E;
    return (other - 0x0101010101010101) & ~other & 0x8080808080808080;
}

/// One to eight characters; eight can be read.
inline bool up_to_eight(const char* at, unsigned size, ShortDecimal& out) {
    static_assert(std::endian::native == std::endian::little);
    std::uint64_t word = 0;
    std::memcpy(&word, at, sizeof word);
    // The last character goes to the top, '0' in front of the first.
    word <<= 8 * (8 - size);
    if (size < 8) word |= 0x3030303030303030U >> 8 * size;
    if (const std::uint64_t point = points(word); point != 0) {
        const auto place = static_cast<unsigned>(std::countr_zero(point)) & ~7U; // its lowest bit
        if (place == 56 || place == 8 * (8 - size)) return false;                // no digits on one side
        const std::uint64_t before = word & ((std::uint64_t{1} << place) - 1);
        word = (word >> (place + 8) << (place + 8)) | before << 8U | 0x30U;
        out.places = 7 - place / 8;
    }
    return eight_digits(word, out.digits);
}

/// Nine to sixteen characters; sixteen can be read. As above, in two words.
inline bool up_to_sixteen(const char* at, unsigned size, ShortDecimal& out) {
    Wide word = 0;
    std::memcpy(&word, at, sizeof word);
    const unsigned first = 8 * (16 - size);
    word <<= first;
    if (size < 16) word |= Wide{0x3030303030303030} >> (8 * size - 64);
    const auto low = static_cast<std::uint64_t>(word), high = static_cast<std::uint64_t>(word >> 64U);
    if (const std::uint64_t in_low = points(low), in_high = points(high); (in_low | in_high) != 0) {
        const unsigned place =
            static_cast<unsigned>(in_low != 0 ? std::countr_zero(in_low) : 64 + std::countr_zero(in_high)) & ~7U;
        if (place == 120 || place == first) return false; // no digits on one side
        const Wide before = word & ((Wide{1} << place) - 1);
        word = (word >> (place + 8) << (place + 8)) | before << 8U | 0x30U;
        out.places = 15 - place / 8;
    } else if (size == 16) {
        return false; // too many digits
    }
    std::int64_t upper = 0, lower = 0;
    if (!eight_digits(static_cast<std::uint64_t>(word), upper) ||
        !eight_digits(static_cast<std::uint64_t>(word >> 64U), lower))
        return false;
    out.digits = upper * 100'000'000 + lower;
    return true;
}

} // namespace detail

/// Sixteen characters can be read from where the text begins, and one more.
inline ShortDecimal short_decimal(std::string_view text) {
    ShortDecimal out;
    const bool negative = text.starts_with('-');
    text.remove_prefix(negative ? 1 : 0);
    if (text.empty() || text.size() > 16) return out;
    out.read = text.size() <= 8 ? detail::up_to_eight(text.data(), static_cast<unsigned>(text.size()), out)
                                : detail::up_to_sixteen(text.data(), static_cast<unsigned>(text.size()), out);
    if (negative && out.digits == 0) out.read = false; // "-0" has a sign that digits lose
    if (negative) out.digits = -out.digits;
    return out;
}

namespace detail {

/// Four characters, of which the first byte that is an 'e' is marked by its top bit, the lowest that is set.
inline std::uint32_t exponent_marks(std::uint32_t word) {
    const std::uint32_t other = (word | 0x20202020U) ^ 0x65656565U;
    return (other - 0x01010101U) & ~other & 0x80808080U;
}

/// An exponent with its 'e' at the end of a text: what it is, and how many characters it has; 0: there is none of one
/// or two digits.
struct Exponent {
    int tens = 0;
    unsigned size = 0;
};
inline Exponent exponent_of(std::string_view text) {
    if (text.size() < 3) return {};
    const char padded[4] = {'0', text[0], text[1], text[2]};
    std::uint32_t word = 0;
    std::memcpy(&word, text.size() > 3 ? text.data() + text.size() - 4 : padded, sizeof word);
    const std::uint32_t marks = exponent_marks(word);
    if (marks == 0) return {};
    const auto place = static_cast<unsigned>(std::countr_zero(marks)) / 8;
    auto behind = static_cast<std::uint32_t>(std::uint64_t{word} >> (8 * place + 8));
    const bool minus = (behind & 0xFFU) == '-', sign = minus || (behind & 0xFFU) == '+';
    behind >>= sign ? 8U : 0U;
    const unsigned digits = 3 - place - (sign ? 1U : 0U);
    if (digits - 1 > 1) return {};
    if (digits == 1) behind = behind << 8U | '0';
    const unsigned upper = (behind & 0xFFU) - '0', lower = (behind >> 8U) - '0';
    if (upper > 9 || lower > 9) return {};
    const int tens = static_cast<int>(10 * upper + lower);
    return {minus ? -tens : tens, 4 - place};
}

} // namespace detail

/// The same with an exponent of one or two digits behind it, as long as the power of ten is exact too. Nothing:
/// whatever it is, cell::number reads it.
inline std::optional<double> short_scientific(std::string_view text) {
    static constexpr double powers_of_ten[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                               1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    constexpr int highest = 22; // 5^22 has 52 bits
    const detail::Exponent exponent = detail::exponent_of(text);
    if (exponent.size == 0) return std::nullopt;
    const ShortDecimal mantissa = short_decimal(text.substr(0, text.size() - exponent.size));
    const int tens = exponent.tens - static_cast<int>(mantissa.places);
    if (!mantissa.read || tens < -highest || tens > highest) return std::nullopt;
    const auto digits = static_cast<double>(mantissa.digits);
    const double power = powers_of_ten[tens < 0 ? -tens : tens];
    return tens < 0 ? digits / power : digits * power;
}

} // namespace assay::cell

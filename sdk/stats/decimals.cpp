// Eight texts side by side, each in a word of eight characters or in two. The point is taken out of the digits, all
// eight digits of a word become a number at once (Lemire, "Quickly parsing eight digits", 2018), and as both it and the
// power of ten are exact as doubles, one division rounds correctly (Clinger, "How to Read Floating Point Numbers
// Accurately", 1990).
#include <assay/decimal.hpp>
#include <assay/decimals.hpp>
#include <assay/vector_targets.hpp>
#if defined(ASSAY_WIDE_TARGET)
#include <immintrin.h>
#endif

namespace assay::cell {
namespace {

using Batch = detail::DecimalLanes;

#if defined(ASSAY_WIDE_TARGET)
constexpr std::size_t lanes = Batch::together;
using Words [[gnu::vector_size(lanes * sizeof(std::uint64_t))]] = std::uint64_t;
using Doubles [[gnu::vector_size(lanes * sizeof(double))]] = double;

// Part of what is compiled for wide registers.
#define ASSAY_WIDE_PART [[gnu::always_inline]] ASSAY_WIDE_TARGET inline

constexpr std::uint64_t each_byte(std::uint64_t byte) { return byte * 0x0101010101010101; }

template <class Lanes> ASSAY_WIDE_PART void load(Lanes& to, const void* from) { std::memcpy(&to, from, sizeof to); }

constexpr __mmask8 all = 0xFF; // GCC 12 takes what has no mask for uninitialized

/// Digits to the number that they are: two, four and eight of them together.
ASSAY_WIDE_PART void join_digits(Words& word) {
    const auto ones = reinterpret_cast<__m512i>(word & each_byte(0x0F));
    const __m512i twos = _mm512_maddubs_epi16(ones, _mm512_set1_epi16(1 << 8 | 10));
    const __m512i fours = _mm512_madd_epi16(twos, _mm512_set1_epi32(1 << 16 | 100));
    const __m512i upper = _mm512_maskz_mul_epu32(all, fours, _mm512_set1_epi64(10'000));
    word = reinterpret_cast<Words>(upper) + (reinterpret_cast<Words>(fours) >> 32);
}

/// To zero where all eight characters are digits.
ASSAY_WIDE_PART void find_others(const Words& word, Words& others) {
    others = (word & (word + each_byte(6)) & each_byte(0xF0)) ^ each_byte(0x30);
}

/// The lowest bit of the first byte that is a point; 0 where there is none.
ASSAY_WIDE_PART void find_point(const Words& word, Words& point) {
    const Words other = word ^ each_byte('.');
    point = (other - each_byte(1)) & ~other & each_byte(0x80);
    point = (point & -point) >> 7;
}

/// Moves what stands before the point onto it, and `carried` into the first place.
ASSAY_WIDE_PART void close_gap(Words& word, const Words& point, const Words& carried) {
    const Words before = point - 1, behind = ~((point << 8) - 1);
    word = (word & behind) | (word & before) << 8 | carried;
}

/// The power of ten by which a point in a word of digits divides them; 1 where there is none.
ASSAY_WIDE_PART void find_power(const Words& point, Doubles& power) {
    const auto bit = reinterpret_cast<__m512i>(point);
    const auto places = (reinterpret_cast<Words>(_mm512_lzcnt_epi64(bit)) - 7) >> 3;
    const auto powers = _mm512_setr_pd(1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7);
    const __mmask8 any = _mm512_test_epi64_mask(bit, bit);
    power = _mm512_mask_permutexvar_pd(_mm512_set1_pd(1e0), any, reinterpret_cast<__m512i>(places), powers);
}

/// `others`: not zero where a text is no such number; `points`: where it has a point.
template <bool wide, bool whole>
ASSAY_WIDE_PART void read_eight(Batch& batch, std::size_t at, Words& others, Words& points) {
    Words first, last, size;
    load(first, batch.first + at), load(last, batch.last + at), load(size, batch.size + at);
    const Words none{}, one = none + 1;
    const auto negative = (first & 0xFF) == '-';
    const Words sign = negative ? none + ('-' ^ '0') : none; // makes a '0' of it

    // The last character goes to the top, '0' in front of the first.
    const Words long_size = size > 8 ? size - 8 : none; // of `first`
    const Words free = 64 - 8 * (size - long_size);
    last = last << free | (each_byte('0') & ((one << free) - 1));
    if constexpr (wide) {
        const Words half = 32 - 4 * long_size; // a word cannot be shifted by all of its 64 bits at once
        first = first << half << half | (each_byte('0') & ((one << half << half) - 1));
        first ^= sign << half << half;
        last ^= (long_size == 0 ? sign : none) << free;
    } else {
        last ^= sign << free;
    }

    Words point{}, early_point{};
    if constexpr (!whole) find_point(last, point);
    if constexpr (whole) {
        // The point is no digit.
    } else if constexpr (wide) {
        find_point(first, early_point);
        point = early_point != 0 ? none : point;
        Words gone = last;
        close_gap(gone, point, first >> 56);
        last = point != 0 ? gone : last;
        gone = first;
        close_gap(gone, early_point, none + '0');
        first = early_point != 0 ? gone : point != 0 ? first << 8 | '0' : first;
    } else {
        Words gone = last;
        close_gap(gone, point, none + '0');
        last = point != 0 ? gone : last;
    }

    Words digits = last;
    find_others(last, others);
    join_digits(digits);
    points = point | early_point;
    if constexpr (wide) {
        Words more;
        find_others(first, more);
        others |= more;
        join_digits(first);
        digits += first * 100'000'000;
    }
    const Words n_digits = size - (negative ? one : none) - (points != 0 ? one : none);
    others |= n_digits - 1 > 14 ? one : none;
    const Words number = negative ? none - digits : digits;
    std::memcpy(batch.digits + at, &number, sizeof number);
    if constexpr (whole) return;
    Doubles power;
    find_power(points, power);
    if constexpr (wide) power *= early_point != 0 ? Doubles{} + 1e8 : Doubles{} + 1.0;
    Doubles value = __builtin_convertvector(digits, Doubles) / power;
    value = negative ? -value : value;
    std::memcpy(batch.value + at, &value, sizeof value);
}

template <bool wide, bool whole> ASSAY_WIDE_TARGET void read_lanes(Batch& batch, std::size_t count) {
    for (std::size_t at = 0; at < count; at += lanes) {
        Words others, points;
        read_eight<wide, whole>(batch, at, others, points);
        const auto odd = reinterpret_cast<__m512i>(others), point = reinterpret_cast<__m512i>(points);
        batch.odd[at / lanes] = _mm512_test_epi64_mask(odd, odd);
        batch.fraction[at / lanes] = _mm512_test_epi64_mask(point, point);
    }
}

ASSAY_WIDE_TARGET void read_numbers(Batch& batch, std::size_t count, bool wide, bool whole) {
    if (whole)
        wide ? read_lanes<true, true>(batch, count) : read_lanes<false, true>(batch, count);
    else
        wide ? read_lanes<true, false>(batch, count) : read_lanes<false, false>(batch, count);
}
#endif

/// One after another: registers of half the width are no faster.
ASSAY_DEFAULT_TARGET void read_numbers(Batch& batch, std::size_t count, bool, bool whole) {
    std::memset(batch.odd, 0, sizeof batch.odd);
    std::memset(batch.fraction, 0, sizeof batch.fraction);
    for (std::size_t at = 0; at < count; ++at) {
        char text[24] = {}; // short_decimal may look at more than there is
        const std::size_t size = batch.size[at];
        std::memcpy(text, &batch.first[at], 8);
        if (size > 8) std::memcpy(text + size - 8, &batch.last[at], 8);
        const ShortDecimal number = short_decimal({text, size});
        batch.value[at] = std::bit_cast<std::uint64_t>(number.value());
        batch.digits[at] = static_cast<std::uint64_t>(number.digits);
        const auto bit = static_cast<std::uint8_t>(1U << at % Batch::together);
        if (!number.read || (whole && number.places > 0)) batch.odd[at / Batch::together] |= bit;
        if (number.places > 0) batch.fraction[at / Batch::together] |= bit;
    }
}

} // namespace

void Decimals::read_all(std::size_t count, bool wide, bool whole) {
    for (std::size_t rest = count; rest % Batch::together != 0; ++rest) set(rest, not_short);
    read_numbers(lanes_, count, wide, whole);
}

} // namespace assay::cell

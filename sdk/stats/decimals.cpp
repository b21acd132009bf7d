// Eight texts side by side, each in a word of eight characters or in two. The point is taken out of the digits, all
// eight digits of a word become a number at once (Lemire, "Quickly parsing eight digits", 2018), and as both it and the
// power of ten are exact as doubles, one division rounds correctly (Clinger, "How to Read Floating Point Numbers
// Accurately", 1990). So it is with an exponent, as long as one power of ten stands for it and the point.
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

/// The lowest bit of the first byte that is `wanted`; 0 where there is none.
ASSAY_WIDE_PART void find_first(const Words& word, char wanted, Words& found) {
    const Words other = word ^ each_byte(static_cast<unsigned char>(wanted));
    found = (other - each_byte(1)) & ~other & each_byte(0x80);
    found = (found & -found) >> 7;
}

/// Bits above the byte that `found` is in; 57 where it is 0.
ASSAY_WIDE_PART void count_behind(const Words& found, Words& bits) {
    bits = reinterpret_cast<Words>(_mm512_lzcnt_epi64(reinterpret_cast<__m512i>(found))) - 7;
}

/// Moves what stands before the point onto it, and `carried` into the first place.
ASSAY_WIDE_PART void close_gap(Words& word, const Words& point, const Words& carried) {
    const Words before = point - 1, behind = ~((point << 8) - 1);
    word = (word & behind) | (word & before) << 8 | carried;
}

/// The power of ten by which a point in a word of digits divides them; 1 where there is none.
ASSAY_WIDE_PART void find_power(const Words& point, Doubles& power) {
    const auto bit = reinterpret_cast<__m512i>(point);
    Words behind;
    count_behind(point, behind);
    const auto places = reinterpret_cast<__m512i>(behind >> 3);
    const auto powers = _mm512_setr_pd(1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7);
    const __mmask8 any = _mm512_test_epi64_mask(bit, bit);
    power = _mm512_mask_permutexvar_pd(_mm512_set1_pd(1e0), any, places, powers);
}

/// Texts in words whose last character is at the top, with '0' in front of the first and in place of a minus. Of more
/// than eight characters the first ones are in `first`. `negative`: all bits of it are set, or none.
struct Aligned {
    Words first, last, size, negative;
};

template <bool wide> ASSAY_WIDE_PART void align(const Batch& batch, std::size_t at, Aligned& text) {
    auto& [first, last, size, negative] = text;
    load(first, batch.first + at), load(last, batch.last + at), load(size, batch.size + at);
    const Words none{}, one = none + 1;
    negative = (first & 0xFF) == '-' ? none - 1 : none;
    const Words sign = negative & ('-' ^ '0');
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
}

/// Takes an exponent of one or two digits off the end of what has one. What has another kind of exponent is left as it
/// is: an 'e' is no digit.
ASSAY_WIDE_PART void take_exponent(Aligned& text, Words& exponent) {
    const Words none{}, one = none + 1;
    Words letter, bits;
    find_first(text.last | each_byte(0x20), 'e', letter);
    count_behind(letter, bits);
    Words behind = text.last >> 8 >> (56 - bits);
    const auto minus = (behind & 0xFF) == '-', sign = minus | ((behind & 0xFF) == '+');
    behind = sign ? behind >> 8 : behind;
    const Words digit_bits = bits - (sign ? none + 8 : none);
    behind = digit_bits == 8 ? behind << 8 | '0' : behind;
    const Words upper = (behind & 0xFF) - '0', lower = (behind >> 8) - '0';
    const auto taken = (letter != 0) & ((digit_bits == 8) | (digit_bits == 16)) & (upper <= 9) & (lower <= 9);
    exponent = 10 * upper + lower;
    exponent = taken ? (minus ? none - exponent : exponent) : none;
    const Words gone = taken ? bits + 8 : none;
    text.last = text.last << gone | text.first >> 8 >> (56 - gone);
    text.first = text.first << gone | (each_byte('0') & ((one << gone) - 1));
    text.size -= gone >> 3;
}

/// Takes the point out of the digits. `late`, `early`: where it was, in the last word or in the first.
template <bool wide> ASSAY_WIDE_PART void take_point(Aligned& text, Words& late, Words& early) {
    const Words none{};
    Words gone = text.last;
    find_first(text.last, '.', late);
    if constexpr (wide) {
        find_first(text.first, '.', early);
        late = early != 0 ? none : late;
        close_gap(gone, late, text.first >> 56);
        text.last = late != 0 ? gone : text.last;
        gone = text.first;
        close_gap(gone, early, none + '0');
        text.first = early != 0 ? gone : late != 0 ? text.first << 8 | '0' : text.first;
    } else {
        close_gap(gone, late, none + '0');
        text.last = late != 0 ? gone : text.last;
    }
}

/// `others`: not zero where they are no digits, or not 1 to 15 of them.
template <bool wide>
ASSAY_WIDE_PART void join_words(const Aligned& text, const Words& points, Words& digits, Words& others) {
    const Words none{}, one = none + 1;
    digits = text.last;
    find_others(digits, others);
    join_digits(digits);
    if constexpr (wide) {
        Words upper = text.first, more;
        find_others(upper, more);
        others |= more;
        join_digits(upper);
        const __m512i power = _mm512_set1_epi64(100'000'000);
        digits += reinterpret_cast<Words>(_mm512_maskz_mul_epu32(all, reinterpret_cast<__m512i>(upper), power));
    }
    const Words count = text.size + text.negative - (points != 0 ? one : none);
    others |= count - 1 > 14 ? one : none;
}

/// Digits to what they are with their point and exponent; what needs a power of ten that is not exact is no number.
ASSAY_WIDE_PART void scale(Doubles& value, const Words& exponent, const Words& late, const Words& early,
                           Words& others) {
    alignas(64) static constexpr double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                                    1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                                    1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    constexpr std::uint64_t highest = 22; // 5^22 has 52 bits
    const Words none{}, one = none + 1;
    Words places;
    count_behind(late | early, places);
    places = (late | early) != 0 ? (places >> 3) + (early != 0 ? none + 8 : none) : none;
    Words tens = exponent - places;
    const auto divides = tens >> 63 != 0;
    tens = divides ? none - tens : tens;
    others |= tens > highest ? one : none;
    tens = tens > highest ? none : tens;
    const Doubles power =
        _mm512_mask_i64gather_pd(_mm512_setzero_pd(), all, reinterpret_cast<__m512i>(tens), powers, 8);
    value = divides ? value / power : value * power;
}

enum class Form { whole, decimal, scientific };

/// `others`: not zero where a text is no such number; `broken`: where it has a point or an exponent.
template <bool wide, Form form>
ASSAY_WIDE_PART void read_eight(Batch& batch, std::size_t at, Words& others, Words& broken) {
    Aligned text;
    align<wide>(batch, at, text);
    Words late{}, early{}, exponent{}, digits;
    const Words written = text.size;
    if constexpr (form == Form::scientific) take_exponent(text, exponent);
    if constexpr (form != Form::whole) take_point<wide>(text, late, early);
    join_words<wide>(text, late | early, digits, others);
    const Words number = (digits ^ text.negative) - text.negative;
    std::memcpy(batch.digits + at, &number, sizeof number);
    broken = late | early | (written - text.size);
    if constexpr (form == Form::whole) return;
    Doubles value = __builtin_convertvector(digits, Doubles);
    if constexpr (form == Form::scientific) {
        scale(value, exponent, late, early, others);
    } else {
        Doubles power;
        find_power(late | early, power);
        if constexpr (wide) power *= early != 0 ? Doubles{} + 1e8 : Doubles{} + 1.0;
        value /= power;
    }
    const Words bits = reinterpret_cast<Words>(value) ^ text.negative << 63;
    std::memcpy(batch.value + at, &bits, sizeof bits);
}

template <bool wide, Form form> ASSAY_WIDE_PART void read_lanes(Batch& batch, std::size_t at) {
    Words others, broken;
    read_eight<wide, form>(batch, at, others, broken);
    const auto odd = reinterpret_cast<__m512i>(others), fraction = reinterpret_cast<__m512i>(broken);
    batch.odd[at / lanes] = _mm512_test_epi64_mask(odd, odd);
    batch.fraction[at / lanes] = _mm512_test_epi64_mask(fraction, fraction);
}

/// A bit for each character that an exponent may begin with.
ASSAY_WIDE_PART __mmask64 exponents(const Batch& batch, std::size_t at) {
    const __m512i lower = _mm512_or_si512(_mm512_load_si512(batch.last + at), _mm512_set1_epi8(0x20));
    return _mm512_cmpeq_epi8_mask(lower, _mm512_set1_epi8('e'));
}

/// Few columns have exponents: only where there may be one what is no other number is read once more.
template <bool wide, Form form> ASSAY_WIDE_TARGET void read_all_lanes(Batch& batch, std::size_t count) {
    __mmask64 found = 0;
    for (std::size_t at = 0; at < count; at += lanes) {
        read_lanes<wide, form>(batch, at);
        if constexpr (form != Form::whole) found |= exponents(batch, at);
    }
    for (std::size_t at = 0; at < count && found != 0; at += lanes)
        if (batch.odd[at / lanes] != 0) read_lanes<true, Form::scientific>(batch, at);
}

ASSAY_WIDE_TARGET void read_numbers(Batch& batch, std::size_t count, bool wide, bool whole) {
    if (whole)
        wide ? read_all_lanes<true, Form::whole>(batch, count) : read_all_lanes<false, Form::whole>(batch, count);
    else
        wide ? read_all_lanes<true, Form::decimal>(batch, count) : read_all_lanes<false, Form::decimal>(batch, count);
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
        const auto scientific = number.read || whole ? std::nullopt : short_scientific({text, size});
        batch.value[at] = std::bit_cast<std::uint64_t>(scientific ? *scientific : number.value());
        batch.digits[at] = static_cast<std::uint64_t>(number.digits);
        const auto bit = static_cast<std::uint8_t>(1U << at % Batch::together);
        const bool fraction = number.places > 0 || scientific;
        if (!(number.read || scientific) || (whole && fraction)) batch.odd[at / Batch::together] |= bit;
        if (fraction) batch.fraction[at / Batch::together] |= bit;
    }
}

} // namespace

void Decimals::read_all(std::size_t count, bool wide, bool whole) {
    for (std::size_t rest = count; rest % Batch::together != 0; ++rest) set(rest, not_short);
    read_numbers(lanes_, count, wide, whole);
}

} // namespace assay::cell

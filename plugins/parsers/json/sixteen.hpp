#pragma once
// Sixteen characters looked at together.
#include <algorithm>
#include <cstddef>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace assay::json {

class Sixteen {
  public:
    static constexpr std::size_t size = 16;
    // A bit for each character, that of the first is the lowest.
#if defined(__SSE2__)
    explicit Sixteen(const char* at) : bytes_{_mm_loadu_si128(reinterpret_cast<const __m128i*>(at))} {}
    /// Quotes, backslashes, control characters and bytes above 0x7F.
    unsigned not_plain() const {
        const __m128i marks = _mm_or_si128(_mm_or_si128(equal('"'), equal('\\')), up_to(0x1F));
        return bits(_mm_or_si128(marks, bytes_));
    }
    /// Commas, closing brackets, blanks and control characters.
    unsigned number_ends() const {
        return bits(_mm_or_si128(_mm_or_si128(equal(','), up_to(' ')), _mm_or_si128(equal(']'), equal('}'))));
    }
    unsigned digits() const {
        const __m128i value = _mm_sub_epi8(bytes_, _mm_set1_epi8('0'));
        return bits(_mm_cmpeq_epi8(_mm_min_epu8(value, _mm_set1_epi8(9)), value));
    }

  private:
    __m128i equal(char c) const { return _mm_cmpeq_epi8(bytes_, _mm_set1_epi8(c)); }
    __m128i up_to(char c) const { return _mm_cmpeq_epi8(_mm_min_epu8(bytes_, _mm_set1_epi8(c)), bytes_); }
    static unsigned bits(__m128i marks) { return static_cast<unsigned>(_mm_movemask_epi8(marks)); }
    __m128i bytes_;
#else
    explicit Sixteen(const char* at) { std::copy_n(at, size, bytes_); }
    unsigned not_plain() const {
        return bits([](unsigned char c) { return c == '"' || c == '\\' || c < 0x20 || c > 0x7F; });
    }
    unsigned number_ends() const {
        return bits([](unsigned char c) { return c == ',' || c == ']' || c == '}' || c <= ' '; });
    }
    unsigned digits() const {
        return bits([](unsigned char c) { return c >= '0' && c <= '9'; });
    }

  private:
    template <class Is> unsigned bits(Is is) const {
        unsigned marks = 0;
        for (std::size_t i = 0; i < size; ++i) marks |= is(static_cast<unsigned char>(bytes_[i])) ? 1U << i : 0U;
        return marks;
    }
    char bytes_[size];
#endif
};

} // namespace assay::json

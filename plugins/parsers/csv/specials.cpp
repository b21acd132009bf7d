#include "specials.hpp"
#include <assay/vector_targets.hpp>
#include <bit>
#if defined(ASSAY_WIDE_TARGET)
#include <immintrin.h>
#elif defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace assay::csv {
namespace {

/// Writes the places of the bits that are set, eight at a time, as a branch for each costs more; returns behind the
/// last.
inline std::uint32_t* list_bits(std::uint64_t mask, std::uint32_t place, std::uint32_t* out) {
    std::uint32_t* const end = out + std::popcount(mask);
    while (mask != 0) {
        for (unsigned i = 0; i < 8; ++i) {
            out[i] = place + static_cast<std::uint32_t>(std::countr_zero(mask));
            mask &= mask - 1;
        }
        out += 8;
    }
    return end;
}

struct Wanted {
    char a, b, c;
};

/// One bit per byte of the 64 at `p` that is one of the three characters.
inline std::uint64_t specials(const char* p, const Wanted& wanted) {
    std::uint64_t mask = 0;
#if defined(__SSE2__)
    const __m128i va = _mm_set1_epi8(wanted.a), vb = _mm_set1_epi8(wanted.b), vc = _mm_set1_epi8(wanted.c);
    for (unsigned i = 0; i < 4; ++i) {
        const __m128i v = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p + std::size_t{16} * i));
        const __m128i hit =
            _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(v, va), _mm_cmpeq_epi8(v, vb)), _mm_cmpeq_epi8(v, vc));
        mask |= static_cast<std::uint64_t>(static_cast<std::uint32_t>(_mm_movemask_epi8(hit))) << (16 * i);
    }
#else
    for (unsigned i = 0; i < 64; ++i)
        mask |= static_cast<std::uint64_t>(p[i] == wanted.a || p[i] == wanted.b || p[i] == wanted.c) << i;
#endif
    return mask;
}

/// `mask`, of the block from `at` on, without what is behind the end of the text.
inline std::uint64_t within(std::uint64_t mask, std::size_t at, std::size_t to) {
    return to - at < 64 ? mask & ((std::uint64_t{1} << (to - at)) - 1) : mask;
}

/// `out` has room for a place of each byte of whole blocks of 64, and 16 more.
ASSAY_DEFAULT_TARGET std::uint32_t* list_specials(const char* text, std::size_t from, std::size_t to,
                                                  const Wanted& wanted, std::uint32_t* out) {
    for (std::size_t at = from; at < to; at += 64)
        out = list_bits(within(specials(text + at, wanted), at, to), static_cast<std::uint32_t>(at), out);
    return out;
}

#if defined(ASSAY_WIDE_TARGET)
/// The same where a comparison of 64 bytes gives the mask itself, and the places of its bits need no branch.
ASSAY_WIDE_TARGET std::uint32_t* list_specials(const char* text, std::size_t from, std::size_t to, const Wanted& wanted,
                                               std::uint32_t* out) {
    const __m512i va = _mm512_set1_epi8(wanted.a), vb = _mm512_set1_epi8(wanted.b), vc = _mm512_set1_epi8(wanted.c);
    const __m512i sixteen = _mm512_set_epi32(15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
    for (std::size_t at = from; at < to; at += 64) {
        const __m512i v = _mm512_loadu_si512(text + at);
        std::uint64_t mask =
            _mm512_cmpeq_epi8_mask(v, va) | _mm512_cmpeq_epi8_mask(v, vb) | _mm512_cmpeq_epi8_mask(v, vc);
        mask = within(mask, at, to);
        for (unsigned quarter = 0; quarter < 64; quarter += 16) {
            const auto bits = static_cast<std::uint16_t>(mask >> quarter);
            const __m512i places = _mm512_add_epi32(sixteen, _mm512_set1_epi32(static_cast<int>(at + quarter)));
            _mm512_storeu_si512(out, _mm512_maskz_compress_epi32(bits, places));
            out += std::popcount(bits);
        }
    }
    return out;
}
#endif

} // namespace

/// In bytes beside one another, as long as none can overflow: the compiler makes vectors of them.
ASSAY_VECTORIZED Counts count(std::string_view text, char a, char b) {
    constexpr std::size_t lanes = 64;
    Counts found;
    std::size_t at = 0;
    while (at + lanes <= text.size()) {
        const std::size_t rounds = std::min<std::size_t>(255, (text.size() - at) / lanes);
        std::uint8_t in_lane_a[lanes] = {}, in_lane_b[lanes] = {};
        for (std::size_t round = 0; round < rounds; ++round, at += lanes)
            for (std::size_t i = 0; i < lanes; ++i) {
                in_lane_a[i] = static_cast<std::uint8_t>(in_lane_a[i] + (text[at + i] == a ? 1 : 0));
                in_lane_b[i] = static_cast<std::uint8_t>(in_lane_b[i] + (text[at + i] == b ? 1 : 0));
            }
        for (const std::uint8_t counted : in_lane_a) found.a += counted;
        for (const std::uint8_t counted : in_lane_b) found.b += counted;
    }
    for (; at < text.size(); ++at) {
        found.a += text[at] == a ? 1U : 0U;
        found.b += text[at] == b ? 1U : 0U;
    }
    return found;
}

ASSAY_VECTORIZED std::size_t plain_run(std::string_view text) {
    constexpr std::size_t together = 256;
    const auto* const bytes = reinterpret_cast<const signed char*>(text.data());
    std::size_t at = 0;
    for (; at + together <= text.size(); at += together) {
        signed char lowest = 1;
        for (std::size_t i = 0; i < together; ++i) lowest = std::min(lowest, bytes[at + i]);
        if (lowest <= 0) break;
    }
    while (at < text.size() && bytes[at] > 0) ++at;
    return at;
}

/// Looks at some more text, which may hold none. False at the end of it.
bool Specials::find_more() {
    if (from_ >= to_) return false;
    const std::size_t gone = std::min(used_, held_);
    std::copy(places_.begin() + static_cast<std::ptrdiff_t>(gone),
              places_.begin() + static_cast<std::ptrdiff_t>(found_), places_.begin());
    found_ -= gone;
    used_ -= gone;
    if (held_ != none) held_ = 0;
    const std::size_t end = std::min(to_, from_ + step);
    places_.resize(std::max(places_.size(), found_ + step + 64 + 16));
    found_ = static_cast<std::size_t>(list_specials(text_, from_, end, {a_, b_, c_}, places_.data() + found_) -
                                      places_.data());
    from_ = end;
    return true;
}

} // namespace assay::csv

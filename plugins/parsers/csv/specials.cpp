#include "specials.hpp"
#include <assay/vector_targets.hpp>

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

/// `out` has room for a place of each byte of whole blocks of 64, and 8 more.
ASSAY_VECTORIZED std::uint32_t* list_specials(const char* text, std::size_t from, std::size_t to, char a, char b,
                                              char c, std::uint32_t* out) {
    for (std::size_t at = from; at < to; at += 64) {
        std::uint64_t mask = specials(text + at, a, b, c);
        if (to - at < 64) mask &= (std::uint64_t{1} << (to - at)) - 1;
        out = list_bits(mask, static_cast<std::uint32_t>(at), out);
    }
    return out;
}

} // namespace

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
    places_.resize(std::max(places_.size(), found_ + step + 64 + 8));
    found_ = static_cast<std::size_t>(list_specials(text_, from_, end, a_, b_, c_, places_.data() + found_) -
                                      places_.data());
    from_ = end;
    return true;
}

} // namespace assay::csv

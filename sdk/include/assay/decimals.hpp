#pragma once
// Short decimal numbers, many at once: what cell::short_decimal and cell::short_scientific read, in the lanes of vector
// registers.
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>

namespace assay::cell {

namespace detail {

struct DecimalLanes {
    static constexpr std::size_t most = 128, together = 8;

    alignas(64) std::uint64_t first[most]; ///< the first eight characters, and whatever stands behind
    alignas(64) std::uint64_t last[most];  ///< the last eight, or all and whatever stands behind
    alignas(64) std::uint64_t size[most];
    alignas(64) std::uint64_t value[most];  ///< the bits of a double
    alignas(64) std::uint64_t digits[most]; ///< of a signed number, without the point
    // A bit for each text.
    alignas(8) std::uint8_t odd[most / together];      ///< no such number
    alignas(8) std::uint8_t fraction[most / together]; ///< it has a point or an exponent
};

} // namespace detail

class Decimals {
  public:
    static constexpr std::size_t most = detail::DecimalLanes::most; ///< texts at once

    /// Reads those of text(0) to text(count - 1) that are digits, at most 15, with at most one point, and a minus in
    /// front of negative ones; behind them may be an exponent of one or two digits, as long as the power of ten is
    /// exact. Eight characters can be read from where a text begins. At most `most` texts.
    template <class Text> void read(std::size_t count, Text text) { read_all(count, set_all(count, text), false); }
    /// Those without a point or exponent; others are no numbers then, and nothing but wholes() is told.
    template <class Text> void read_wholes(std::size_t count, Text text) {
        read_all(count, set_all(count, text), true);
    }
    /// Else it is for cell::number to say.
    bool is_number(std::size_t at) const { return !bit(lanes_.odd, at); }
    bool is_whole(std::size_t at) const { return is_number(at) && !bit(lanes_.fraction, at); }
    double value(std::size_t at) const { return std::bit_cast<double>(lanes_.value[at]); } ///< exactly rounded
    std::int64_t whole(std::size_t at) const { return static_cast<std::int64_t>(lanes_.digits[at]); }
    /// Of the first `count`, all at once: the bits of doubles, and of whole numbers.
    std::span<const std::uint64_t> values(std::size_t count) const { return {lanes_.value, count}; }
    std::span<const std::uint64_t> wholes(std::size_t count) const { return {lanes_.digits, count}; }

    /// Calls use(at) for each of the first `count` that is no number.
    template <class Use> void each_other(std::size_t count, Use use) const {
        for (std::size_t from = 0; from < count; from += 64) {
            std::uint64_t others = bits(lanes_.odd, from);
            if (count - from < 64) others &= (std::uint64_t{1} << (count - from)) - 1;
            for (; others != 0; others &= others - 1) use(from + static_cast<std::size_t>(std::countr_zero(others)));
        }
    }

  private:
    static constexpr std::string_view not_short{"?       ", 1};
    /// Whether some have more than eight characters.
    template <class Text> bool set_all(std::size_t count, Text text) {
        std::uint64_t sizes = 0;
        for (std::size_t at = 0; at < count; ++at) sizes |= set(at, text(at));
        return sizes >= 8;
    }
    /// Its size less one.
    std::uint64_t set(std::size_t at, std::string_view text) {
        const bool fits = text.size() - 1 < 16;
        const char* const begin = fits ? text.data() : not_short.data();
        const std::size_t size = fits ? text.size() : not_short.size();
        std::memcpy(&lanes_.first[at], begin, sizeof lanes_.first[at]);
        std::memcpy(&lanes_.last[at], begin + (size > 8 ? size - 8 : 0), sizeof lanes_.last[at]);
        lanes_.size[at] = size;
        return size - 1;
    }
    void read_all(std::size_t count, bool wide, bool whole);

    static bool bit(const std::uint8_t* bytes, std::size_t at) { return (bytes[at / 8] & 1U << at % 8) != 0; }
    static std::uint64_t bits(const std::uint8_t* bytes, std::size_t from) {
        static_assert(std::endian::native == std::endian::little);
        std::uint64_t word = 0;
        std::memcpy(&word, bytes + from / 8, sizeof word);
        return word;
    }

    detail::DecimalLanes lanes_;
};

} // namespace assay::cell

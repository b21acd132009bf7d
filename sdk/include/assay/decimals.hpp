#pragma once
// Short plain decimal numbers, many at once: what cell::short_decimal reads, in the lanes of vector registers.
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace assay::cell {

namespace detail {

struct DecimalLanes {
    static constexpr std::size_t most = 128;
    enum Kind : std::uint64_t { whole = 0, fraction = 1, odd = 2 };

    const char* text[most];
    alignas(64) std::uint64_t first[most]; ///< the first eight characters, and whatever stands behind
    alignas(64) std::uint64_t last[most];  ///< the last eight, or all and whatever stands behind
    alignas(64) std::uint64_t size[most];
    alignas(64) double value[most];
    alignas(64) std::uint64_t kind[most];
};

} // namespace detail

class Decimals {
  public:
    static constexpr std::size_t most = detail::DecimalLanes::most; ///< texts at once

    /// Reads those of text(0) to text(count - 1) that are digits, at most 15, with at most one point, and a minus in
    /// front of negative ones. Seventeen characters can be read from where a text begins. At most `most` texts.
    template <class Text> void read(std::size_t count, Text text) {
        std::uint64_t sizes = 0;
        for (std::size_t at = 0; at < count; ++at) sizes |= set(at, text(at));
        read_all(count, sizes >= 8);
    }
    /// Else it is for cell::number to say.
    bool is_number(std::size_t at) const { return lanes_.kind[at] < detail::DecimalLanes::odd; }
    bool is_whole(std::size_t at) const { return lanes_.kind[at] == detail::DecimalLanes::whole; }
    double value(std::size_t at) const { return lanes_.value[at]; } ///< exactly rounded

  private:
    static constexpr std::string_view not_short{"?                ", 1};
    /// Its size less one.
    std::uint64_t set(std::size_t at, std::string_view text) {
        if (text.empty() || text.size() > 16) text = not_short;
        const std::size_t behind = text.size() > 8 ? text.size() - 8 : 0;
        std::memcpy(&lanes_.first[at], text.data(), sizeof lanes_.first[at]);
        std::memcpy(&lanes_.last[at], text.data() + behind, sizeof lanes_.last[at]);
        lanes_.text[at] = text.data();
        lanes_.size[at] = text.size();
        return text.size() - 1;
    }
    void read_all(std::size_t count, bool wide);

    detail::DecimalLanes lanes_;
};

} // namespace assay::cell

#pragma once
// Where in a text the characters stand that a CSV reader looks at: 64 bytes at a time, as a bit mask.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace assay::csv {

struct Counts {
    std::uint64_t a = 0, b = 0;
};

/// How often each of two characters stands in a text.
Counts count(std::string_view text, char a, char b);

/// How many bytes from the first on are ASCII, and not 0.
std::size_t plain_run(std::string_view text);

/// Goes from one special character to the next. 64 bytes behind the end must be readable.
class Specials {
  public:
    static constexpr std::size_t none = SIZE_MAX;

    /// The three characters in text[from, to), which has less than 4 GiB.
    void look_at(const char* text, std::size_t from, std::size_t to, char a, char b, char c) {
        text_ = text, from_ = from, to_ = to;
        a_ = a, b_ = b, c_ = c;
        used_ = found_ = 0;
        held_ = none;
    }
    std::size_t next() {
        while (used_ == found_)
            if (!find_more()) return none;
        return places_[used_++];
    }
    /// The places of the next `count`, which are passed by later. Null where there are fewer.
    const std::uint32_t* ahead(std::size_t count) {
        while (found_ - used_ < count)
            if (!find_more()) return nullptr;
        return places_.data() + used_;
    }
    void pass(std::size_t count) { used_ += count; }
    /// What comes next is kept, so that one can go back to it.
    void hold() { held_ = used_; }
    void go_back() { used_ = held_; }
    void let_go() { held_ = none; }

  private:
    static constexpr std::size_t step = 1024; ///< bytes looked at together
    bool find_more();

    const char* text_ = nullptr;
    std::size_t from_ = 0, to_ = 0; ///< not yet looked at
    char a_ = 0, b_ = 0, c_ = 0;
    std::vector<std::uint32_t> places_;
    std::size_t used_ = 0, found_ = 0; ///< of `places_`
    std::size_t held_ = none;
};

} // namespace assay::csv

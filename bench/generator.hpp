#pragma once
// What the generators share. Same arguments, same bytes, on any machine: integers only.
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <initializer_list>
#include <limits>
#include <string>
#include <string_view>

namespace bench {

/// SplitMix64 (Steele, Lea, Flood 2014).
struct Random {
    std::uint64_t state;
    std::uint64_t next() {
        std::uint64_t z = (state += 0x9E3779B97F4A7C15);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
    std::uint64_t below(std::uint64_t bound) { return next() % bound; }
    template <class List> const auto& one_of(const List& list) { return list[below(list.size())]; }
};

/// `value` is in units of the last decimal.
inline void decimal(std::string& out, std::uint64_t value, int decimals) {
    std::string digits = std::to_string(value);
    const auto places = static_cast<std::size_t>(decimals);
    if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
    digits.insert(digits.size() - places, 1, '.');
    out += digits;
}

inline void two_digits(std::string& out, std::uint64_t value, char after) {
    out += static_cast<char>('0' + value / 10);
    out += static_cast<char>('0' + value % 10);
    out += after;
}

/// One row every 7 seconds from 2025-01-01, in months of 28 days.
inline void timestamp(std::string& out, std::uint64_t row) {
    const std::uint64_t second = row * 7, day = second / 86'400;
    out += std::to_string(2025 + day / 336) + '-';
    two_digits(out, day / 28 % 12 + 1, '-');
    two_digits(out, day % 28 + 1, 'T');
    two_digits(out, second / 3600 % 24, ':');
    two_digits(out, second / 60 % 60, ':');
    two_digits(out, second % 60, 'Z');
}

/// Around the centre within 30 %: the sum of three uniform values.
inline std::uint64_t measured(Random& random, std::uint64_t centre) {
    const std::uint64_t third = centre / 5 + 1;
    return centre * 7 / 10 + random.below(third) + random.below(third) + random.below(third);
}

struct Number {
    std::string_view name;
    std::uint64_t* into;
};

/// Reads `--name N` pairs from argv[first] on; false where they are something else.
inline bool numbers(int argc, char** argv, int first, std::initializer_list<Number> known) {
    for (int i = first; i < argc; i += 2) {
        const std::string_view name{argv[i]}, text{i + 1 < argc ? argv[i + 1] : ""};
        std::uint64_t* into = nullptr;
        for (const Number& number : known)
            if (number.name == name) into = number.into;
        const auto end = text.data() + text.size();
        if (!into || text.empty() || std::from_chars(text.data(), end, *into).ptr != end) return false;
    }
    return true;
}

/// Calls `add(text, row)` until so many rows or bytes are on stdout; what main returns.
template <class Add>
int rows_to_stdout(std::string text, std::uint64_t rows, std::uint64_t bytes, const char* program, const Add& add) {
    std::uint64_t written = 0;
    for (std::uint64_t row = 0; row < rows && written + text.size() < bytes; ++row) {
        add(text, row);
        if (text.size() < 1 << 20) continue;
        if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size()) break;
        written += text.size();
        text.clear();
    }
    const bool complete = std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
    if (complete && !std::ferror(stdout)) return 0;
    std::perror(program);
    return 1;
}

inline constexpr std::uint64_t unbounded = std::numeric_limits<std::uint64_t>::max();

} // namespace bench

#include "claims/number_word.hpp"
#include "claims/words.hpp"
#include <array>
#include <string>
#include <utility>

namespace assay::claims {

namespace {

constexpr std::array<std::pair<std::string_view, int>, 21> number_names{
    {{"two", 2},     {"three", 3},  {"four", 4},    {"five", 5},    {"six", 6},      {"seven", 7},    {"eight", 8},
     {"nine", 9},    {"ten", 10},   {"eleven", 11}, {"twelve", 12}, {"fifteen", 15}, {"sixteen", 16}, {"twenty", 20},
     {"thirty", 30}, {"forty", 40}, {"fifty", 50},  {"sixty", 60},  {"seventy", 70}, {"eighty", 80},  {"ninety", 90}}};

/// What makes the word a share, an order or a part of a larger number.
constexpr std::array<std::string_view, 12> no_counts{"third",   "fourth",   "fifth",   "half",    "halves",  "order",
                                                     "hundred", "thousand", "million", "billion", "quarter", "digit"};

std::string word_at(std::string_view text, std::size_t at) {
    std::size_t end = at;
    while (end < text.size() && is_letter(text[end])) ++end;
    return lower(text.substr(at, end - at));
}

} // namespace

std::optional<NumberWord> number_word_at(std::string_view text, std::size_t at) {
    if (!is_letter(text[at]) || (at > 0 && (is_word(text[at - 1]) || text[at - 1] == '-'))) return std::nullopt;
    const std::string word = word_at(text, at);
    for (const auto& [name, value] : number_names) {
        if (word != name) continue;
        std::size_t next = at + name.size();
        if (next < text.size() && is_word(text[next])) return std::nullopt;
        const std::size_t end = next;
        while (next < text.size() && (text[next] == ' ' || text[next] == '-')) ++next;
        std::string noun = next < text.size() ? word_at(text, next) : std::string{};
        for (const auto& [other, tens] : number_names)
            if (noun == other) return std::nullopt; // "twenty-five"
        if (noun.size() > 2 && noun.back() == 's') noun.pop_back();
        for (const auto other : no_counts)
            if (noun == other) return std::nullopt;
        return NumberWord{value, end};
    }
    return std::nullopt;
}

} // namespace assay::claims

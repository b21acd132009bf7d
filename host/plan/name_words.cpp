#include "plan/name_words.hpp"
#include <algorithm>
#include <array>
#include <assay/cell.hpp>

namespace assay::plan {

namespace {
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_word(char c) {
    return is_lower(c) || is_upper(c) || cell::is_digit(c) || static_cast<unsigned char>(c) >= 0x80;
}
} // namespace

std::vector<std::string> name_words(std::string_view name) {
    std::vector<std::string> words;
    std::string word;
    for (std::size_t i = 0; i < name.size(); ++i) {
        const char c = name[i];
        const bool hump = i > 0 && is_upper(c) && is_lower(name[i - 1]);
        if ((!is_word(c) || hump) && !word.empty()) {
            words.push_back(word);
            word.clear();
        }
        if (is_word(c)) word += cell::lower(c);
    }
    if (!word.empty()) words.push_back(word);
    return words;
}

bool may_hold_word(std::string_view name, std::string_view word) {
    return std::search(name.begin(), name.end(), word.begin(), word.end(),
                       [](char a, char b) { return cell::lower(a) == b; }) != name.end();
}

bool is_statistic_word(std::string_view word) {
    static constexpr auto words = std::to_array<std::string_view>(
        {"mean", "avg", "average", "median", "med", "std",     "stdev",  "stddev", "stderr",
         "min",  "max", "p50",     "p90",    "p95", "p99",     "p999",   "var",    "cv",
         "mode", "iqr", "mad",     "p25",    "p75", "minimum", "maximum"});
    return std::find(words.begin(), words.end(), word) != words.end();
}

} // namespace assay::plan

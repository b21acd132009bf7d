#pragma once
// Small numbers written as words: "five prompts".
#include <cstddef>
#include <optional>
#include <string_view>

namespace assay::claims {

struct NumberWord {
    int value = 0;
    std::size_t end = 0; ///< behind it
};
/// The number word that stands at `at` as a whole word, where it counts something: two to twelve, and round ones. "One"
/// is more often a pronoun.
std::optional<NumberWord> number_word_at(std::string_view text, std::size_t at);

} // namespace assay::claims

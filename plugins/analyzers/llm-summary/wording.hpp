#pragma once
// Words for readers: names made harmless, units and metrics as people say them, errors by their class.
#include <assay/report_words.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace assay::narrative {

inline constexpr std::size_t most_name_characters = 80;

/// One line without control characters, at most 80 characters. Such text is data: whoever prints it escapes it.
std::string clean_name(std::string_view text);
/// One line without control characters, of any length.
std::string clean_line(std::string_view text, std::size_t most = SIZE_MAX);
/// The same for a prompt: backticks, angle brackets and braces are replaced too, so that no name can end a block, look
/// like markup, or like a placeholder.
std::string prompt_name(std::string_view text);

std::string lower(std::string_view text); ///< ASCII
bool contains(std::string_view text, std::string_view part);
/// An ASCII letter: what begins otherwise might be read as a number.
bool begins_with_letter(std::string_view text);

/// Letters and digits between whatever else, lower case.
std::vector<std::string> words_of(std::string_view text);

/// "{token}/s" is "tokens/s", "By" is "bytes"; empty for no unit.
std::string unit_text(std::string_view ucum);
/// "295 tokens/s", "5.4 %".
std::string with_unit(std::string_view display, std::string_view ucum);

/// "token rate", "time to first token", "load time"; the last part of the name where nothing is known of it.
std::string metric_label(std::string_view metric, std::string_view unit);

/// What went wrong, in two words: "no connection", "time-out"; empty where the text tells no class.
std::string error_class(std::string_view text);

/// "a", "a and b", "a, b and c"; beyond `most` "a, b and 3 more".
std::string listed(const std::vector<std::string>& items, std::size_t most = 4);

} // namespace assay::narrative

#pragma once
// Words of documents, columns and paths, brought to one form so that "Mean TTFT (warm)" meets `mean_ttft_s`.
#include <initializer_list>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace assay::claims {

bool is_digit(char c);
bool is_letter(char c);
bool is_word(char c); ///< letter, digit or underscore
std::string lower(std::string_view text);

/// Text with typographic marks brought to ASCII (dashes, quotes, approximation and comparison signs, blanks), and where
/// each of its bytes came from.
struct Plain {
    std::string text;
    std::vector<std::size_t> origin; ///< one more than bytes: the end
};
Plain plain(std::string_view text);

/// What a metric, or a sentence about one, speaks of: lower case, plural taken off, synonyms made one ("speed",
/// "throughput" and "tokens/s" are `rate`; "time to first token" is `ttft`).
std::vector<std::string> concepts(std::string_view text);
/// Same word, or one is the other's abbreviation: param and parameter, ctx and context.
bool alike(std::string_view a, std::string_view b);
bool holds(const std::vector<std::string>& words, std::string_view word);
/// Does a text hold one of these as a whole word?
bool says(const std::string& text, std::initializer_list<std::string_view> words);
/// Has a text one of the parts anywhere, in words or across them?
bool has_any(const std::string& text, std::initializer_list<std::string_view> parts);

/// Names that a text mentions: its words, lower case, whole and cut at each kind of joint (`gemma3:1b-it-qat` mentions
/// itself, gemma3, 1b-it-qat, 1b, it and qat).
std::set<std::string> mentions(std::string_view text);
/// The parts of a name that are to be mentioned for it to be meant; of a path, of its folders and stem.
std::vector<std::string> name_parts(std::string_view name, bool path);

/// Words of columns that say little of what is measured: "time", "count", "score".
bool says_little(std::string_view word);
/// Words that hold sentences together, of which no text is known: "after", "there", "which".
bool says_nothing(std::string_view word);
/// Words that say only what sort of quantity it is: "rate", "size".
bool is_scale(std::string_view word);

} // namespace assay::claims

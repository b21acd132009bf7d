#pragma once
#include "pipeline/source.hpp"
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// Mistakes in a pipeline: what, where, and what would have been right.
namespace assay::pipeline {

// Stable: a number is never given a second meaning.
enum class Code {
    syntax = 101,
    trailing_comma = 102,
    missing_comma = 103,
    duplicate_key = 104,
    bad_number = 105,
    bad_string = 106,
    bad_encoding = 107,
    too_deep = 108,
    unreadable_file = 109,
    unknown_key = 201,
    unknown_component = 202,
    unknown_option = 203,
    wrong_type = 204,
    out_of_range = 205,
    bad_choice = 206,
    missing_key = 207,
    duplicate_stage = 208,
    unknown_stage = 209,
    stage_cycle = 210,
    unmet_need = 211,
    ambiguous_need = 212,
    bad_glob = 213,
    empty_value = 214,
    same_output = 215,
    bad_pattern = 216,
    bad_name = 217,
    bad_condition = 218,
    base_missing = 301,
    base_cycle = 302,
    undefined_variable = 303,
    bad_variable = 304,
    bad_set = 305,
    nothing_to_remove = 306,
    bad_var = 307,
    unused_var = 308,
};

struct CodeInfo {
    Code code;
    std::string_view meaning;
};
// All codes in ascending order; the documentation lists them from here.
inline constexpr CodeInfo codes[] = {
    {Code::syntax, "the text is not JSON with comments"},
    {Code::trailing_comma, "a comma before a closing bracket"},
    {Code::missing_comma, "no comma between two values"},
    {Code::duplicate_key, "a key stands twice in one object"},
    {Code::bad_number, "a number that is malformed, not finite, or an integer beyond 64 bits"},
    {Code::bad_string, "an unclosed string, a bad escape or a control character"},
    {Code::bad_encoding, "bytes that are not UTF-8"},
    {Code::too_deep, "values nested too deeply"},
    {Code::unreadable_file, "the pipeline file cannot be read"},
    {Code::unknown_key, "a key the pipeline file does not have"},
    {Code::unknown_component, "no plugin offers a component of this kind and id"},
    {Code::unknown_option, "an option the component does not have"},
    {Code::wrong_type, "a value of another type than expected"},
    {Code::out_of_range, "a number below the minimum or above the maximum"},
    {Code::bad_choice, "a value that is none of the valid ones"},
    {Code::missing_key, "a key that must be there is not"},
    {Code::duplicate_stage, "two stages of one section have the same name"},
    {Code::unknown_stage, "'from' names no analyzer stage"},
    {Code::stage_cycle, "stages that wait for each other"},
    {Code::unmet_need, "a stage needs what no component provides"},
    {Code::ambiguous_need, "a stage needs what several stages provide"},
    {Code::bad_glob, "a glob that cannot match as written"},
    {Code::empty_value, "an empty text where one is needed"},
    {Code::same_output, "two renderers write to the same file"},
    {Code::bad_pattern, "a path pattern of a dimension that cannot be read"},
    {Code::bad_name, "a stage name with characters that names may not have"},
    {Code::bad_condition, "a condition on rows that cannot be read"},
    {Code::base_missing, "the file named by 'extends' cannot be read"},
    {Code::base_cycle, "files that extend each other"},
    {Code::undefined_variable, "a variable without value and without default"},
    {Code::bad_variable, "a variable reference that cannot be read"},
    {Code::bad_set, "--set names nothing that can be set"},
    {Code::nothing_to_remove, "'remove' names no stage of a base file"},
    {Code::bad_var, "--var is not NAME=VALUE"},
    {Code::unused_var, "--var gives a variable that the pipeline does not use"},
};
std::string text_of(Code); // "E203"

enum class Severity { warning, error };

// The line a mistake stands in, cut to a window and made printable: tabs expanded, control characters escaped.
struct Excerpt {
    std::string text;
    std::size_t caret = 0, width = 1; // terminal cells from the beginning of `text`
};

struct Problem {
    Severity severity = Severity::error;
    Code code = Code::syntax;
    std::string file;
    std::uint32_t line = 0, column = 0; // from 1, columns in code points; 0: the file as a whole
    std::size_t length = 0;             // code points
    std::string message;
    std::vector<std::string> suggestions; // nearest valid names, best first
    std::string choices_label;            // "options"
    std::vector<std::string> choices;     // all valid ones, where they can be listed
    Excerpt excerpt;                      // empty text where line is 0
};

Problem& report(std::vector<Problem>&, const Place&, Code, std::string message);

// Says what would have been valid: the list, and which of it are nearest to `given`.
void offer(Problem&, std::string_view given, std::string label, std::vector<std::string> choices);

// Those of `names` that `given` was probably meant to be, best first, at most three: a Damerau-Levenshtein distance
// (optimal string alignment) of at most a third of the length, letter case aside, or `given` is the beginning.
std::vector<std::string> nearest(std::string_view given, std::span<const std::string> names);

bool any_error(std::span<const Problem>);
// Those of `first` (the main file) first, then by file, line and column.
void sort_problems(std::vector<Problem>&, std::string_view first);

std::string render_text(const Problem&, bool colour = false);
std::string render_text(std::span<const Problem>, bool colour = false);
// A JSON array, indented, one object a problem; "line", "column" and "excerpt" are null where there are none.
std::string render_json(std::span<const Problem>);

} // namespace assay::pipeline

#include "claims/tex.hpp"
#include "claims/words.hpp"
#include <array>
#include <assay/cell.hpp>
#include <utility>

namespace assay::claims {

namespace {

constexpr std::size_t longest_formula = 120;

constexpr std::array<std::pair<std::string_view, std::string_view>, 14> commands{{{"pm", ", sd "},
                                                                                  {"times", "x"},
                                                                                  {"approx", "~"},
                                                                                  {"sim", "~"},
                                                                                  {"leq", "<"},
                                                                                  {"le", "<"},
                                                                                  {"geq", ">"},
                                                                                  {"ge", ">"},
                                                                                  {"mu", "u"},
                                                                                  {"textmu", "u"},
                                                                                  {"text", ""},
                                                                                  {"mathrm", ""},
                                                                                  {"emph", ""},
                                                                                  {"textbf", ""}}};

/// Behind the formula that begins with the dollar sign at `at`; 0 where it is money.
std::size_t end_of_math(std::string_view text, std::size_t at) {
    if (at + 1 >= text.size() || text[at + 1] == ' ' || text[at + 1] == '$') return 0;
    const auto close = text.find('$', at + 1);
    if (close == text.npos || close - at > longest_formula || text[close - 1] == ' ') return 0;
    return close + 1 < text.size() && is_digit(text[close + 1]) ? 0 : close;
}

std::optional<TexText> command_at(std::string_view text, std::size_t at) {
    std::size_t end = at + 1;
    while (end < text.size() && is_letter(text[end])) ++end;
    for (const auto& [name, plain] : commands)
        if (text.substr(at + 1, end - at - 1) == name) {
            if (end < text.size() && text[end] == ' ') ++end; // it only ends the command
            return TexText{end - at, plain};
        }
    return std::nullopt;
}

/// How many bytes the error bars, or the exponent, behind a number take: "100_{-4}^{+4}"; 0 where none begin. Powers of
/// ten belong to the number.
std::size_t script_at(std::string_view text, std::size_t at) {
    if (at == 0 || at + 1 >= text.size() || (text[at] != '_' && text[at] != '^') || text[at + 1] != '{') return 0;
    const bool number = is_digit(text[at - 1]), second = text[at - 1] == '}' && text[at] == '^';
    const bool ten = at > 1 && text.substr(at - 2, 2) == "10" && (at == 2 || !is_digit(text[at - 3]));
    if ((!number && !second) || (ten && text[at] == '^')) return 0;
    const auto close = text.find('}', at);
    return close == text.npos ? 0 : close + 1 - at;
}

} // namespace

std::optional<TexText> tex_at(std::string_view text, std::size_t at, std::size_t& math_end) {
    const char c = text[at];
    if (c == '$') {
        if (at == math_end && at > 0) return TexText{1, ""};
        math_end = end_of_math(text, at);
        return math_end > 0 ? std::optional{TexText{1, ""}} : std::nullopt;
    }
    const bool inside = at < math_end;
    const bool behind = math_end != 0 && at == math_end + 1;
    if (c == '\\' && (inside || behind || (at > 0 && text[at - 1] == ','))) return command_at(text, at);
    if (const auto script = inside ? script_at(text, at) : 0; script > 0 && at + script <= math_end)
        return TexText{script, ""};
    if (inside && (c == '{' || c == '}')) return TexText{1, ""};
    // A thin space, of which Markdown has taken the backslash.
    const char next = at + 1 < text.size() ? text[at + 1] : '\0';
    if ((inside || behind) && c == ',' && (is_letter(next) || next == '%' || next == '\\')) return TexText{1, " "};
    return std::nullopt;
}

std::vector<std::string> tex_cells(std::string_view line) {
    line = cell::trim(line);
    if (!line.ends_with('\\') || line.find(" & ") == line.npos) return {};
    while (line.ends_with('\\')) line.remove_suffix(1);
    std::vector<std::string> cells;
    for (std::size_t begin = 0;;) {
        const std::size_t end = line.find(" & ", begin);
        cells.emplace_back(cell::trim(line.substr(begin, end - begin)));
        if (end == line.npos) return cells;
        begin = end + 3;
    }
}

std::string_view tex_caption(std::string_view line) {
    constexpr std::string_view mark = "\\caption{";
    const auto begin = line.find(mark);
    if (begin == line.npos) return {};
    line.remove_prefix(begin + mark.size());
    return line.substr(0, line.rfind('}'));
}

} // namespace assay::claims

#include "escape.hpp"
#include <algorithm>
#include <assay/visible_text.hpp>

namespace assay::markdown {
namespace {

bool is_alnum(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

bool is_punctuation(char c) { return c > ' ' && c < 0x7F && !is_alnum(c); }

/// A run of underscores between letters or digits opens and closes nothing (CommonMark 6.2, rules 2 and 4).
bool is_intraword(std::string_view text, std::size_t at) {
    const std::size_t before = text.find_last_not_of('_', at), after = text.find_first_not_of('_', at);
    return before != std::string_view::npos && after != std::string_view::npos && is_alnum(text[before]) &&
           is_alnum(text[after]);
}

/// Position of what would make a heading, a list, a rule or an underline of a line.
std::size_t block_mark(std::string_view text) {
    if (text.empty()) return std::string_view::npos;
    if (text.front() == '#' || text.front() == '+' || text.front() == '-' || text.front() == '=') return 0;
    const std::size_t end = text.find_first_not_of("0123456789");
    const bool numbered = end != std::string_view::npos && end > 0 && (text[end] == '.' || text[end] == ')') &&
                          (end + 1 == text.size() || text[end + 1] == ' ');
    return numbered ? end : std::string_view::npos;
}

bool acts_inline(std::string_view text, std::size_t at) {
    switch (text[at]) {
    case '\\': return at + 1 == text.size() || is_punctuation(text[at + 1]); // else it stands for itself
    case '`':
    case '*':
    case '[':
    case ']':
    case '<':
    case '>':
    case '|':
    case '~':
    case '$': return true;
    case '_': return !is_intraword(text, at);
    case '&': return at + 1 < text.size() && (is_alnum(text[at + 1]) || text[at + 1] == '#');
    default: return false;
    }
}

std::size_t longest_run(std::string_view text, char wanted) {
    std::size_t longest = 0, run = 0;
    for (const char c : text) {
        run = c == wanted ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    return longest;
}

constexpr std::size_t nowhere = std::string_view::npos;

std::string escaped(std::string_view shown, std::size_t block_mark) {
    std::string out;
    for (std::size_t i = 0; i < shown.size(); ++i) {
        const bool edge = i == 0 || i + 1 == shown.size();
        if (edge && shown[i] == ' ') {
            out += "&#32;"; // a blank at the edge would be dropped, and four would make a code block
            continue;
        }
        if (i == block_mark || acts_inline(shown, i)) out += '\\';
        out += shown[i];
    }
    return out;
}

} // namespace

std::string text(std::string_view plain) { return escaped(visible(plain), nowhere); }

std::string line(std::string_view plain) {
    const std::string shown = visible(plain);
    return escaped(shown, block_mark(shown));
}

std::string code(std::string_view plain) {
    const std::string shown = visible(plain);
    // A pipe ends a table cell even in a code span, and there is no escape for it that all readers agree on.
    if (shown.empty() || shown.find('|') != std::string::npos) return text(plain);
    const std::string fence(longest_run(shown, '`') + 1, '`');
    const bool pad = shown.front() == '`' || shown.back() == '`' ||
                     (shown.front() == ' ' && shown.back() == ' ' && shown.find_first_not_of(' ') != std::string::npos);
    const std::string_view space = pad ? " " : "";
    return fence + std::string{space} + shown + std::string{space} + fence;
}

} // namespace assay::markdown

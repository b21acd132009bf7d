#include "pipeline/diagnostic.hpp"
#include <algorithm>
#include <array>
#include <assay/cell.hpp>
#include <assay/visible_text.hpp>
#include <nlohmann/json.hpp>
#include <tuple>

namespace assay::pipeline {
namespace {

constexpr std::size_t cells_before = 60, cells_after = 50; // of the caret, in an excerpt
constexpr std::size_t listed_choices = 12;                 // in text; JSON has all

// Appends one code point made visible; answers its terminal cells.
std::size_t append_visible(std::string& out, std::string_view text, std::size_t at, const CodePoint& point) {
    static const DisplayWidth width;
    if (point.valid && !is_hidden(point.value)) {
        out.append(text, at, point.length);
        return width.of(point.value);
    }
    const std::size_t before = out.size();
    append_escaped(out, point);
    return out.size() - before;
}

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

// Looks no further than the window, so that a line of any length costs the same.
Excerpt excerpt_of(const Place& place) {
    const std::string_view text = place.source->text;
    std::size_t from = place.offset, back = 0;
    while (from > 0 && text[from - 1] != '\n' && back < cells_before) {
        --from;
        while (from > 0 && is_continuation(text[from]) && place.offset - from < 4 * cells_before) --from;
        ++back;
    }
    Excerpt excerpt;
    std::size_t cells = 0;
    if (from > 0 && text[from - 1] != '\n') {
        excerpt.text = "...";
        cells = 3;
    } else if (from == 0 && text.starts_with("\xEF\xBB\xBF")) {
        from = 3;
    }
    std::size_t behind = cells; // where the marked token ends
    excerpt.caret = cells;
    std::size_t at = from;
    for (;
         at < text.size() && text[at] != '\n' && !(text[at] == '\r' && at + 1 < text.size() && text[at + 1] == '\n');) {
        if (at >= place.offset && cells >= excerpt.caret + cells_after) {
            excerpt.text += "...";
            break;
        }
        const CodePoint point = code_point(text, at);
        std::size_t width = 0;
        if (text[at] == '\t') {
            width = 4 - cells % 4;
            excerpt.text.append(width, ' ');
        } else {
            width = append_visible(excerpt.text, text, at, point);
        }
        cells += width;
        at += point.length;
        if (at <= place.offset) excerpt.caret = cells;
        if (at <= place.offset + place.length) behind = cells;
    }
    excerpt.width = std::max<std::size_t>(1, behind > excerpt.caret ? behind - excerpt.caret : 1);
    return excerpt;
}

std::size_t code_points(std::string_view text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return !is_continuation(c); }));
}

// Optimal string alignment: edits are insertion, deletion, substitution and transposition of neighbours.
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before_last(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const bool same = cell::lower(a[i - 1]) == cell::lower(b[j - 1]);
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0U : 1U)});
            if (i > 1 && j > 1 && cell::lower(a[i - 1]) == cell::lower(b[j - 2]) &&
                cell::lower(a[i - 2]) == cell::lower(b[j - 1])) {
                row[j] = std::min(row[j], before_last[j - 2] + 1);
            }
        }
        before_last.swap(last);
        last.swap(row);
    }
    return last[b.size()];
}

bool begins_with(std::string_view name, std::string_view beginning) {
    return name.size() >= beginning.size() &&
           std::equal(beginning.begin(), beginning.end(), name.begin(),
                      [](char a, char b) { return cell::lower(a) == cell::lower(b); });
}

std::string join(std::span<const std::string> names, std::size_t limit, std::string_view between,
                 std::string_view quote) {
    std::string text;
    for (std::size_t i = 0; i < std::min(limit, names.size()); ++i) {
        if (i > 0) text += between;
        text.append(quote).append(visible(names[i])).append(quote);
    }
    if (names.size() > limit) text += ", ...";
    return text;
}

std::string hint_of(const Problem& problem) {
    std::string hint;
    if (!problem.suggestions.empty()) hint = "did you mean " + join(problem.suggestions, 3, " or ", "'") + "?";
    if (!problem.choices.empty()) {
        if (!hint.empty()) hint += "   ";
        hint += problem.choices_label + ": " + join(problem.choices, listed_choices, ", ", "");
    }
    return hint;
}

} // namespace

std::string text_of(Code code) { return "E" + std::to_string(static_cast<int>(code)); }

Problem& report(std::vector<Problem>& problems, const Place& place, Code code, std::string message) {
    Problem problem;
    problem.code = code;
    problem.message = std::move(message);
    if (place.source) problem.file = place.source->name;
    if (place.source && place.line > 0) {
        const std::string_view text = place.source->text;
        problem.line = place.line;
        problem.column = place.column;
        problem.length = code_points(text.substr(std::min(place.offset, text.size()), place.length));
        problem.excerpt = excerpt_of(place);
    }
    return problems.emplace_back(std::move(problem));
}

void offer(Problem& problem, std::string_view given, std::string label, std::vector<std::string> choices) {
    problem.suggestions = nearest(given, choices);
    problem.choices_label = std::move(label);
    problem.choices = std::move(choices);
}

std::vector<std::string> nearest(std::string_view given, std::span<const std::string> names) {
    constexpr std::size_t longest = 64; // beyond this it is no misspelt name
    std::vector<std::pair<std::size_t, std::string>> found;
    if (given.size() > longest) return {};
    for (const std::string& name : names) {
        if (name.empty() || name.size() > longest || name == given) continue;
        const std::size_t edits = distance(given, name);
        if (edits <= std::max<std::size_t>(1, std::max(given.size(), name.size()) / 3) && edits < name.size()) {
            found.emplace_back(edits, name);
        } else if (given.size() >= 3 && begins_with(name, given)) {
            found.emplace_back(longest, name);
        }
    }
    std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<std::string> best;
    for (const auto& [edits, name] : found) {
        if (edits == found.front().first && best.size() < 3) best.push_back(name);
    }
    return best;
}

bool any_error(std::span<const Problem> problems) {
    return std::any_of(problems.begin(), problems.end(),
                       [](const Problem& p) { return p.severity == Severity::error; });
}

void sort_problems(std::vector<Problem>& problems, std::string_view first) {
    const auto order = [first](const Problem& p) { return std::tuple(p.file != first, p.file, p.line, p.column); };
    std::stable_sort(problems.begin(), problems.end(),
                     [&](const Problem& a, const Problem& b) { return order(a) < order(b); });
}

std::string render_text(const Problem& problem, bool colour) {
    const auto paint = [colour](const char* style, const std::string& text) {
        return colour ? std::string("\x1b[") + style + "m" + text + "\x1b[0m" : text;
    };
    const bool error = problem.severity == Severity::error;
    std::string where = visible(problem.file);
    if (problem.line > 0) where += ":" + std::to_string(problem.line) + ":" + std::to_string(problem.column);
    const std::string word = std::string(error ? "error[" : "warning[") + text_of(problem.code) + "]:";
    std::string out =
        paint("1", where + ":") + " " + paint(error ? "1;31" : "1;33", word) + " " + visible(problem.message) + "\n";
    const std::string hint = hint_of(problem);
    std::string number = problem.line > 0 ? std::to_string(problem.line) : "";
    if (number.size() < 4) number.insert(0, 4 - number.size(), ' ');
    const std::string margin(number.size(), ' ');
    if (problem.line > 0) {
        out += number + " | " + problem.excerpt.text + "\n";
        out += margin + " | " + std::string(problem.excerpt.caret, ' ') +
               paint(error ? "1;31" : "1;33", std::string(problem.excerpt.width, '^')) +
               (hint.empty() ? "" : " " + hint) + "\n";
    } else if (!hint.empty()) {
        out += margin + " | " + hint + "\n";
    }
    return out;
}

std::string render_text(std::span<const Problem> problems, bool colour) {
    std::string out;
    for (const Problem& problem : problems) out += render_text(problem, colour);
    return out;
}

std::string render_json(std::span<const Problem> problems) {
    using nlohmann::ordered_json;
    ordered_json list = ordered_json::array();
    for (const Problem& p : problems) {
        const bool placed = p.line > 0;
        list.push_back({{"severity", p.severity == Severity::error ? "error" : "warning"},
                        {"code", text_of(p.code)},
                        {"file", p.file},
                        {"line", placed ? ordered_json(p.line) : ordered_json()},
                        {"column", placed ? ordered_json(p.column) : ordered_json()},
                        {"length", placed ? ordered_json(p.length) : ordered_json()},
                        {"message", p.message},
                        {"suggestions", p.suggestions},
                        {"choices_label", p.choices.empty() ? ordered_json() : ordered_json(p.choices_label)},
                        {"choices", p.choices},
                        {"excerpt", placed ? ordered_json(p.excerpt.text) : ordered_json()}});
    }
    return list.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

} // namespace assay::pipeline

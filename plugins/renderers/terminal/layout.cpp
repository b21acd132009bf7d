#include "layout.hpp"
#include <algorithm>
#include <array>
#include <assay/short_labels.hpp>
#include <numeric>

namespace assay::terminal {
namespace {

constexpr std::size_t gap = 2;            ///< between columns of a table
constexpr std::size_t short_enough = 16;  ///< a text is not shortened by what it has in common with others
constexpr std::size_t narrowest_text = 8; ///< a text column is not cut below this

struct Likeness {
    char32_t from;
    std::string_view ascii;
};
/// Signs that reports use, as near as ASCII comes.
constexpr std::array<Likeness, 31> likenesses{
    {{0x00A0, " "},   {0x00B0, "deg"}, {0x00B1, "+-"}, {0x00B2, "^2"}, {0x00B3, "^3"}, {0x00B5, "u"},  {0x00B7, "."},
     {0x00D7, "x"},   {0x0394, "d"},   {0x03BC, "u"},  {0x03C3, "sd"}, {0x2010, "-"},  {0x2011, "-"},  {0x2012, "-"},
     {0x2013, "-"},   {0x2014, "-"},   {0x2018, "'"},  {0x2019, "'"},  {0x201C, "\""}, {0x201D, "\""}, {0x2022, "*"},
     {0x2026, "..."}, {0x2192, "->"},  {0x2212, "-"},  {0x2248, "~"},  {0x2260, "!="}, {0x2264, "<="}, {0x2265, ">="},
     {0x25B2, "!"},   {0x25E6, "o"},   {0x2716, "x"}}};

void append_ascii(std::string& out, CodePoint c) {
    const auto found =
        std::find_if(likenesses.begin(), likenesses.end(), [&](const Likeness& l) { return l.from == c.value; });
    if (found != likenesses.end())
        out += found->ascii;
    else
        append_escaped(out, c);
}

/// What stands behind the last full stop, where that looks like a sentence; else nothing.
std::string last_sentence(std::string_view text) {
    const auto stop = text.rfind(". ");
    if (stop == std::string_view::npos) return {};
    const std::string_view last = text.substr(stop + 2);
    const bool begins = !last.empty() && last.front() >= 'A' && last.front() <= 'Z';
    return begins && last.size() >= 10 ? std::string{last} : std::string{};
}

/// Takes away the last clause, or the last word where clauses are long.
void cut_clause(std::string& text) {
    std::size_t clause = std::string::npos;
    for (const std::string_view mark : {", ", ": ", "; ", ". "}) {
        const auto at = text.rfind(mark);
        if (at != std::string::npos && (clause == std::string::npos || at > clause)) clause = at;
    }
    const auto word = text.rfind(' ');
    if (clause != std::string::npos && 6 * clause >= 5 * text.size())
        text.resize(clause);
    else
        text.resize(word == std::string::npos ? text.size() / 2 : word);
    if (const auto open = text.rfind('('); open != std::string::npos && text.find(')', open) == std::string::npos)
        text.resize(open);
    while (!text.empty() && (text.back() == ' ' || text.back() == ',' || text.back() == ':' || text.back() == '.'))
        text.pop_back();
}

std::size_t sum(const std::vector<std::size_t>& widths) {
    return std::accumulate(widths.begin(), widths.end(), std::size_t{0}) +
           (widths.empty() ? 0 : gap * (widths.size() - 1));
}

} // namespace

std::string Layout::shown(std::string_view text) const {
    std::string safe = visible(text);
    if (!ascii_) return safe;
    std::string out;
    for (std::size_t i = 0; i < safe.size();) {
        const CodePoint c = code_point(safe, i);
        if (c.value < 0x80)
            out += safe[i];
        else
            append_ascii(out, c);
        i += c.length;
    }
    return out;
}

std::string Layout::fitted(const std::string& shown, std::size_t width) const {
    if (display_.of(shown) <= width) return shown;
    const std::string mark = ellipsis();
    const std::size_t mark_width = display_.of(mark);
    if (width <= mark_width) return mark.substr(0, ascii_ ? width : width == 0 ? 0 : mark.size());
    std::size_t used = 0, end = 0;
    while (end < shown.size()) {
        const CodePoint c = code_point(shown, end);
        const std::size_t next = display_.of(c.value);
        if (used + next > width - mark_width) break;
        used += next;
        end += c.length;
    }
    return shown.substr(0, end) + mark;
}

std::string Layout::padded(const std::string& shown, std::size_t width, bool right) const {
    const std::string text = fitted(shown, width);
    const std::string space(width - std::min(width, display_.of(text)), ' ');
    return right ? space + text : text + space;
}

void Layout::wrap(Lines& out, const std::string& shown, const std::string& bullet, Style style) const {
    const std::size_t indent = display_.of(bullet);
    const std::size_t room = width_ > indent + 1 ? width_ - indent : 1;
    std::string line = bullet;
    std::size_t used = 0;
    for (std::size_t at = 0; at < shown.size();) {
        const std::size_t end = std::min(shown.find(' ', at), shown.size());
        const std::string word = fitted(shown.substr(at, end - at), room);
        const std::size_t word_width = display_.of(word);
        if (used > 0 && used + 1 + word_width > room) {
            out.push_back({line, style});
            line.assign(indent, ' ');
            used = 0;
        }
        if (!word.empty()) {
            line += (used > 0 ? " " : "") + word;
            used += word_width + (used > 0 ? 1 : 0);
        }
        at = end + 1;
    }
    if (used > 0) out.push_back({line, style});
}

void Layout::wrap_short(Lines& out, std::string_view text, const std::string& bullet, Style style,
                        std::size_t most) const {
    const auto lines_of = [&](const std::string& shortened) {
        Lines lines;
        wrap(lines, shown(shortened), bullet, style);
        return lines;
    };
    // A character takes at most four bytes; two columns more or less do not matter here.
    const std::size_t enough = 4 * width_ * (most + 1);
    std::string head{text};
    Lines lines = text.size() > enough ? Lines{} : lines_of(head);
    if (text.size() > enough || lines.size() > most) {
        std::string tail = most > 1 ? last_sentence(text) : "";
        head.resize(head.size() - tail.size());
        const std::size_t room = width_ * (most - 1) * 9 / 10; // for the tail: at least a line is the head's
        if (tail.size() > room) {
            while (tail.size() > room) cut_clause(tail);
            tail += ellipsis();
        }
        head.resize(std::min(head.size(), enough));
        do {
            cut_clause(head);
            lines = lines_of(head + ellipsis() + (tail.empty() ? "" : " " + tail));
        } while (lines.size() > most && !head.empty());
    }
    out.insert(out.end(), lines.begin(), lines.end());
}

std::vector<std::size_t> Layout::column_widths(const SectionTable& shown, std::size_t columns) const {
    // What a row is called outranks its last figures, where there is room for both.
    constexpr std::size_t roomy = 60;
    const auto narrowest = [&](std::size_t i) { return i == 0 && width_ >= roomy ? width_ / 3 : narrowest_text; };
    std::vector<std::size_t> widths;
    for (std::size_t i = 0; i < columns; ++i) {
        std::size_t width = display_.of(shown.columns[i].title);
        for (const auto& row : shown.rows) width = std::max(width, display_.of(row[i].text));
        widths.push_back(width);
    }
    for (std::size_t total = sum(widths); total > width_; total = sum(widths)) {
        std::size_t widest = columns;
        for (std::size_t i = 0; i < columns; ++i)
            if (!shown.columns[i].number && widths[i] > narrowest(i) &&
                (widest == columns || widths[i] > widths[widest]))
                widest = i;
        if (widest == columns) break;
        widths[widest] = std::max(narrowest(widest), widths[widest] - std::min(widths[widest], total - width_));
    }
    return widths;
}

void Layout::shorten(SectionTable& shown, std::size_t column, std::size_t width) const {
    std::vector<std::string> labels;
    for (const auto& row : shown.rows) labels.push_back(row[column].text);
    // One alone is known by how it begins, and so is a sentence; and bytes are columns only of plain texts.
    const bool plain = std::all_of(labels.begin(), labels.end(), [&](const std::string& label) {
        return display_.of(label) == label.size() && label.find(' ') == label.npos;
    });
    if (labels.size() < 2 || !plain) return;
    // A date or a short name is read as a whole.
    if (std::all_of(labels.begin(), labels.end(), [](const auto& label) { return label.size() <= short_enough; }))
        return;
    // The mark takes one column, and more bytes.
    const std::string mark = ascii_ ? ellipsis() : "\x01";
    labels = without_common_ends(std::move(labels), width, mark);
    for (std::size_t i = 0; i < labels.size(); ++i) {
        std::string& text = shown.rows[i][column].text = labels[i];
        for (std::size_t at = 0; !ascii_ && (at = text.find('\x01', at)) != std::string::npos;)
            text.replace(at, 1, ellipsis());
    }
}

void Layout::table(Lines& out, const SectionTable& table, bool name_left_out) const {
    if (table.columns.empty()) return;
    SectionTable all = table;
    for (auto& column : all.columns) column.title = shown(column.title);
    for (auto& row : all.rows)
        for (auto& cell : row) cell.text = shown(cell.text);
    std::size_t columns = all.columns.size();
    const std::vector<std::size_t> first = column_widths(all, columns);
    for (std::size_t i = 0; i < columns; ++i)
        if (!all.columns[i].number) shorten(all, i, first[i]);
    std::vector<std::size_t> widths = column_widths(all, columns);
    while (columns > 1 && sum(widths) > width_) widths = column_widths(all, --columns);
    widths.front() = std::min(widths.front(), width_);

    const auto add = [&](const auto& text_of, Style style) {
        std::string line;
        for (std::size_t i = 0; i < columns; ++i)
            line += (i > 0 ? std::string(gap, ' ') : "") + padded(text_of(i), widths[i], all.columns[i].number);
        line.erase(line.find_last_not_of(' ') + 1);
        out.push_back({line, style});
    };
    add([&](std::size_t i) { return all.columns[i].title; }, Style::faint);
    for (const auto& row : all.rows) add([&](std::size_t i) { return row[i].text; }, Style::plain);
    if (!name_left_out) return;
    std::string missing;
    for (std::size_t i = columns; i < all.columns.size(); ++i)
        missing += (missing.empty() ? "" : ", ") + all.columns[i].title;
    if (!missing.empty()) wrap(out, "not shown: " + missing, "  ", Style::faint);
}

} // namespace assay::terminal

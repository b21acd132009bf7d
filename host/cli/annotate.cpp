#include "cli/annotate.hpp"
#include <algorithm>
#include <array>
#include <assay/visible_text.hpp>
#include <map>
#include <ostream>

namespace assay::cli {

namespace {

struct Style {
    const char* status;
    const char* mark;
    const char* colour;
};
constexpr std::array<Style, 4> styles{{{"supported", "✔", "\x1b[32m"},
                                       {"contradicted", "✖", "\x1b[1;31m"},
                                       {"unsupported", "?", "\x1b[33m"},
                                       {"not_checkable", "·", "\x1b[2m"}}};

const Style& style_of(const std::string& status) {
    for (const Style& style : styles)
        if (status == style.status) return style;
    return styles.back();
}

bool is_wrong(const Marked& m) { return m.status == "contradicted" || m.status == "unsupported"; }

std::string spaced(std::string text) {
    std::replace(text.begin(), text.end(), '_', ' ');
    return text;
}

/// Lines without their ends.
std::vector<std::string> lines_of(const std::string& document) {
    std::vector<std::string> lines;
    for (std::size_t begin = 0; begin < document.size();) {
        std::size_t end = document.find_first_of("\r\n", begin);
        if (end == document.npos) end = document.size();
        lines.push_back(document.substr(begin, end - begin));
        begin = end + (document.compare(end, 2, "\r\n") == 0 ? 2 : 1);
    }
    return lines;
}

std::map<std::uint64_t, std::vector<const Marked*>> by_line(const std::vector<Marked>& all) {
    std::map<std::uint64_t, std::vector<const Marked*>> lines;
    for (const Marked& m : all) lines[m.line].push_back(&m);
    return lines;
}

bool is_word(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

/// Where the text stands by itself, not as a part of a name or of a longer number; else where it stands at all.
std::size_t find_claim(const std::string& line, const std::string& text, std::size_t from) {
    for (std::size_t at = line.find(text, from); at != line.npos; at = line.find(text, at + 1)) {
        const std::size_t end = at + text.size();
        const bool begins = at == 0 || !is_word(text.front()) || !is_word(line[at - 1]);
        const bool ends = end == line.size() || !is_word(text.back()) || !is_word(line[end]);
        if (begins && ends) return at;
    }
    return line.find(text, from);
}

/// A line with marks behind the numbers found in it; one that cannot be found again, markup being in between, is not
/// marked here.
std::string with_marks(const std::string& line, const std::vector<const Marked*>& claims, bool colour) {
    std::string out;
    std::size_t at = 0;
    for (const Marked* m : claims) {
        const std::size_t found = m->text.empty() ? line.npos : find_claim(line, m->text, at);
        if (found == line.npos) continue;
        const Style& style = style_of(m->status);
        out += visible(line.substr(at, found - at));
        if (colour) out += style.colour;
        out += visible(m->text) + style.mark;
        if (colour) out += "\x1b[0m";
        at = found + m->text.size();
    }
    return out + visible(line.substr(at));
}

/// Text that Markdown takes as it stands.
std::string escaped(const std::string& text) {
    std::string out;
    for (const char c : visible(text)) {
        if (std::string_view{"\\`*_{}[]<>#|!&~"}.find(c) != std::string_view::npos) out += '\\';
        out += c;
    }
    return out;
}

} // namespace

std::uint64_t Tally::of(const std::string& status) const {
    for (const auto& [name, count] : counts)
        if (name == status) return count;
    return 0;
}

std::string Tally::sentence() const {
    std::uint64_t all = 0;
    std::string list;
    for (const auto& [name, count] : counts) {
        all += count;
        if (count > 0) list += (list.empty() ? "" : ", ") + std::to_string(count) + " " + spaced(name);
    }
    return std::to_string(all) + (all == 1 ? " claim" : " claims") + (list.empty() ? "" : ": " + list) + ".";
}

Tally count(const std::vector<Marked>& all) {
    Tally tally;
    for (const Style& style : styles)
        tally.counts.emplace_back(style.status, std::count_if(all.begin(), all.end(), [&](const Marked& m) {
                                      return m.status == style.status;
                                  }));
    return tally;
}

void print_text(std::ostream& out, const std::string& document, const std::vector<Marked>& all, const Tally& tally,
                bool colour) {
    const auto claims = by_line(all);
    const auto lines = lines_of(document);
    const std::size_t width = std::to_string(lines.size()).size();
    for (std::size_t i = 0; i < lines.size(); ++i) {
        std::string number = std::to_string(i + 1);
        number.insert(0, width - number.size(), ' ');
        const auto found = claims.find(i + 1);
        if (found == claims.end()) {
            out << number << "  " << visible(lines[i]) << "\n";
            continue;
        }
        out << number << "  " << with_marks(lines[i], found->second, colour) << "\n";
        for (const Marked* m : found->second)
            if (is_wrong(*m))
                out << std::string(width, ' ') << "    " << (colour ? style_of(m->status).colour : "")
                    << style_of(m->status).mark << " " << visible(m->text) << ": " << m->status << "; "
                    << visible(m->reason) << (colour ? "\x1b[0m" : "") << "\n";
    }
    out << "\n" << tally.sentence() << "\n";
}

void print_markdown(std::ostream& out, const std::string& document, const std::vector<Marked>& all,
                    const Tally& tally) {
    const auto claims = by_line(all);
    const auto lines = lines_of(document);
    std::string notes;
    std::size_t number = 0;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        std::string line = lines[i];
        const auto found = claims.find(i + 1);
        std::string marks;
        if (found != claims.end())
            for (const Marked* m : found->second)
                if (is_wrong(*m)) {
                    const std::string name = "assay-" + std::to_string(++number);
                    marks += "[^" + name + "]";
                    notes += "[^" + name + "]: " + style_of(m->status).mark + " line " + std::to_string(m->line) +
                             ", " + escaped(m->text) + ": **" + m->status + "**; " + escaped(m->reason) + "\n";
                }
        // Inside a table's last cell, else at the end; blanks at the end are a line break.
        std::size_t end = line.find_last_not_of(" \t");
        end = end == line.npos ? line.size() : end + 1;
        if (end > 1 && line[end - 1] == '|') --end;
        if (!marks.empty()) line.insert(end, (end > 0 && line[end - 1] != ' ' ? " " : "") + marks);
        out << line << "\n";
    }
    out << "\n---\n\n*Held against the data by assay: " << tally.sentence() << "*\n";
    if (!notes.empty()) out << "\n" << notes;
}

void print_table(std::ostream& out, const std::vector<Marked>& all, const Tally& tally, bool colour) {
    const DisplayWidth width;
    std::size_t text_width = 5;
    for (const Marked& m : all) text_width = std::max(text_width, std::min<std::size_t>(width.of(visible(m.text)), 30));
    for (const Marked& m : all) {
        std::string line = std::to_string(m.line), text = visible(m.text);
        line.insert(0, line.size() < 6 ? 6 - line.size() : 0, ' ');
        const std::size_t taken = width.of(text);
        if (taken < text_width) text.append(text_width - taken, ' ');
        const Style& style = style_of(m.status);
        std::string status = m.status;
        status.resize(std::max<std::size_t>(status.size(), 13), ' ');
        out << line << "  " << text << "  " << (colour ? style.colour : "") << status << (colour ? "\x1b[0m" : "")
            << "  " << visible(m.reason) << "\n";
    }
    out << tally.sentence() << "\n";
}

} // namespace assay::cli

#include "not_a_table.hpp"
#include <algorithm>
#include <array>
#include <assay/cell.hpp>

namespace assay::csv {
namespace {

std::string_view after_space(std::string_view text) {
    while (!text.empty() && cell::is_space(text.front())) text.remove_prefix(1);
    return text;
}

bool starts(std::string_view text, std::string_view with) { return text.substr(0, with.size()) == with; }

bool is_json(std::string_view text) {
    if (text.empty() || (text.front() != '{' && text.front() != '[')) return false;
    const char open = text.front();
    const std::string_view next = after_space(text.substr(1));
    if (next.empty()) return false;
    if (open == '{') return next.front() == '"' || next.front() == '}';
    return std::string_view{"[{]\"-0123456789"}.find(next.front()) != std::string_view::npos || starts(next, "true") ||
           starts(next, "false") || starts(next, "null");
}

bool is_markup(std::string_view text) {
    if (text.size() < 2 || text.front() != '<') return false;
    const char next = cell::lower(text[1]);
    return next == '!' || next == '?' || (next >= 'a' && next <= 'z' && text.find('>') != text.npos);
}

/// A pipe table's second line: "|---|:-:|".
bool is_rule(std::string_view line) {
    line = cell::trim(line);
    return line.find("---") != line.npos && line.find('|') != line.npos &&
           std::all_of(line.begin(), line.end(), [](char c) { return c == '|' || c == '-' || c == ':' || c == ' '; });
}

bool is_markdown(std::string_view text) {
    for (int line = 0; line < 200 && !text.empty(); ++line) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        if (is_rule(text.substr(0, end)) || starts(text, "```")) return true;
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return false;
}

struct Phrase {
    std::string_view words, kind;
    bool at_start;
};

constexpr std::array phrases{Phrase{"==error==", "an error message", true},
                             Phrase{"traceback (most recent call last)", "a Python traceback", false},
                             Phrase{"error:", "an error message", true},
                             Phrase{"fatal:", "an error message", true},
                             Phrase{"http/1.", "an HTTP response", true},
                             Phrase{"command not found", "an error message", false},
                             Phrase{"no such file or directory", "an error message", false},
                             Phrase{"permission denied", "an error message", false},
                             Phrase{"segmentation fault", "an error message", false},
                             Phrase{"is not recognized as an internal or external command", "an error message", false}};

std::string_view message_kind(std::string_view text) {
    std::string start{text.substr(0, 1000)};
    std::transform(start.begin(), start.end(), start.begin(), cell::lower);
    for (const Phrase& phrase : phrases) {
        const std::size_t at = start.find(phrase.words);
        if (at == 0 || (at != start.npos && !phrase.at_start)) return phrase.kind;
    }
    return "";
}

/// Mostly sentences, where a column of values or names should be.
bool is_prose(const Rows& rows) {
    std::size_t wordy = 0;
    for (const auto& row : rows) wordy += std::count(row[0].begin(), row[0].end(), ' ') >= 3 ? 1U : 0U;
    return 2 * wordy > rows.size();
}

} // namespace

std::string_view other_kind(std::string_view text) {
    text = after_space(text);
    if (is_json(text)) return "JSON";
    if (is_markup(text)) return "HTML or XML";
    return is_markdown(text) ? "Markdown" : "";
}

std::string reason_against(std::string_view text, bool complete, const Reading& reading) {
    const std::string_view other = other_kind(text);
    if (!other.empty()) return "it looks like " + std::string{other};
    const bool may_be_message = !reading.is_table() || reading.records < 5;
    const std::string_view message = may_be_message ? message_kind(after_space(text)) : "";
    if (!message.empty()) return "it looks like " + std::string{message};
    if (reading.is_table()) return "";
    if (reading.records == 0) return "it holds messages only";
    if (reading.fields > 1) return "no delimiter gives records of equal length";
    return is_prose(read_rows(text, complete, reading, 128)) ? "it looks like prose" : "";
}

std::string excerpt(std::string_view text) {
    std::string clean;
    int characters = 0;
    for (const char c : after_space(text)) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '\n' || c == '\r') break;
        if (byte < 0x20 || byte == 0x7F) continue;
        if ((byte & 0xC0U) != 0x80 && ++characters > 80) break;
        clean += c;
    }
    return clean;
}

} // namespace assay::csv

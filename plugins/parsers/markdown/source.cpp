#include "source.hpp"
#include <algorithm>
#include <assay/cell.hpp>
#include <assay/utf8.hpp>

namespace assay::markdown {

namespace {

bool is_end(char c) { return c == '\n' || c == '\r'; }

} // namespace

bool repair(std::string_view text, Repaired& out) {
    Repaired found;
    std::size_t good = 0;
    for (std::size_t i = 0; i < text.size();) {
        if (const std::size_t length = utf8_length(text, i)) {
            i += length;
            continue;
        }
        if (found.bad_bytes++ == 0) found.first_bad = i;
        found.text.append(text.substr(good, i - good)).append("\xEF\xBF\xBD");
        good = ++i;
    }
    if (found.bad_bytes == 0) return false;
    found.text.append(text.substr(good));
    out = std::move(found);
    return true;
}

Lines::Lines(std::string_view text) : text_{text} {
    for (std::size_t start = 0; start < text.size();) {
        starts_.push_back(start);
        // Not find_first_of: that is a call for each byte.
        std::size_t end = start;
        while (end < text.size() && !is_end(text[end])) ++end;
        if (end == text.size()) break;
        start = end + (text.substr(end, 2) == "\r\n" ? 2 : 1);
    }
}

std::string_view Lines::text(std::size_t line) const {
    const std::size_t start = starts_[line - 1], next = line < starts_.size() ? starts_[line] : text_.size();
    std::size_t end = next;
    while (end > start && is_end(text_[end - 1])) --end;
    return text_.substr(start, end - start);
}

std::size_t Lines::at(std::size_t offset) const {
    return static_cast<std::size_t>(std::upper_bound(starts_.begin(), starts_.end(), offset) - starts_.begin());
}

std::size_t front_matter(const Lines& lines) {
    if (lines.count() < 3) return 0;
    const std::string_view fence = cell::trim(lines.text(1));
    if (fence != "---" && fence != "+++") return 0;
    const char mark = fence == "---" ? ':' : '=';
    bool keys = false;
    for (std::size_t line = 2; line <= lines.count(); ++line) {
        const std::string_view text = cell::trim(lines.text(line));
        if (text == fence || (mark == ':' && text == "...")) return keys ? line : 0;
        keys = keys || text.find(mark) != text.npos;
    }
    return 0;
}

} // namespace assay::markdown

#include "dialect.hpp"
#include <algorithm>
#include <assay/cell.hpp>
#include <cstring>

namespace assay::csv {
namespace {

constexpr std::size_t sniffed_bytes = 32U << 10U;
constexpr std::size_t sniffed_records = 128;
constexpr std::string_view candidates = ",;\t|";

/// Whole lines from the front of `text`, about as many as sniffing looks at.
std::string_view head_of(std::string_view text, bool& complete) {
    if (text.size() <= sniffed_bytes) return text;
    std::size_t cut = sniffed_bytes;
    for (int lines = 0; lines < 4 && cut != text.npos; ++lines) cut = text.find('\n', cut + 1);
    if (cut == text.npos) return text;
    complete = false;
    return text.substr(0, cut + 1);
}

template <class Each> void for_records(std::string_view text, bool complete, const Dialect& dialect, Each each) {
    RecordReader reader{[&](char* out) {
                            const std::size_t count = std::min(text.size(), std::size_t{64} << 10U);
                            std::memcpy(out, text.data(), count);
                            text.remove_prefix(count);
                            return count;
                        },
                        std::min(text.size() + 1, std::size_t{64} << 10U)};
    reader.set(dialect);
    Record record;
    bool any = false;
    for (Step step = reader.next(record); step != Step::end; step = reader.next(record)) {
        if (step != Step::record) continue;
        if (!record.ended && !complete && any) break;
        any = true;
        if (!each(record)) break;
    }
}

/// Lines that are no records, at the front. Leaves the last comment's place for a header written as a comment.
struct Preamble {
    std::size_t bytes = 0, lines = 0;
    std::string_view first, last;
    std::size_t last_at = 0;
};

Preamble find_preamble(std::string_view text, char newline, std::string_view comment) {
    Preamble found;
    std::size_t at = 0, line_count = 0;
    while (at < text.size()) {
        const std::size_t end = std::min(text.find(newline, at), text.size());
        const std::string_view line = text.substr(at, end - at);
        const bool is_blank = cell::trim(line).empty();
        if (!is_blank && !is_message(line, comment)) break;
        const std::size_t next = std::min(end + 1, text.size());
        ++line_count;
        if (!is_blank) {
            if (found.first.empty()) found.first = cell::trim(line);
            found.last = line;
            found.last_at = at;
            found.bytes = next;
            found.lines = line_count;
        }
        at = next;
    }
    return found;
}

void count_fields(Reading& reading, std::string_view text, bool complete) {
    std::vector<std::size_t> counts;
    for_records(text, complete, reading.dialect, [&](const Record& record) {
        if (!is_message(record.raw(), "")) counts.push_back(record.count);
        return counts.size() < sniffed_records;
    });
    std::size_t best = 0;
    for (const std::size_t candidate : counts) {
        const auto times = static_cast<std::size_t>(std::count(counts.begin(), counts.end(), candidate));
        if (times > best) best = times, reading.fields = candidate;
    }
    // Titles above a table have no delimiters; then the commonest count among records with several cells is meant.
    const auto first = std::find(counts.begin(), counts.end(), reading.fields);
    const bool titles = std::all_of(counts.begin(), first, [](std::size_t count) { return count == 1; });
    reading.leading = titles && reading.fields > 1 ? static_cast<std::size_t>(first - counts.begin()) : 0;
    reading.agreeing = best;
    reading.records = counts.size() - reading.leading;
}

bool decimal_comma(std::string_view text) {
    text = cell::trim(text);
    if (!text.empty() && (text.front() == '-' || text.front() == '+')) text.remove_prefix(1);
    const std::size_t comma = text.find(',');
    if (comma == text.npos || comma == 0 || comma + 1 == text.size()) return false;
    for (std::size_t i = 0; i < text.size(); ++i)
        if (i != comma && !cell::is_digit(text[i])) return false;
    return true;
}

/// Cells that a reading by comma would cut: "1,5" between semicolons.
bool has_decimal_commas(std::string_view text, bool complete, const Reading& reading) {
    std::size_t with_comma = 0, decimal = 0;
    for (const auto& row : read_rows(text, complete, reading, 32))
        for (const auto& cell : row) {
            if (cell.find(',') == cell.npos) continue;
            ++with_comma;
            decimal += decimal_comma(cell) ? 1U : 0U;
        }
    return with_comma > 0 && 2 * decimal > with_comma;
}

/// Whether `a` is a better reading than `b`.
bool better(const Reading& a, const Reading& b) {
    if (a.is_table() != b.is_table()) return a.is_table();
    const double gain = a.share() - b.share();
    if (gain > 0.05 || gain < -0.05) return gain > 0;
    return a.fields > b.fields;
}

bool blank_after_delimiters(std::string_view text, bool complete, const Reading& reading) {
    // Most files have no cell that begins with a blank, which needs no rows to tell.
    const auto with_blank = [&](char before) {
        const char both[] = {before, ' '};
        return before != 0 && text.find({both, 2}) != text.npos;
    };
    if (!with_blank(reading.dialect.delimiter) && !with_blank(reading.dialect.quote)) return false;
    std::size_t cells = 0, spaced = 0;
    for (const auto& row : read_rows(text, complete, reading, 32))
        for (std::size_t i = 1; i < row.size(); ++i) {
            ++cells;
            spaced += !row[i].empty() && row[i].front() == ' ' ? 1U : 0U;
        }
    return cells > 0 && spaced * 10 >= cells * 9;
}

/// "#time,power" above numbers is a header, not a remark.
void header_in_comment(Reading& reading, const Preamble& preamble, std::string_view text, bool complete,
                       std::string_view comment) {
    if (!reading.is_table() || comment.empty() || preamble.last.substr(0, comment.size()) != comment) return;
    std::string_view line = preamble.last.substr(comment.size());
    const Rows header = read_rows(line, true, Reading{.dialect = reading.dialect}, 1);
    const Rows data = read_rows(text, complete, reading, 1);
    if (header.empty() || data.empty() || header[0].size() != reading.fields) return;
    if (std::any_of(header[0].begin(), header[0].end(), looks_like_value)) return;
    if (std::none_of(data[0].begin(), data[0].end(), looks_like_value)) return;
    reading.preamble_bytes = preamble.last_at + comment.size();
    reading.preamble_lines = preamble.lines - 1;
    reading.preamble = preamble.first.data() == preamble.last.data() ? "" : std::string{preamble.first};
}

} // namespace

bool is_message(std::string_view line, std::string_view comment) {
    if (!comment.empty() && line.substr(0, comment.size()) == comment) return true;
    if (line.size() < 5 || line.substr(0, 2) != "==") return false;
    const std::size_t close = line.find("==", 2);
    return close != line.npos && close > 2 &&
           std::all_of(line.begin() + 2, line.begin() + static_cast<std::ptrdiff_t>(close),
                       [](char c) { return (c >= 'A' && c <= 'Z') || cell::is_digit(c); });
}

bool looks_like_value(std::string_view text) {
    text = cell::trim(text);
    if (text.empty()) return false;
    if (cell::is_digit(text.front()) &&
        std::all_of(text.begin(), text.end(), [](char c) { return cell::is_digit(c) || c == '.'; }))
        return true; // as most are
    if (cell::truth(text) || cell::time(text)) return true;
    std::size_t i = text.front() == '-' || text.front() == '+' ? 1 : 0;
    std::size_t digits = 0;
    for (; i < text.size(); ++i) {
        const char c = text[i];
        const bool exponent = (c == 'e' || c == 'E') && digits > 0 && i + 1 < text.size() &&
                              (cell::is_digit(text[i + 1]) || text[i + 1] == '-' || text[i + 1] == '+');
        if (exponent && !cell::is_digit(text[i + 1])) ++i;
        if (cell::is_digit(c))
            ++digits;
        else if (!exponent && c != '.' && c != ',')
            break;
    }
    if (digits == 0) return false;
    const std::string_view suffix = cell::trim(text.substr(i));
    return suffix.size() <= 5 && std::none_of(suffix.begin(), suffix.end(), [](char c) {
               return cell::is_digit(c) || c == '_' || c == '-' || c == ':' || c == ' ';
           });
}

Rows read_rows(std::string_view text, bool complete, const Reading& reading, std::size_t limit) {
    Rows rows;
    std::size_t passed = 0;
    for_records(text.substr(reading.preamble_bytes), complete, reading.dialect, [&](const Record& record) {
        if (passed++ < reading.leading) return true;
        auto& row = rows.emplace_back();
        for (std::size_t i = 0; i < std::min(record.count, max_columns); ++i) row.emplace_back(record.cell(i));
        return rows.size() < limit;
    });
    return rows;
}

Reading sniff(std::string_view text, bool complete, const Hints& hints) {
    text = head_of(text, complete);
    const char newline = text.find('\n') == text.npos && text.find('\r') != text.npos ? '\r' : '\n';
    const Preamble preamble = find_preamble(text, newline, hints.comment);
    const std::string_view body = text.substr(preamble.bytes);
    const std::string tried = hints.delimiter ? std::string(1, *hints.delimiter) : std::string{candidates};

    std::optional<Reading> best;
    for (const char delimiter : tried) {
        if (best && body.find(delimiter) == body.npos) continue;
        Reading reading{.dialect = {delimiter, hints.quote, newline, false}};
        const char spaced_quote[] = {delimiter, ' ', hints.quote};
        reading.dialect.skip_space = hints.quote != 0 && body.find({spaced_quote, 3}) != body.npos;
        count_fields(reading, body, complete);
        if (!best) {
            best = reading;
            continue;
        }
        const bool keeps_numbers = best->dialect.delimiter == ',' && delimiter != ',' && reading.is_table() &&
                                   reading.share() > 0.9 && has_decimal_commas(body, complete, reading);
        if (keeps_numbers || better(reading, *best)) best = reading;
    }
    best->preamble_bytes = preamble.bytes;
    best->preamble_lines = preamble.lines;
    best->preamble = preamble.first;
    if (best->is_table()) {
        best->dialect.skip_space |= blank_after_delimiters(text, complete, *best);
        header_in_comment(*best, preamble, text, complete, hints.comment);
    }
    return *best;
}

} // namespace assay::csv

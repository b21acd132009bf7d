#include "csv_writer.hpp"
#include <algorithm>
#include <array>
#include <assay/utf8.hpp>
#include <charconv>

namespace assay {

namespace {

constexpr std::size_t csv_buffer_bytes = std::size_t{256} << 10U;

/// What makes a spreadsheet take the cell for a formula (OWASP, "CSV injection"), also in its full-width forms.
bool begins_formula(std::string_view text) {
    static constexpr std::string_view ascii = "=+-@\t\r\n";
    static constexpr std::array<std::string_view, 4> wide{"\uFF1D", "\uFF0B", "\uFF0D", "\uFF20"};
    return !text.empty() && (ascii.find(text.front()) != std::string_view::npos ||
                             std::any_of(wide.begin(), wide.end(), [&](auto w) { return text.starts_with(w); }));
}

bool is_number(std::string_view text) {
    if (text.starts_with('+')) text.remove_prefix(1);
    double value = 0;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
    return !text.empty() && code == std::errc{} && end == text.data() + text.size();
}

bool is_plain(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) {
        const auto u = static_cast<unsigned char>(c);
        return u > 0x20 && u < 0x7F && c != '"' && c != ',';
    });
}

/// NUL and bytes that are not UTF-8 become U+FFFD: many readers end or stumble there.
void append_quoted(std::string& out, std::string_view text) {
    out += '"';
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t length = text[i] == '\0' ? 0 : utf8_length(text, i);
        if (length == 0)
            out += "\uFFFD";
        else if (text[i] == '"')
            out += "\"\"";
        else
            out += text.substr(i, length);
        i += std::max<std::size_t>(length, 1);
    }
    out += '"';
}

} // namespace

void CsvWriter::begin(const std::vector<std::string>& names) {
    for (const auto& name : names) text(name);
    end_row();
    drop_row();
}

void CsvWriter::separate() {
    if (!first_) row_ += ',';
    first_ = false;
}

void CsvWriter::plain(std::string_view text) {
    separate();
    row_ += text;
}

void CsvWriter::text(std::string_view text) {
    const bool formula = escape_formulas_ && begins_formula(text) && !is_number(text);
    separate();
    if (!formula && is_plain(text) && !text.empty()) {
        row_ += text;
    } else if (formula) {
        std::string escaped{"'"};
        append_quoted(row_, escaped.append(text));
    } else {
        append_quoted(row_, text);
    }
}

void CsvWriter::number(double number) {
    char buffer[32];
    plain({buffer, static_cast<std::size_t>(std::to_chars(buffer, buffer + sizeof buffer, number).ptr - buffer)});
}

void CsvWriter::integer(std::int64_t number) {
    char buffer[24];
    plain({buffer, static_cast<std::size_t>(std::to_chars(buffer, buffer + sizeof buffer, number).ptr - buffer)});
}

void CsvWriter::end_row() {
    buffer_ += row_;
    buffer_ += "\r\n";
    if (mark_ == 0) drop_row();
    if (buffer_.size() >= csv_buffer_bytes) flush();
}

void CsvWriter::flush() {
    if (!buffer_.empty()) out_.write(buffer_);
    buffer_.clear();
}

} // namespace assay

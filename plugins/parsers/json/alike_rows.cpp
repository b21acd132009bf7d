// The fast lane for lines: most have between their values, character for character, what an earlier line has, which was
// read and checked as JSON. If the values are plain too, the line is JSON, with the same members. All others are left
// to RowReader::read_any.
#include "rows.hpp"
#include "sixteen.hpp"
#include <assay/decimal.hpp>
#include <bit>
#include <cstring>

namespace assay::json {
namespace {

std::uint64_t eight(const char* at) {
    static_assert(std::endian::native == std::endian::little);
    std::uint64_t word = 0;
    std::memcpy(&word, at, sizeof word);
    return word;
}

/// Eight characters at both can be read.
bool stands(const char* at, const std::string& text) {
    const std::size_t size = text.size();
    if (size == 0) return true;
    if (size < 8) return (eight(at) ^ eight(text.data())) << (64 - 8 * size) == 0;
    std::uint64_t other = 0;
    for (std::size_t i = 0; i + 8 <= size; i += 8) other |= eight(at + i) ^ eight(text.data() + i);
    return (other | (eight(at + size - 8) ^ eight(text.data() + size - 8))) == 0;
}

/// To the next quote, backslash, control character or byte above 0x7F.
const char* behind_plain(const char* at, const char* end) {
    for (; at < end; at += Sixteen::size)
        if (const unsigned marks = Sixteen{at}.not_plain(); marks != 0) return at + std::countr_zero(marks);
    return end;
}

/// A short number and nothing but it up to a comma, a bracket, a blank or the end; `at` goes there.
bool take_number(const char*& at, cell::ShortDecimal& out) {
    std::size_t size = 0;
    unsigned ends = Sixteen{at}.number_ends();
    if (ends == 0) ends = Sixteen{at + (size = Sixteen::size)}.number_ends();
    if (ends == 0) return false;
    size += static_cast<std::size_t>(std::countr_zero(ends));
    const std::string_view text{at, size};
    out = cell::short_decimal(text);
    const std::size_t first = text.starts_with('-') ? 1 : 0;
    if (!out.read || (text[first] == '0' && size > first + 1 && cell::is_digit(text[first + 1]))) return false;
    at += size;
    return true;
}

/// Passes over a short number of digits with at most one point between them, likewise.
bool pass_number(const char*& at) {
    const bool negative = *at == '-';
    const char* const begin = at + (negative ? 1 : 0);
    const Sixteen text{begin};
    const unsigned ends = text.number_ends();
    if (ends == 0) return false;
    const auto size = static_cast<unsigned>(std::countr_zero(ends));
    const unsigned others = ~text.digits() & ((1U << size) - 1); // the point, if any
    const unsigned whole = others == 0 ? size : static_cast<unsigned>(std::countr_zero(others));
    const bool point = others == 0 || (begin[whole] == '.' && (others & (others - 1)) == 0 && whole + 1 < size);
    if (whole == 0 || !point || (*begin == '0' && whole > 1)) return false;
    at = begin + size;
    return true;
}

/// An array of short numbers, at least one, without blanks.
bool take_list(const char*& at) {
    do
        if (!pass_number(++at)) return false;
    while (*at == ',');
    return *at++ == ']';
}

} // namespace

/// What the row at hand has between its values becomes the shape, and the row is read once more, by it. False where
/// that does not give what is told of the row: it is then to be read again.
bool RowReader::learn_shape(std::string_view text) {
    std::vector<Piece> pieces;
    const char* at = text.data();
    for (const Token& token : tokens_) {
        pieces.push_back({{at, token.text.data()}, token.column, token.list});
        at = token.text.data() + token.text.size();
    }
    shape_ = std::move(pieces);
    shape_end_.assign(at, text.data() + text.size());
    const auto notes = notes_;
    begin_row();
    const auto same = [](const Note& a, const Note& b) {
        return std::string_view{a.code} == b.code && a.column == b.column;
    };
    return read_alike(text) && std::equal(notes.begin(), notes.end(), notes_.begin(), notes_.end(), same);
}

/// False where the row has another shape, or values that are not plain.
bool RowReader::read_alike(std::string_view text) {
    if (shape_.empty()) return false;
    const char* at = text.data();
    const char* const end = end_ = at + text.size();
    const auto take = [&](const std::string& wanted) {
        if (static_cast<std::size_t>(end - at) < wanted.size() || !stands(at, wanted)) return false;
        at += wanted.size();
        return true;
    };
    if (unescaped_.size() < text.size() + 8) unescaped_.resize(2 * text.size() + 8);
    unescaped_size_ = 0;
    for (const Piece& piece : shape_) {
        Column& column = columns_[piece.column];
        if (!take(piece.before) || !read_plain(at, piece, column.cell) || at > end) return false;
        if (piece.list) notes_.push_back({"nested-array", nested_array, piece.column});
        column.row = row_;
    }
    return take(shape_end_) && at == end;
}

bool RowReader::read_plain(const char*& at, const Piece& piece, Cell& cell) {
    if (piece.list) {
        const char* const begin = at;
        if (*at != '[' || !take_list(at)) return false;
        cell.set(std::string_view{begin, static_cast<std::size_t>(at - begin)});
        return true;
    }
    switch (*at) {
    case '"': return read_string(++at, cell);
    case 't':
    case 'f': {
        const bool truth = *at == 't';
        const std::string_view word = truth ? "true" : "false";
        if (std::memcmp(at, word.data(), word.size()) != 0) return false;
        at += word.size();
        cell.set(truth);
        return true;
    }
    case 'n':
        if (std::memcmp(at, "null", 4) != 0) return false;
        at += 4;
        cell.kind = Kind::null;
        return true;
    default: {
        cell::ShortDecimal number;
        if (!take_number(at, number)) return false;
        if (number.places == 0)
            cell.set(number.digits);
        else
            cell.set(number.value());
        return true;
    }
    }
}

/// From behind the opening quote. Escapes of one character are read too.
bool RowReader::read_string(const char*& at, Cell& cell) {
    const char* begin = at;
    at = behind_plain(at, end_);
    if (*at == '"') {
        cell.set(std::string_view{begin, static_cast<std::size_t>(at++ - begin)});
        return true;
    }
    static constexpr std::string_view escapes = "\"\\/bfnrt", characters = "\"\\/\b\f\n\r\t";
    char* const text = unescaped_.data() + unescaped_size_;
    char* to = text;
    for (;; at = behind_plain(at, end_)) {
        // The text is no longer than the line, of which it is a part.
        std::memcpy(to, begin, static_cast<std::size_t>(at - begin));
        to += at - begin;
        if (at >= end_) return false;
        if (*at == '"') break;
        const auto escape = *at == '\\' ? escapes.find(at[1]) : escapes.npos;
        if (escape == escapes.npos) return false;
        *to++ = characters[escape];
        begin = at += 2;
        if (at > end_) return false;
    }
    ++at;
    unescaped_size_ += static_cast<std::size_t>(to - text);
    cell.set(std::string_view{text, static_cast<std::size_t>(to - text)});
    return true;
}

} // namespace assay::json

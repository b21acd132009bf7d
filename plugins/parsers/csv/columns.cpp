#include "columns.hpp"
#include <algorithm>
#include <assay/cell.hpp>
#include <assay/parser.hpp>

namespace assay::csv {
namespace {

/// The narrowest type that holds a cell.
std::int32_t type_of(std::string_view text, const assay_cell_format& format) {
    if (cell::integer(text, format)) return ASSAY_TYPE_INT;
    if (cell::number(text, format)) return ASSAY_TYPE_FLOAT;
    if (cell::truth(text)) return ASSAY_TYPE_BOOL;
    return cell::time(text) ? ASSAY_TYPE_TIME : ASSAY_TYPE_TEXT;
}

/// Digits with at most one point, at most 15 of them: both parts are exact as doubles, so one division rounds correctly
/// (Clinger, "How to Read Floating Point Numbers Accurately", 1990). What it leaves alone, cell::number reads.
struct ShortDecimal {
    bool read = false;
    bool whole = true;
    std::int64_t digits = 0; ///< signed, without the point
    unsigned places = 0;     ///< behind the point
};

ShortDecimal short_decimal(std::string_view text) {
    ShortDecimal out;
    const char* at = text.data();
    const char* const end = at + text.size();
    const bool negative = at != end && *at == '-';
    if (negative) ++at;
    if (end - at > 16 || at == end) return out;
    const char* point = nullptr;
    std::int64_t value = 0;
    for (const char* p = at; p != end; ++p) {
        const auto digit = static_cast<unsigned>(*p - '0');
        if (digit <= 9) {
            value = value * 10 + digit;
        } else {
            if (*p != '.' || point != nullptr) return out;
            point = p;
        }
    }
    const auto count = (end - at) - (point ? 1 : 0);
    if (count == 0 || count > 15) return out;
    out.whole = point == nullptr;
    out.places = point ? static_cast<unsigned>(end - point - 1) : 0;
    // "-0" has a sign that the digits lose.
    out.read = at != point && (out.whole || out.places > 0) && !(negative && value == 0);
    out.digits = negative ? -value : value;
    return out;
}

constexpr double powers_of_ten[] = {1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                    1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};

bool is_plain(const assay_cell_format& format) {
    return format.decimal == '.' && format.grouping == 0 && format.scale == 1.0 && format.suffix.size == 0;
}

/// At most `size` bytes of text, whole characters.
std::string_view shortened(std::string_view text, std::size_t size) {
    if (text.size() <= size) return text;
    while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80) --size;
    return text.substr(0, size);
}

} // namespace

Columns::Columns(assay_table_sink& sink, const assay_table& plan) : sink_{sink} {
    for (const assay_column& column : columns(plan))
        columns_.push_back({ColumnBuilder{static_cast<Type>(column.type)}, column.format, is_plain(column.format)});
}

void Columns::add(const Record& record) {
    const std::uint64_t chunk = record.offset / chunk_bytes;
    if (chunk != chunk_) flush();
    chunk_ = chunk;
    const std::size_t count = std::min(record.count, columns_.size());
    for (std::size_t i = 0; i < count; ++i) convert(i, record.cell(i), record.line);
    for (std::size_t i = count; i < columns_.size(); ++i) columns_[i].cells.null();
    lines_.push_back(record.line);
    bytes_ += record.size + 8 * columns_.size();
    if (lines_.size() == batch_rows || bytes_ >= batch_bytes) flush();
}

void Columns::convert(std::size_t index, std::string_view text, std::uint64_t line) {
    Column& column = columns_[index];
    if (put(column, text)) return;
    column.cells.null();
    if (!cell::is_missing(text)) misfit(index, text, line);
}

/// False where the cell has no value of the column's type.
bool Columns::put(Column& column, std::string_view text) {
    const auto store = [](const auto& value, auto&& keep) {
        if (value) keep(*value);
        return value.has_value();
    };
    ColumnBuilder& cells = column.cells;
    switch (cells.type()) {
    case Type::real:
        if (column.plain)
            if (const ShortDecimal number = short_decimal(text); number.read) {
                cells.real(static_cast<double>(number.digits) / powers_of_ten[number.places]);
                return true;
            }
        return store(cell::number(text, column.format), [&](double value) { cells.real(value); });
    case Type::integer:
        if (column.plain)
            if (const ShortDecimal number = short_decimal(text); number.read && number.whole) {
                cells.integer(number.digits);
                return true;
            }
        return store(cell::integer(text, column.format), [&](std::int64_t value) { cells.integer(value); });
    case Type::boolean: return store(cell::truth(text), [&](bool value) { cells.boolean(value); });
    case Type::time: return store(cell::time(text), [&](const cell::Time& value) { cells.time(value.microseconds); });
    case Type::text: break;
    }
    if (cell::is_missing(text)) return false;
    cells.text(text);
    return true;
}

void Columns::misfit(std::size_t column, std::string_view text, std::uint64_t line) {
    const std::int32_t could_be = type_of(text, columns_[column].format);
    const std::int32_t code = sink_.misfit(&sink_, column, could_be, line, to_abi(shortened(text, 256)));
    if (code != ASSAY_OK) throw HostStopped{code, "stopped", "the host asked to stop"};
}

void Columns::flush() {
    if (lines_.empty()) return;
    std::vector<ArrowArray> arrays;
    arrays.reserve(columns_.size());
    for (Column& column : columns_) arrays.push_back(column.cells.finish());
    ArrowArray batch = make_batch(std::move(arrays), static_cast<std::int64_t>(lines_.size()));
    assay::detail::ErrorText error;
    const std::int32_t code = sink_.batch(&sink_, &batch, chunk_, lines_.data(), &error.error);
    lines_.clear();
    bytes_ = 0;
    error.check(code);
}

ArrowArray make_sample(const std::vector<Record>& records, std::size_t columns) {
    std::vector<ArrowArray> arrays;
    for (std::size_t c = 0; c < columns; ++c) {
        ColumnBuilder cells{Type::text};
        for (const Record& record : records) {
            if (c < record.count && !record.cell(c).empty())
                cells.text(record.cell(c));
            else
                cells.null();
        }
        arrays.push_back(cells.finish());
    }
    return make_batch(std::move(arrays), static_cast<std::int64_t>(records.size()));
}

} // namespace assay::csv

#include "columns.hpp"
#include <algorithm>
#include <assay/cell.hpp>
#include <assay/decimal.hpp>
#include <assay/parser.hpp>
#include <type_traits>

namespace assay::csv {
namespace {

std::optional<std::string_view> text_of(std::string_view cell) {
    return cell.empty() || cell::is_missing(cell) ? std::nullopt : std::optional{cell};
}

/// The narrowest type that holds a cell.
std::int32_t type_of(std::string_view text, const assay_cell_format& format) {
    if (cell::integer(text, format)) return ASSAY_TYPE_INT;
    if (cell::number(text, format)) return ASSAY_TYPE_FLOAT;
    if (cell::truth(text)) return ASSAY_TYPE_BOOL;
    return cell::time(text) ? ASSAY_TYPE_TIME : ASSAY_TYPE_TEXT;
}

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

void Columns::add(const RegularRows& rows) {
    if (rows.count == 0) return;
    const std::uint64_t chunk = rows.offset / chunk_bytes;
    if (chunk != chunk_ || lines_.size() + rows.count > batch_rows) flush();
    chunk_ = chunk;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        switch (columns_[i].cells.type()) {
        case Type::real: convert<double>(i, rows); break;
        case Type::integer:
        case Type::time: convert<std::int64_t>(i, rows); break;
        case Type::boolean:
            for (std::size_t row = 0; row < rows.count; ++row) convert(i, rows.cell(row, i), rows.lines[row]);
            break;
        case Type::text: {
            const auto cell = rows.column(i);
            columns_[i].cells.append_texts(rows.count, [&](std::size_t row) { return text_of(cell(row)); });
        }
        }
    }
    lines_.insert(lines_.end(), rows.lines.begin(), rows.lines.begin() + static_cast<std::ptrdiff_t>(rows.count));
    bytes_ += rows.bytes + 8 * columns_.size() * rows.count;
    if (lines_.size() == batch_rows || bytes_ >= batch_bytes) flush();
}

template <class T> void Columns::convert(std::size_t index, const RegularRows& rows) {
    static_assert(RegularRows::most <= cell::Decimals::most);
    Column& column = columns_[index];
    const auto before = static_cast<std::size_t>(column.cells.size());
    const auto cell = rows.column(index);
    const auto convert_one = [&](std::size_t row) {
        const std::string_view text = cell(row);
        T value{};
        if (!text.empty() && read(column, text, value)) return column.cells.set(before + row, value);
        column.cells.set_null(before + row);
        if (!assay::cell::is_missing(text)) misfit(index, text, rows.lines[row]);
    };
    if (!column.plain || column.cells.type() == Type::time) {
        static constexpr std::uint64_t nothing[RegularRows::most]{};
        column.cells.append_words({nothing, rows.count});
        for (std::size_t row = 0; row < rows.count; ++row) convert_one(row);
        return;
    }
    if constexpr (std::is_integral_v<T>) {
        decimals_.read_wholes(rows.count, cell);
        column.cells.append_words(decimals_.wholes(rows.count));
    } else {
        decimals_.read(rows.count, cell);
        column.cells.append_words(decimals_.values(rows.count));
    }
    decimals_.each_other(rows.count, convert_one);
}

void Columns::convert(std::size_t index, std::string_view text, std::uint64_t line) {
    Column& column = columns_[index];
    if (put(column, text)) return;
    column.cells.null();
    if (!cell::is_missing(text)) misfit(index, text, line);
}

bool Columns::read(const Column& column, std::string_view text, double& out) {
    if (column.plain) {
        if (const auto number = cell::short_scientific(text)) {
            out = *number;
            return true;
        }
        if (const auto number = cell::short_decimal(text); number.read) {
            out = number.value();
            return true;
        }
    }
    const auto value = cell::number(text, column.format);
    out = value.value_or(0);
    return value.has_value();
}

bool Columns::read(const Column& column, std::string_view text, std::int64_t& out) {
    if (column.cells.type() == Type::time) {
        const auto time = cell::time(text);
        out = time ? time->microseconds : 0;
        return time.has_value();
    }
    if (column.plain)
        if (const auto number = cell::short_decimal(text); number.read && number.places == 0) {
            out = number.digits;
            return true;
        }
    const auto value = cell::integer(text, column.format);
    out = value.value_or(0);
    return value.has_value();
}

/// False where the cell has no value of the column's type.
bool Columns::put(Column& column, std::string_view text) {
    ColumnBuilder& cells = column.cells;
    double number = 0;
    std::int64_t whole = 0;
    switch (cells.type()) {
    case Type::real:
        if (!read(column, text, number)) return false;
        cells.real(number);
        return true;
    case Type::integer:
    case Type::time:
        if (!read(column, text, whole)) return false;
        cells.integer(whole);
        return true;
    case Type::boolean: {
        const auto truth = cell::truth(text);
        if (truth) cells.boolean(*truth);
        return truth.has_value();
    }
    case Type::text: break;
    }
    const auto value = text_of(text);
    value ? cells.text(*value) : cells.null();
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

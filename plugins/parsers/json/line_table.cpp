#include "line_table.hpp"
#include "emit.hpp"
#include <bit>
#include <utility>

namespace assay::json {

LineTable::LineTable(const LineCensus& expected, const RowReader& rows, assay_table_sink& sink)
    : expected_{expected}, rows_{rows}, sink_{sink} {
    for (const LineCensus::Column& column : expected.columns) {
        columns_.push_back(make_column(column.cells.type(), column.cells.settled(), column.cells));
    }
}

LineTable::Column LineTable::make_column(Type type, bool settled, const Census& before) const {
    Column column{type, settled, ColumnBuilder{type}, before};
    if (type == Type::integer || type == Type::real || type == Type::time) {
        // Batches of wide rows have few of them.
        const std::size_t most = std::min(batch_rows, batch_bytes / (8 * expected_.columns.size()) + 1);
        column.words.resize(most);
    }
    return column;
}

void LineTable::add_to_sample() {
    for (std::size_t i = 0; i < expected_.columns.size(); ++i) {
        const Cell* const cell = rows_.cell(i);
        write(columns_[i].cells, cell ? *cell : Cell{}, columns_[i].type);
    }
    ++sample_rows_;
}

void LineTable::begin() {
    if (expected_.columns.empty()) return;
    std::vector<Field> fields;
    for (std::size_t i = 0; i < columns_.size(); ++i)
        fields.push_back({.name = column_name(expected_.columns[i].name),
                          .type = columns_[i].type,
                          .role = columns_[i].type == Type::time ? "timestamp" : "",
                          .pointer = expected_.columns[i].pointer});
    ArrowSchema schema = make_schema(fields);
    ArrowArray sample = take_batch(sample_rows_);
    const assay_table* plan = nullptr;
    assay::detail::ErrorText error;
    const std::int32_t code =
        sink_.begin(&sink_, to_abi("rows"), ASSAY_TABLE_DATA, &schema, &sample, &plan, &error.error);
    sample.release(&sample);
    schema.release(&schema);
    error.check(code);
}

void LineTable::add(const Line& line) {
    const std::uint64_t chunk = line.offset / chunk_bytes;
    if (chunk != chunk_) flush();
    chunk_ = chunk;
    const std::size_t known = rows_.columns().size();
    while (columns_.size() < known) columns_.push_back(make_column(Type::text, false, {}));
    for (std::size_t i = 0; i < known; ++i) put(columns_[i], rows_.cell(i));
    bytes_ += 8 * known;
    lines_.push_back(line.number);
    if (lines_.size() == batch_rows || bytes_ >= batch_bytes) flush();
}

void LineTable::put(Column& column, const Cell* cell) {
    if (!column.words.empty()) {
        const std::size_t row = lines_.size();
        if (cell == nullptr || !put_word(column, *cell, column.words[row])) column.missing.push_back(row);
        return;
    }
    if (cell == nullptr) return column.cells.null();
    if (cell->kind == Kind::text) bytes_ += cell->length;
    if (column.settled && cell->kind == Kind::text && !is_nan(cell->view())) { // no more is to be known of it
        ++column.census.texts;
        column.cells.text(cell->view());
    } else {
        column.census.add(*cell);
        write(column.cells, *cell, column.type);
    }
}

/// False where the cell has no value of the column's type.
bool LineTable::put_word(Column& column, const Cell& cell, std::uint64_t& word) {
    if (cell.kind == Kind::real && column.type == Type::real) {
        ++column.census.reals;
        word = std::bit_cast<std::uint64_t>(cell.real);
        return true;
    }
    if (cell.kind == Kind::integer && column.type == Type::integer) {
        ++column.census.integers;
        word = static_cast<std::uint64_t>(cell.integer);
        return true;
    }
    if (cell.kind == Kind::text && column.type == Type::time) {
        if (const auto when = cell::time(cell.view())) {
            ++column.census.texts;
            ++column.census.times;
            word = static_cast<std::uint64_t>(when->microseconds);
            return true;
        }
    }
    column.census.add(cell);
    if (cell.kind == Kind::text && column.type == Type::real) {
        const auto number = nonfinite(cell.view());
        word = std::bit_cast<std::uint64_t>(number.value_or(0));
        return number.has_value();
    }
    if (cell.kind != Kind::integer || column.type != Type::real) return false;
    word = std::bit_cast<std::uint64_t>(static_cast<double>(cell.integer));
    return true;
}

ArrowArray LineTable::take_batch(std::size_t rows) {
    std::vector<ArrowArray> arrays;
    arrays.reserve(columns_.size());
    for (Column& column : columns_) arrays.push_back(column.cells.finish());
    return make_batch(std::move(arrays), static_cast<std::int64_t>(rows));
}

bool LineTable::as_expected() const {
    const auto has_type = [](const Column& column) {
        Census all = column.before;
        all.add(column.census);
        return all.type() == column.type;
    };
    return columns_.size() == expected_.columns.size() && std::all_of(columns_.begin(), columns_.end(), has_type);
}

void LineTable::flush() {
    if (lines_.empty()) return;
    for (Column& column : columns_) {
        if (column.words.empty()) continue;
        column.cells.append_words({column.words.data(), lines_.size()});
        for (const std::size_t row : std::exchange(column.missing, {})) column.cells.set_null(row);
    }
    ArrowArray batch = take_batch(lines_.size());
    given_ = given_ && as_expected();
    assay::detail::ErrorText error;
    std::int32_t code = ASSAY_OK;
    if (given_ && !columns_.empty())
        code = sink_.batch(&sink_, &batch, chunk_, lines_.data(), &error.error);
    else
        batch.release(&batch);
    lines_.clear();
    bytes_ = 0;
    error.check(code);
}

bool LineTable::end(std::uint64_t rejected) {
    flush();
    if (!given_ || columns_.empty()) return given_;
    if (rejected > 0) sink_.reject(&sink_, rejected);
    assay::detail::ErrorText error;
    error.check(sink_.end(&sink_, &error.error));
    return true;
}

} // namespace assay::json

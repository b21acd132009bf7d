#include "line_table.hpp"
#include "emit.hpp"

namespace assay::json {

LineTable::LineTable(const LineCensus& expected, const RowReader& rows, assay_table_sink& sink)
    : expected_{expected}, rows_{rows}, sink_{sink} {
    for (const LineCensus::Column& column : expected.columns) {
        const Type type = column.cells.type();
        columns_.push_back({type, column.cells.settled(), ColumnBuilder{type}, column.cells});
    }
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
    while (columns_.size() < known) columns_.push_back({Type::text, false, ColumnBuilder{Type::text}});
    for (std::size_t i = 0; i < known; ++i) {
        if (const Cell* const cell = rows_.cell(i))
            put(columns_[i], *cell);
        else
            columns_[i].cells.null();
    }
    bytes_ += 8 * known;
    lines_.push_back(line.number);
    if (lines_.size() == batch_rows || bytes_ >= batch_bytes) flush();
}

void LineTable::put(Column& column, const Cell& cell) {
    if (cell.kind == Kind::text) return put_text(column, cell.view());
    column.census.add(cell);
    write(column.cells, cell, column.type);
}

/// Looks at a text once, and no more than its column needs.
void LineTable::put_text(Column& column, std::string_view text) {
    Census& census = column.census;
    if (column.settled) {
        ++census.texts;
        column.cells.text(text);
    } else if (const auto when = column.type == Type::time ? cell::time(text) : std::nullopt) {
        ++census.texts;
        ++census.times;
        column.cells.time(when->microseconds);
    } else {
        census.add(Cell::of(text));
        write(column.cells, Cell::of(text), column.type);
    }
    bytes_ += text.size();
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

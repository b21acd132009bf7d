#include "plan/sample.hpp"
#include <algorithm>
#include <assay/cell.hpp>
#include <assay/json_writer.hpp>
#include <charconv>

namespace assay::plan {

namespace {

void write(std::string& out, const ColumnView& column, std::size_t row) {
    char digits[24];
    switch (column.type()) {
    case Type::text: break;
    case Type::boolean: out += column.boolean(row) ? "true" : "false"; break;
    case Type::real: append_json_number(out, column.real(row)); break;
    case Type::integer:
    case Type::time: out.append(digits, std::to_chars(digits, digits + sizeof digits, column.integer(row)).ptr); break;
    }
}

/// The values of a typed column; `room` keeps them.
std::vector<std::string_view> written_cells(const ColumnView& column, std::size_t rows, std::string& room) {
    std::vector<std::size_t> ends;
    for (std::size_t row = 0; row < rows; ++row) {
        if (column.is_null(row)) continue;
        write(room, column, row);
        ends.push_back(room.size());
    }
    std::vector<std::string_view> cells;
    std::size_t begin = 0;
    for (const auto end : ends) {
        cells.push_back(std::string_view{room}.substr(begin, end - begin));
        begin = end;
    }
    return cells;
}

} // namespace

ColumnSample sample_of(const ColumnView& column, std::size_t rows) {
    ColumnSample sample;
    sample.rows = std::min(rows, sample_rows);
    if (column.type() == Type::text) {
        for (std::size_t row = 0; row < sample.rows; ++row)
            if (!column.is_null(row)) sample.cells.push_back(column.text(row));
    } else {
        sample.written = std::make_unique<std::string>();
        sample.cells = written_cells(column, sample.rows, *sample.written);
    }
    std::erase_if(sample.cells, [](std::string_view text) { return cell::is_missing(text); });
    if (sample.cells.empty()) return sample;
    std::size_t bytes = 0;
    for (const auto text : sample.cells) bytes += text.size();
    sample.mean_length = static_cast<double>(bytes) / static_cast<double>(sample.cells.size());
    auto ordered = sample.cells;
    std::sort(ordered.begin(), ordered.end());
    sample.distinct = static_cast<std::size_t>(std::unique(ordered.begin(), ordered.end()) - ordered.begin());
    return sample;
}

} // namespace assay::plan

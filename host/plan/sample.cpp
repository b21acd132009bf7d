#include "plan/sample.hpp"
#include <assay/cell.hpp>
#include <assay/json_writer.hpp>
#include <unordered_set>

namespace assay::plan {

ColumnSample sample_of(const ColumnView& column, std::size_t rows) {
    ColumnSample sample;
    sample.rows = std::min(rows, sample_rows);
    std::unordered_set<std::string_view> seen;
    std::size_t bytes = 0;
    sample.cells.reserve(sample.rows);
    for (std::size_t row = 0; row < sample.rows; ++row) {
        if (column.is_null(row)) continue;
        std::string text;
        switch (column.type()) {
        case Type::text: text = column.text(row); break;
        case Type::boolean: text = column.boolean(row) ? "true" : "false"; break;
        case Type::real: append_json_number(text, column.real(row)); break;
        case Type::integer:
        case Type::time: text = std::to_string(column.integer(row)); break;
        }
        if (cell::is_missing(text)) continue;
        bytes += text.size();
        sample.cells.push_back(std::move(text));
    }
    for (const auto& text : sample.cells) seen.insert(text);
    sample.distinct = seen.size();
    if (!sample.cells.empty())
        sample.mean_length = static_cast<double>(bytes) / static_cast<double>(sample.cells.size());
    return sample;
}

} // namespace assay::plan

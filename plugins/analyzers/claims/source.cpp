#include "claims/source.hpp"
#include <algorithm>

namespace assay::claims {

namespace {

Cell cell_of(const KeptCell& cell) {
    if (!cell.present) return {};
    switch (cell.type) {
    case Type::text: return std::string{cell.text};
    case Type::boolean: return std::string{cell.integer != 0 ? "true" : "false"};
    case Type::real: return cell.real;
    case Type::integer:
    case Type::time: return static_cast<double>(cell.integer);
    }
    return {};
}

SourceColumn column_of(const assay_column& column) {
    return {std::string{view(column.name)},
            std::string{view(column.unit)},
            column.type,
            column.role,
            column.direction,
            column.aggregate != 0,
            column.dimension != 0,
            column.document_scope != 0};
}

bool is_whole_number(const Cell& cell) {
    const auto* text = std::get_if<std::string>(&cell);
    return text && !text->empty() && text->size() < 7 && ((*text)[0] != '0' || text->size() == 1) &&
           std::all_of(text->begin(), text->end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// Parameters that a tool writes as text are numbers all the same: "threads": "8".
void read_numbers(SourceTable& table) {
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
        SourceColumn& column = table.columns[c];
        if (column.type != ASSAY_TYPE_TEXT || column.role != ASSAY_ROLE_PARAMETER || column.dimension) continue;
        const auto fits = [&](const SourceRow& row) {
            return std::holds_alternative<std::monostate>(row.cells[c]) || is_whole_number(row.cells[c]);
        };
        const auto is_given = [&](const SourceRow& row) { return is_whole_number(row.cells[c]); };
        if (!std::all_of(table.rows.begin(), table.rows.end(), fits) ||
            std::none_of(table.rows.begin(), table.rows.end(), is_given))
            continue;
        column.type = ASSAY_TYPE_INT;
        for (SourceRow& row : table.rows)
            if (const auto* text = std::get_if<std::string>(&row.cells[c])) row.cells[c] = std::stod(*text);
    }
}

} // namespace

SourceTables source_tables(const assay_artifact& artifact, const std::vector<KeptRows>& kept) {
    SourceTables out;
    const auto records = tables(artifact);
    for (std::size_t t = 0; t < records.size() && t < kept.size(); ++t) {
        const assay_table& plan = *records[t].plan;
        const KeptRows& rows = kept[t];
        if (plan.kind != ASSAY_TABLE_DATA || rows.name != view(plan.name)) continue;
        if (!rows.complete()) {
            out.too_large.push_back(rows.name);
            continue;
        }
        SourceTable& table = out.tables.emplace_back();
        table.name = rows.name;
        for (const assay_column& column : columns(plan)) table.columns.push_back(column_of(column));
        for (std::size_t r = 0; r < rows.rows.size(); ++r) {
            SourceRow& row = table.rows.emplace_back();
            row.line = rows.rows[r].line == ASSAY_UNKNOWN ? 0 : rows.rows[r].line;
            row.status = rows.rows[r].status;
            for (std::size_t c = 0; c < table.columns.size(); ++c) row.cells.push_back(cell_of(rows.cell(r, c)));
        }
        read_numbers(table);
    }
    return out;
}

} // namespace assay::claims

#include "claims/source.hpp"

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

} // namespace

std::vector<SourceTable> source_tables(const assay_artifact& artifact, const std::vector<KeptRows>& kept) {
    std::vector<SourceTable> out;
    const auto records = tables(artifact);
    for (std::size_t t = 0; t < records.size() && t < kept.size(); ++t) {
        const assay_table& plan = *records[t].plan;
        const KeptRows& rows = kept[t];
        if (plan.kind != ASSAY_TABLE_DATA || rows.name != view(plan.name) || !rows.complete()) continue;
        SourceTable& table = out.emplace_back();
        table.name = rows.name;
        for (const assay_column& column : columns(plan)) table.columns.push_back(column_of(column));
        for (std::size_t r = 0; r < rows.rows.size(); ++r) {
            SourceRow& row = table.rows.emplace_back();
            row.line = rows.rows[r].line == ASSAY_UNKNOWN ? 0 : rows.rows[r].line;
            row.status = rows.rows[r].status;
            for (std::size_t c = 0; c < table.columns.size(); ++c) row.cells.push_back(cell_of(rows.cell(r, c)));
        }
    }
    return out;
}

} // namespace assay::claims

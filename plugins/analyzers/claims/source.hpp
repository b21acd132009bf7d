#pragma once
// Small data tables with all their rows, as claims are held against them.
#include <assay/analyzer.hpp>
#include <assay/kept_rows.hpp>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace assay::claims {

using Cell = std::variant<std::monostate, double, std::string>; ///< truths are text, times microseconds

struct SourceColumn {
    std::string name, unit;
    std::int32_t type = 0, role = 0, direction = 0;
    bool aggregate = false, dimension = false, document_scope = false;
    bool is_number() const { return type == ASSAY_TYPE_INT || type == ASSAY_TYPE_FLOAT; }
};
struct SourceRow {
    std::uint64_t line = 0;  ///< 0: not known
    std::uint8_t status = 0; ///< ASSAY_ROW_*
    bool went_wrong() const { return status == ASSAY_ROW_FAILED || status == ASSAY_ROW_SUSPECT; }
    std::vector<Cell> cells;
};
struct SourceTable {
    std::string name;
    std::vector<SourceColumn> columns;
    std::vector<SourceRow> rows;
};

/// The data tables of an artifact, and the names of those that have more rows than were kept.
struct SourceTables {
    std::vector<SourceTable> tables;
    std::vector<std::string> too_large;
};
/// `kept`: of "rows/1", table by table.
SourceTables source_tables(const assay_artifact& artifact, const std::vector<KeptRows>& kept);

} // namespace assay::claims

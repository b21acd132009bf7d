#pragma once
// A table for readers that ends in time: rows beyond its length are counted, and said below it.
#include <assay/report.hpp>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace assay::statistics {

struct ShortTable {
    SectionTable table;
    std::size_t most_rows;
    const char* where_more; ///< where a reader finds the other rows: "facts"
    std::uint64_t more = 0; ///< rows not shown

    void add(std::vector<SectionCell> row) {
        if (table.rows.size() < most_rows)
            table.rows.push_back(std::move(row));
        else
            ++more;
    }
    /// Rows of a table of the same length, as if each were added.
    void append(ShortTable later) {
        for (auto& row : later.table.rows) add(std::move(row));
        more += later.more;
    }
    SectionTable finish() {
        if (more > 0) table.note = std::to_string(more) + " more are among the " + where_more;
        return std::move(table);
    }
};

} // namespace assay::statistics

#pragma once
// Cells to columns of the plan's types, in batches.
#include "records.hpp"
#include <assay/abi.h>
#include <assay/column.hpp>
#include <assay/decimals.hpp>
#include <cstdint>
#include <vector>

namespace assay::csv {

class Columns {
  public:
    static constexpr std::uint64_t chunk_bytes = 4U << 20U; ///< of text: what parsers side by side would take each
    static constexpr std::size_t batch_rows = 4096;
    static constexpr std::size_t batch_bytes = 1U << 20U;

    Columns(assay_table_sink& sink, const assay_table& plan);
    /// Missing cells at the end become null.
    void add(const Record& record);
    /// All of one chunk, as wide as the table.
    void add(const RegularRows& rows);
    void flush();

  private:
    struct Column {
        ColumnBuilder cells;
        assay_cell_format format;
        bool plain; ///< no grouping, suffix or scale, and a point
    };
    void convert(std::size_t column, std::string_view cell, std::uint64_t line);
    template <class T> void convert(std::size_t column, const RegularRows& rows);
    static bool read(const Column& column, std::string_view cell, double& out);
    static bool read(const Column& column, std::string_view cell, std::int64_t& out);
    bool put(Column& column, std::string_view cell);
    void misfit(std::size_t column, std::string_view cell, std::uint64_t line);

    assay_table_sink& sink_;
    std::vector<Column> columns_;
    std::vector<std::uint64_t> lines_;
    std::size_t bytes_ = 0;
    std::uint64_t chunk_ = 0;
    cell::Decimals decimals_; ///< of the column being converted
};

/// The first records as text columns, for the host to decide types by. The caller releases it.
ArrowArray make_sample(const std::vector<Record>& records, std::size_t columns);

} // namespace assay::csv

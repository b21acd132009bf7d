#pragma once
// Folds the rows of one table into its profile.
#include "profile/block.hpp"
#include "profile/cells.hpp"
#include "profile/tally.hpp"
#include <cstdint>
#include <memory>

namespace assay::profile {

struct SampleRow {
    std::uint32_t row;
    std::uint64_t key;
};

/// What a fold works with: kept from one table to the next, as most are small and would each grow their own.
struct FoldBuffers {
    // Of the current batch:
    std::vector<std::uint32_t> ok_batch_rows, failed_batch_rows;
    // Of a column of it, or of a part of a metric's block:
    std::vector<std::uint32_t> value_rows;
    std::vector<double> ordered;
    std::vector<std::uint64_t> hashes, new_hashes;
    // Of the current block:
    Block block;
    std::vector<std::uint32_t> ok_rows, failed_rows;
    std::vector<SampleRow> sample_rows; ///< that some column may want
    Grouping ok_groups, failed_groups;
    std::vector<double> packed; ///< usable ones
    /// Texts of numbers lately seen, by hash: writing one costs more than all else.
    std::vector<std::pair<std::uint64_t, std::string>> texts;
};

class TableFold : FoldBuffers {
  public:
    /// `content`: hash of the artifact's digest, for samples.
    TableFold(TableProfile& profile, std::uint64_t content, FoldBuffers buffers);
    void update(const Batch& batch);
    /// Folds what is held back. Once, at the end; gives the buffers back.
    FoldBuffers finish();

  private:
    void count_rows(const Batch& batch);
    void count_missing(const Batch& batch, std::size_t column);
    void add_sample_keys(const Batch& batch);
    void fold_values(const Batch& batch, std::size_t column);
    std::span<const std::uint32_t> find_values(const ColumnView& view, ColumnProfile& column);
    void count_values(const ColumnView& view, std::span<const std::uint32_t> rows, ColumnProfile& column);
    void fold_extremes(const Batch& batch, const ColumnView& view, std::span<const std::uint32_t> rows,
                       ColumnProfile& column);
    void sample_values(const Batch& batch, const ColumnView& view, std::span<const std::uint32_t> rows,
                       ColumnProfile& column);
    void fold_block(bool chunk_ends);
    void sort_rows();
    void find_sample_rows();
    void fold_metric(std::size_t column, std::size_t metric);
    void fold_cells(const std::vector<double>& numbers, std::size_t metric);
    void fold_failed(ColumnProfile& column, const std::vector<double>& numbers, std::size_t metric);
    void add(NumberProfile& out, std::span<const double> values, const double* numbers,
             std::span<const std::uint32_t> rows);

    TableProfile& table;
    std::uint64_t content;
    bool data, crowded = false;
    bool timed = false; ///< its rows have times
    std::vector<std::size_t> metric_columns;
    std::unique_ptr<CellIndex> index; ///< where a column divides
    Tally tally;
    bool whole_chunk = false; ///< the current block is
};

} // namespace assay::profile

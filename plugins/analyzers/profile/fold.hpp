#pragma once
// Folds the rows of one table into its profile.
#include "profile/cells.hpp"
#include <memory>

namespace assay::profile {

class TableFold {
  public:
    /// `content`: hash of the artifact's digest, for samples.
    TableFold(TableProfile& profile, std::uint64_t content);
    void update(const Batch& batch);

  private:
    struct Numbers; ///< a metric column of the batch
    void sort_rows(const Batch& batch);
    void fold_metric(const Batch& batch, std::size_t column, std::size_t metric);
    void fold_ok(ColumnProfile& column, const Batch& batch);
    void fold_cells(const Batch& batch, std::size_t metric);
    void fold_failed(ColumnProfile& column, const Batch& batch, std::size_t metric);
    void fold_values(const Batch& batch, std::size_t column);

    TableProfile& table;
    std::uint64_t content;
    bool data, crowded = false;
    std::vector<std::size_t> metric_columns;
    std::unique_ptr<CellIndex> index; ///< where a column divides
    // Of the current batch:
    std::vector<std::uint32_t> ok_rows, failed_rows;
    std::vector<std::uint64_t> sample_keys;
    Grouping ok_groups, failed_groups;
    bool all_usable = false;
    std::vector<double> numbers;       ///< per row
    std::vector<double> packed;        ///< usable ones, in some order
    std::vector<std::uint64_t> places; ///< of `packed`, within the chunk
    std::vector<std::uint64_t> hashes;
    /// Texts of numbers lately seen, by hash: writing one costs more than all else.
    std::vector<std::pair<std::uint64_t, std::string>> texts;
};

} // namespace assay::profile

#pragma once
// Rows of one chunk, put together from batches: cells are folded many values at a time, which is what makes them fast.
#include <assay/analyzer.hpp>
#include <cstdint>
#include <vector>

namespace assay::profile {

struct Block {
    static constexpr std::size_t most_rows = 65'536; ///< more than most chunks have

    std::uint64_t chunk = 0, first_row = 0;   ///< of row 0, within the chunk
    std::vector<std::uint8_t> status;         ///< per row
    std::vector<std::uint64_t> lines;         ///< per row, ASSAY_UNKNOWN where not known
    std::vector<std::uint64_t> keys;          ///< per row: of its cell; empty where no column divides
    std::vector<std::uint64_t> sample_keys;   ///< per row; empty where there is no metric
    std::vector<std::vector<double>> metrics; ///< per metric and row; NaN where there is no value

    std::size_t rows() const { return status.size(); }
    /// Whether the batch's rows follow these, and there is room for them.
    bool takes(const Batch& batch) const {
        return rows() == 0 || (batch.chunk() == chunk && batch.first_row() == first_row + rows() &&
                               rows() + batch.rows() <= most_rows);
    }
    /// Takes all but keys.
    void add(const Batch& batch, const std::vector<std::size_t>& metric_columns);
    void clear();
};

} // namespace assay::profile

#pragma once
// What the first rows of a table show of a column, as text.
#include <assay/column.hpp>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace assay::plan {

/// The first rows a plan is made from; more would not change what is inferred often enough to pay.
inline constexpr std::size_t sample_rows = 1024;

/// Cells of a column in the sample, missing ones left out.
struct ColumnSample {
    std::vector<std::string_view> cells;  ///< borrowed from the batch; of a typed column from `written`
    std::unique_ptr<std::string> written; ///< its values, one behind the other
    std::size_t rows = 0;                 ///< with the missing ones
    std::size_t distinct = 0;
    double mean_length = 0; ///< of the cells, in bytes
};

/// Reads a column of a sample batch, which has to outlive the answer. Missing: null, and what cell::is_missing says.
ColumnSample sample_of(const ColumnView& column, std::size_t rows);

} // namespace assay::plan

#pragma once
// What the first rows of a table show of a column, as text.
#include <assay/column.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace assay::plan {

/// The first rows a plan is made from; more would not change what is inferred often enough to pay.
inline constexpr std::size_t sample_rows = 1024;

/// Cells of a column in the sample, missing ones left out.
struct ColumnSample {
    std::vector<std::string> cells; ///< of a typed column: its values written out
    std::size_t rows = 0;           ///< with the missing ones
    std::size_t distinct = 0;
    double mean_length = 0; ///< of the cells, in bytes
};

/// Reads a column of a sample batch. Missing: null, and what cell::is_missing says.
ColumnSample sample_of(const ColumnView& column, std::size_t rows);

} // namespace assay::plan

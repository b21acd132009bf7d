#pragma once
// What the first rows of a table show of a column.
#include <assay/column.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace assay::plan {

/// The first rows a plan is made from; more would not change what is inferred often enough to pay.
inline constexpr std::size_t sample_rows = 1024;

/// What is there of a column in the sample, missing cells left out.
struct ColumnSample {
    std::vector<std::string_view> cells; ///< of a column of text; borrowed from the batch
    std::size_t rows = 0;                ///< with the missing ones
    std::size_t values = 0;              ///< without them
    std::size_t distinct = 0;
    double mean_length = 0; ///< of text, in bytes
    bool epoch = false;     ///< each could be seconds since 1970 or parts of them
};

/// Reads a column of a sample batch, which has to outlive the answer. Missing: null, and what cell::is_missing says.
ColumnSample sample_of(const ColumnView& column, std::size_t rows);

} // namespace assay::plan

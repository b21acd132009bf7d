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

/// Of the texts of a column in the mean: up to 80 bytes, up to 200, or more.
enum class TextLength : std::uint8_t { brief, lengthy, prose };

/// What is there of a column in the sample, missing cells left out.
struct ColumnSample {
    std::vector<std::string_view> cells; ///< of a column of text; borrowed from the batch
    std::size_t rows = 0;                ///< with the missing ones
    std::size_t values = 0;              ///< without them
    std::size_t distinct = 0;
    TextLength length = TextLength::brief;
    bool epoch = false;          ///< each could be seconds since 1970 or parts of them
    bool outcomes = false;       ///< each is a word for how something ended
    bool above_two = false;      ///< each is a number above 2; asked of columns where it may matter
    bool statistics = false;     ///< each of the texts names a statistic; asked of columns that may tell one
    bool summary = false;        ///< and they are those of one distribution: a centre, a deviation, each once
    std::string_view total = {}; ///< the text of the one row that says it sums up others; borrowed as `cells`
};

/// Reads a column of a sample batch, which has to outlive the answer. Missing: null, and what cell::is_missing says.
ColumnSample sample_of(const ColumnView& column, std::size_t rows);

/// Whether each value is a number above 2: no sampling temperature of a language model is.
bool is_above_two(const ColumnSample& sample, const ColumnView& column);

} // namespace assay::plan

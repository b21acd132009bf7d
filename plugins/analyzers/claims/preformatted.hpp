#pragma once
// Tables of plain text, whose columns stand below each other: what tools print, pasted into a document as it is.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace assay::claims {

struct PreformattedRow {
    std::uint64_t line = 0; ///< from 0, in the text
    std::vector<std::string> cells;
};
/// The line of names and the rows below it; empty where the text is no table: cells are set apart by two blanks or
/// more, by tabs or by upright lines, all lines have as many, the first has names only, and there are two rows or more.
std::vector<PreformattedRow> preformatted_table(std::string_view text);

} // namespace assay::claims

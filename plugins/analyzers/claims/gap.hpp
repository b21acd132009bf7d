#pragma once
// A wide gap in a column's values tells its rows in two: calls that load a model, and the others.
#include <cstddef>
#include <string>
#include <vector>

namespace assay::claims {

struct DataTable;

/// Rows on one side of a gap.
struct GapSide {
    std::size_t column = 0;
    double below = 0, above = 0; ///< the values beside the gap
    bool upper = false;
    std::vector<std::size_t> rows;
    std::string text; ///< for people: "ttft_s >= 2.9"
};
/// Both sides of each gap that is wide: the value above it is thrice the one below, and on each side are two rows or
/// more of eight or more in all. Of positive values.
std::vector<GapSide> gap_sides(const DataTable& table);

} // namespace assay::claims

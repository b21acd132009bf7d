#pragma once
// Pipe tables, found by their delimiter row. GFM asks that the header be a line of its own with as many cells; where
// prose was glued before it (`... at 0.097 s. | tag | mean |`), the last cells are the header, and that is said.
#include "nodes.hpp"
#include <cstdint>

namespace assay::markdown {

struct PipeTable {
    std::string name; ///< table-1, table-2, ...
    std::string section;
    std::uint64_t line = 0; ///< of the header
    std::vector<std::string> columns;
    std::vector<std::vector<std::string>> rows; ///< as many cells as columns; markup taken off
    std::vector<std::uint64_t> lines;           ///< of the rows
    std::string before;                         ///< other text on the header's line
    bool glued = false;                         ///< the header line began with other text
    std::vector<std::string> beyond;            ///< of the rows: text behind their last cell
    std::vector<std::uint64_t> long_rows;       ///< lines with more cells than the header; the rest is left out
};

struct Tables {
    std::vector<PipeTable> tables;
    std::vector<std::uint64_t> broken; ///< delimiter rows without a header that fits
};

/// `nodes` tell the sections, and which lines are code, HTML or front matter.
Tables pipe_tables(const Lines& lines, const std::vector<Node>& nodes);

} // namespace assay::markdown

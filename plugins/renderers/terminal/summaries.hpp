#pragma once
// What narratives say in sum, as blocks of lines.
#include "screen.hpp"
#include <assay/report_reader.hpp>

namespace assay::terminal {

/// The first part of each narrative, or all of them.
std::vector<Block> summaries(const Layout& layout, const Report& report, RecordReader& reader, bool everything);

} // namespace assay::terminal

#pragma once
// The answers of a report as blocks of lines: all of each, or in short so that they fit on one screen.
#include "screen.hpp"
#include <assay/report_lists.hpp>
#include <assay/report_words.hpp>

namespace assay::terminal {

struct Answers {
    const std::vector<std::vector<Section>>& places; ///< as sections_by_place gives them
    const ArtifactLists& lists;
    const ReportCounts& counts;
    const std::vector<std::string>& left_out; ///< sentences on what nobody looked at
    const std::vector<std::string>& lesser;   ///< messages of findings that are no worse than medium
    bool ascii;
    bool roomy = false; ///< items may take more lines than usual, for a report that leaves the screen half empty
};

std::vector<Block> all_of(const Layout& layout, const Answers& answers);
std::vector<Block> in_short(const Layout& layout, const Answers& answers);

} // namespace assay::terminal

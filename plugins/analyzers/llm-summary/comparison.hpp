#pragma once
// What became of each model's sentences, side by side: models that were given the same facts.
#include "llm-summary/dialogue.hpp"
#include <assay/report.hpp>

namespace assay::narrative {

struct Run {
    std::string name; ///< of the configuration
    Written written;
};

/// A section with a row for each run; its numbers are facts. What a server does not report is an empty cell.
void give_comparison(const std::vector<Run>& runs, Fragment& out);

} // namespace assay::narrative

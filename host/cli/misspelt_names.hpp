#pragma once
// Names in a pipeline that were probably misspelt: what they ask for is not done.
#include "engine/corpus.hpp"
#include "plan/rules.hpp"
#include <string>
#include <vector>

namespace assay::cli {

/// A sentence for each column that the rules name and no table has, where tables have one that is called much like it.
std::vector<std::string> misspelt_names(const std::vector<engine::Placed>& artifacts, const plan::Rules& rules);

} // namespace assay::cli

#pragma once
// The pipeline's words about columns, rows and paths, as rules of the plan.
#include "pipeline/pipeline.hpp"
#include "plan/rules.hpp"
#include <vector>

namespace assay::cli {

/// Mistakes in conditions are added to `problems` with their place.
plan::Rules rules_of(const pipeline::Pipeline& pipeline, std::vector<pipeline::Problem>& problems);

} // namespace assay::cli

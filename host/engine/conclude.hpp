#pragma once
// Partials in path order become the report: datasets and dimensions, then each stage's facts, findings and sections.
#include "engine/describe.hpp"
#include "engine/isolate.hpp"
#include "engine/stages.hpp"
#include "report/model.hpp"
#include <cstdint>
#include <string>
#include <vector>

namespace assay::engine {

struct StageFailure {
    std::string stage, message;
};

struct Conclusion {
    report::Model model; ///< without `run`, which is the caller's
    Counts counts;
    std::vector<StageFailure> failures; ///< stages that could not conclude: nothing of them is in the report
};

struct ConcludeOptions {
    std::size_t facts_limit;
    std::int64_t now_us; ///< SOURCE_DATE_EPOCH, else the start of the run
    LeftOut left_out;
    Isolation isolation = {.process = false};
    unsigned jobs = 1; ///< stages that take nothing from each other conclude side by side, in processes of their own
};

/// `artifacts` in path order. Pure but for the stages' instances.
Conclusion conclude(const std::vector<Placed>& artifacts, Stages& stages, const plan::Rules& rules,
                    const ConcludeOptions& options);

} // namespace assay::engine

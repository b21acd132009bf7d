#pragma once
// Options of the commands that write reports: where to, and what makes the exit status.
#include "cli/arguments.hpp"
#include "pipeline/pipeline.hpp"
#include "report/gates.hpp"
#include <optional>
#include <string>

namespace assay::cli {

struct ReportArguments {
    std::string output;
    std::optional<std::string> fail_on; ///< severity; outranks the pipeline's
    std::optional<report::Baseline> baseline;
    bool strict = false;
};

/// --output, --fail-on, --baseline, --strict
void add_report_options(boost::program_options::options_description& options);
/// Reads the baseline. Throws UsageError.
ReportArguments report_arguments(const Arguments& arguments);
/// The pipeline's gates as the arguments change them. Throws UsageError where a gate needs a baseline and has none.
report::FailOn gates_wanted(const ReportArguments& arguments, const pipeline::Pipeline& pipeline);

} // namespace assay::cli

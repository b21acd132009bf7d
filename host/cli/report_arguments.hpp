#pragma once
// Options of the commands that write reports: where to, and what makes the exit status.
#include "cli/arguments.hpp"
#include <optional>
#include <string>

namespace assay::cli {

struct ReportArguments {
    std::string output;
    std::optional<std::string> fail_on; ///< outranks the pipeline's
    bool strict = false;
};

/// --output, --fail-on, --strict
void add_report_options(boost::program_options::options_description& options);
/// Throws UsageError.
ReportArguments report_arguments(const Arguments& arguments);

} // namespace assay::cli

#pragma once
// Options of the commands that read artifacts: how the work is spread.
#include "cli/arguments.hpp"
#include "cli/work.hpp"

namespace assay::cli {

/// --jobs, --isolation
void add_work_options(boost::program_options::options_description& options);
/// The command line outranks the pipeline. Throws UsageError.
void take_work_options(const Arguments& arguments, const pipeline::Pipeline& pipeline, Work& work);

} // namespace assay::cli

#pragma once
// Options of the commands that do the whole work: how it is spread and what a failed artifact means.
#include "cli/arguments.hpp"
#include "cli/work.hpp"

namespace assay::cli {

/// --jobs, --isolation, --strict
void add_work_options(boost::program_options::options_description& options);
/// The command line outranks the pipeline. Throws UsageError.
void take_work_options(const Arguments& arguments, const pipeline::Pipeline& pipeline, Work& work);

} // namespace assay::cli

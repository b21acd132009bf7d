#pragma once
// The words that all commands with a pipeline share: PIPELINE, --input, --set, --var.
#include "cli/arguments.hpp"
#include "pipeline/pipeline.hpp"

namespace assay::cli {

void add_pipeline_options(boost::program_options::options_description& options);
/// --set and --var alone.
void add_value_options(boost::program_options::options_description& options);

/// PIPELINE may be "-" for stdin. --input replaces the pipeline's inputs.
pipeline::Request request_of(const Arguments& arguments);

/// A pipeline's text for PATHs given on the command line, with every analyzer and the renderers named.
std::string pipeline_text(const std::vector<std::string>& paths, const std::vector<std::string>& analyzers,
                          const std::vector<std::pair<std::string, std::string>>& renderers);

} // namespace assay::cli

#pragma once
// All that decides what a partial holds, apart from the artifact: the program, the plugins, their options, the rules.
#include "cli/session.hpp"
#include <string>
#include <vector>

namespace assay::cli {

/// A sentence each: "parser 'csv': plugin csv 0.1.0 (sha256 ...), options {...}". Equal lists mean equal partials.
std::vector<std::string> made_with(const pipeline::Pipeline& pipeline, const Session& session);

} // namespace assay::cli

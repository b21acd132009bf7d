#pragma once
// A pipeline's value as a JSON library's.
#include "pipeline/located_json.hpp"
#include <nlohmann/json_fwd.hpp>

namespace assay::cli {

nlohmann::json json_of(const pipeline::Node& node);

} // namespace assay::cli

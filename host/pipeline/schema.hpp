#pragma once
#include "pipeline/components.hpp"
#include <span>
#include <string>

namespace assay::pipeline {

// JSON Schema (2020-12) of the pipeline file, with the options of these components woven in, for editors.
// It says less than `check`: names across stages, globs and cycles are beyond it.
std::string json_schema(std::span<const ComponentInfo>);

} // namespace assay::pipeline

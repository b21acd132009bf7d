#pragma once
// A pipeline's components, made and configured: what the engine works with.
#include "registry/component.hpp"
#include <string>
#include <vector>

namespace assay::engine {

struct ParserStage {
    std::string id;
    registry::ParserHandle parser;
};

struct AnalyzerStage {
    std::string name;               ///< in the pipeline
    std::string provides;           ///< "profile/1", or empty
    std::vector<std::size_t> takes; ///< stages whose partials and records it may read, by index
    registry::AnalyzerHandle analyzer;
    bool partials_only = false; ///< reads no records of those, and need not wait for them
};

struct Stages {
    std::vector<ParserStage> parsers;     ///< in pipeline order: decides between equal claims
    std::vector<AnalyzerStage> analyzers; ///< in pipeline order
    std::vector<std::size_t> order;       ///< in which analyzers conclude: each after those it takes from
};

} // namespace assay::engine

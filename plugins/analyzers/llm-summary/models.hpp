#pragma once
// Where a pipeline's options become models that can be asked.
#include "llm-summary/chat/chat.hpp"
#include <string>
#include <vector>

namespace assay {
class LlmSummaryAnalyzer;
}

namespace assay::narrative {

struct Model {
    std::string name; ///< of its configuration in the pipeline
    chat::Ask ask;
};

/// The models that `options` name, in their order; none with the provider "none".
std::vector<Model> models_of(const LlmSummaryAnalyzer& options);

} // namespace assay::narrative

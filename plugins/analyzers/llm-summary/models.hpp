#pragma once
// Where a pipeline's options become models that can be asked.
#include "llm-summary/chat/chat.hpp"
#include "llm-summary/chat/settings.hpp"
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace assay {
class LlmSummaryAnalyzer;
}

namespace assay::narrative {

struct Model {
    std::string name; ///< of its configuration in the pipeline
    chat::Ask ask;
    std::optional<std::uint64_t> window{}; ///< in tokens, where it is set: prompts are made to fit
};

/// By name, in the order of the pipeline; none with the provider "none". Throws BadOption.
std::vector<std::pair<std::string, chat::ModelSettings>> settings_of(const LlmSummaryAnalyzer& options);

/// The models that `options` name, in their order; none with the provider "none".
std::vector<Model> models_of(const LlmSummaryAnalyzer& options);

} // namespace assay::narrative

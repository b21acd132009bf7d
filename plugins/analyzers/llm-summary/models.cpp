#include "llm-summary/models.hpp"

namespace assay::narrative {

std::vector<Model> models_of(const LlmSummaryAnalyzer&) { return {}; }

} // namespace assay::narrative

#include "llm-summary/analyzer.hpp"

ASSAY_PLUGIN(assay::LlmSummaryAnalyzer)

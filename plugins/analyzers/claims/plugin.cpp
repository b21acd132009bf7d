#include "claims/analyzer.hpp"
ASSAY_PLUGIN(assay::ClaimsAnalyzer)

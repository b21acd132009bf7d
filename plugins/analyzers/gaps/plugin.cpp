#include "gaps/analyzer.hpp"

ASSAY_PLUGIN(assay::GapsAnalyzer)

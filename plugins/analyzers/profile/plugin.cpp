#include "profile/analyzer.hpp"
ASSAY_PLUGIN(assay::ProfileAnalyzer)

#include "statistics/analyzer.hpp"
ASSAY_PLUGIN(assay::StatisticsAnalyzer)

#include "rows/analyzer.hpp"

ASSAY_PLUGIN(assay::RowsAnalyzer)

#include "inventory/analyzer.hpp"
ASSAY_PLUGIN(assay::InventoryAnalyzer)

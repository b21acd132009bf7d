#include "json_report.hpp"

ASSAY_PLUGIN(assay::JsonReport)

#include "sarif_report.hpp"

ASSAY_PLUGIN(assay::SarifReport)

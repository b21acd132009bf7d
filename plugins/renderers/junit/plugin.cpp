#include "junit_report.hpp"

ASSAY_PLUGIN(assay::JunitReport)

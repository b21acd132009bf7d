#include "html_report.hpp"

ASSAY_PLUGIN(assay::HtmlReport)

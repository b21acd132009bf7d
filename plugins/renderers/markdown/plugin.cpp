#include "markdown_report.hpp"

ASSAY_PLUGIN(assay::MarkdownReport)

#include "terminal_report.hpp"

ASSAY_PLUGIN(assay::TerminalReport)

#include "csv_export.hpp"

ASSAY_PLUGIN(assay::CsvExport)

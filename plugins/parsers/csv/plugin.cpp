#include "csv.hpp"

ASSAY_PLUGIN(assay::csv::Csv)

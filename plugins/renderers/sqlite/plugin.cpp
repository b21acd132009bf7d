#include "sqlite_export.hpp"

ASSAY_PLUGIN(assay::SqliteExport)

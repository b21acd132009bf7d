#include "jsonl_export.hpp"

ASSAY_PLUGIN(assay::JsonlExport)

#include "parse.hpp"

ASSAY_PLUGIN(assay::json::JsonParser)

#include "parse.hpp"

ASSAY_PLUGIN(assay::markdown::MarkdownParser)

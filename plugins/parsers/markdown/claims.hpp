#pragma once
// A pipe table goes out: its cells are text until the host's plan says what they are.
#include "tables.hpp"
#include <assay/parser.hpp>

namespace assay::markdown {

void send(const PipeTable& table, Sink& out);

} // namespace assay::markdown

#pragma once
// Units that a format's documentation states and its files do not: hyperfine's times are seconds. A format is known by
// columns that together only it has.
#include <assay/column.hpp>
#include <string_view>
#include <vector>

namespace assay::json {

/// Gives the columns of a table of a file of this name, where it is one of a known format, the units that are
/// documented for them.
void give_documented_units(std::string_view file, std::vector<Field>& columns);

} // namespace assay::json

#pragma once
// Column names that a format's documentation states and its files do not.
#include "layout.hpp"

namespace assay::csv {

/// The names of a table without a header, where its records are those of a known format; else empty.
std::vector<std::string> documented_names(const Sample& sample, std::size_t width);

} // namespace assay::csv

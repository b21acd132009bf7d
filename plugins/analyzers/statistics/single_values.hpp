#pragma once
// What a page shows that would show no result else: values of which there is one each.
#include "statistics/summary.hpp"

namespace assay::statistics {

/// Metrics that hold a fraction: a result seldom is a whole number, a setting often.
std::size_t count_fractions(const Dataset& dataset);

/// The metrics of a dataset of one row, each a line; what has a direction first, then what has a unit.
Section single_row(const Dataset& dataset, Facts& facts);

} // namespace assay::statistics

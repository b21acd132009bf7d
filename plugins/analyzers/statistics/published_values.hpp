#pragma once
// What a page shows of files that hold nothing but statistics of observations that are elsewhere.
#include "statistics/summary.hpp"

namespace assay::statistics {

/// Places of the metrics that are published statistics: what has a unit, and a centre before a deviation.
std::vector<std::size_t> published_metrics(const Dataset& dataset);

/// Whether it holds means or medians of observations that are elsewhere.
bool publishes_centre(const Dataset& dataset);

/// The published statistics of a dataset, a line for each thing they are of; what has a unit, and a centre before a
/// deviation. No rows, and no facts, where a group has several - a median of medians says nothing - or where there are
/// more than `most_groups`.
SectionTable published_values(const Dataset& dataset, std::size_t most_groups, Facts& facts);

} // namespace assay::statistics

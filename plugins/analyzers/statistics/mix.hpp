#pragma once
// Groups that pool over a parameter are comparable only where each has it mixed alike: a night without its cheapest
// batch size looks slow.
#include "statistics/projection.hpp"

namespace assay::statistics {

/// Parameters that the groups pool over, of which some level's share of a group's observations of the metric differs by
/// more than a tenth between groups. What was asked (a prompt) is no parameter: that is a sample of all that might be.
Dimensions unevenly_mixed(const Dataset& dataset, const Projection& projection, std::size_t metric);

/// `dimensions` and the unevenly mixed ones, where groups divided so stay few and hold two rows each in the median;
/// else `dimensions` alone.
Dimensions evened(const Dataset& dataset, const Dimensions& dimensions, std::size_t metric, std::size_t most_groups);

} // namespace assay::statistics

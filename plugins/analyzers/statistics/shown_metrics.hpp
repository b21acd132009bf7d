#pragma once
// Which metrics of a dataset a reader meets, and in which order.
#include "statistics/division.hpp"

namespace assay::statistics {

/// Of a dataset whose metrics have no known unit and direction, this many are shown.
inline constexpr std::size_t most_plain = 2;

/// Those with unit and direction first, of these rates first, then durations by how much they tell, then the rest, each
/// in table order.
std::vector<std::size_t> headline_order(const Dataset& dataset);

/// All that are no published statistics: those with a direction first, then those with a unit, bounds and
/// errors last, each in table order.
std::vector<std::size_t> by_what_is_known(const Dataset& dataset);

/// The metrics whose unit and direction are known. Where none has both, two of the others, those with a direction
/// first, then those with a unit: better a figure whose unit is unknown than none.
std::vector<std::size_t> shown_metrics(const Dataset& dataset);

} // namespace assay::statistics

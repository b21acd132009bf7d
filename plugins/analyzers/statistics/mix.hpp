#pragma once
// Groups that pool over a parameter are comparable only where each has it mixed alike: a night without its cheapest
// batch size looks slow.
#include "statistics/projection.hpp"

namespace assay::statistics {

/// How many observations of a metric each part of a dataset has: counted once, as figures lie far apart.
class Observations {
  public:
    explicit Observations(const Dataset& dataset) : dataset_{dataset}, of_(dataset.metrics.size()) {}
    const std::vector<std::uint64_t>& of(std::size_t metric);

  private:
    const Dataset& dataset_;
    std::vector<std::vector<std::uint64_t>> of_; ///< empty: not asked for yet
};

/// Parameters that the groups pool over, of which some level's share of a group's observations differs by more than a
/// tenth between groups. What was asked (a prompt) is no parameter: that is a sample of all that might be.
/// `observations`: of a metric, in each part.
Dimensions unevenly_mixed(const Dataset& dataset, const Projection& projection,
                          const std::vector<std::uint64_t>& observations);

/// `dimensions` and, by the observations of `metric`, the unevenly mixed ones, where groups divided so stay few and
/// hold two rows each in the median; else `dimensions` alone.
Dimensions evened(const Dataset& dataset, const Dimensions& dimensions, std::size_t metric, std::size_t most_groups);

} // namespace assay::statistics

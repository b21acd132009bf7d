#pragma once
// A dataset's statistics as tables that a reader meets.
#include "statistics/summary.hpp"
#include <cstdint>

namespace assay::statistics {

struct DatasetReport {
    Section say, details;     ///< empty tables: nothing to show
    bool sweep = false;       ///< single observations: after the datasets that repeat
    std::uint64_t weight = 0; ///< ok observations x headline metrics: the order of datasets
};

struct Settings {
    double confidence;
    std::size_t most_groups;
    const std::vector<std::string>& group_by;
};

/// Headline metrics, rates first, then durations by how much they tell, then the rest, each in table order.
std::vector<std::size_t> headline_order(const Dataset& dataset);

/// Gives the facts of a dataset and answers the tables that show them.
DatasetReport report_on(const Dataset& dataset, const Choice& choice, const Settings& settings, Facts& facts);

} // namespace assay::statistics

#pragma once
// A dataset's statistics as tables that a reader meets.
#include "statistics/summary.hpp"
#include <cstdint>

namespace assay::statistics {

struct DatasetReport {
    Section say, details;      ///< empty tables: nothing to show
    Section single;            ///< where no group has two observations: the values
    std::size_t fractions = 0; ///< metrics that hold some: the order of single values
    bool plain = false;        ///< no metric has both a unit and a direction: after the datasets that have one
    bool sweep = false;        ///< single observations: after the datasets that repeat
    std::uint64_t rows = 0;    ///< that are ok
    std::uint64_t weight = 0;  ///< ok observations x headline metrics: the order of datasets
};

struct Settings {
    double confidence;
    std::size_t most_groups;
    const std::vector<std::string>& group_by;
};

/// Gives the facts of a dataset and answers the tables that show them.
DatasetReport report_on(const Dataset& dataset, const Choice& choice, const Settings& settings, Facts& facts);

} // namespace assay::statistics

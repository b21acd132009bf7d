#pragma once
// How a dataset's rows are put into groups: which dimensions divide them, and what each figure pools over.
#include "statistics/dataset.hpp"

namespace assay::statistics {

struct Group {
    std::vector<Level> levels; ///< per dimension of the projection
    std::vector<const Part*> parts;
    RowCounts rows;
};

struct Projection {
    std::vector<std::size_t> dimensions; ///< of the dataset; empty: everything in one group
    std::vector<Group> groups;           ///< by level
    bool headline = false;               ///< no group mixes things that differ in identity, unless asked for
};

struct Choice {
    std::vector<Projection> projections;      ///< the main one first; always one over everything
    std::vector<std::string> unknown;         ///< names in group_by that are no dimension here
    bool not_split = false;                   ///< too many groups: the pooled figure stands alone
    std::uint64_t configurations = 0;         ///< groups of the full cross with an ok row
    std::uint64_t most_per_configuration = 0; ///< ok rows
};

Projection project(const Dataset& dataset, std::vector<std::size_t> dimensions);

/// The full cross of what varies where that gives at most `most_groups` groups with a median of two ok rows, else the
/// cross of what differs in identity, and each dimension alone; `group_by` outranks that.
Choice choose(const Dataset& dataset, const std::vector<std::string>& group_by, std::size_t most_groups);

/// "num_gpu (4), temperature (3)": dimensions with more than one level within a group, and the most they have in one.
std::string pooled_over(const Dataset& dataset, const std::vector<Group>& groups);

} // namespace assay::statistics

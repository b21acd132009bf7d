#pragma once
// How a dataset's rows are put into groups: which dimensions divide them, and what each figure pools over.
#include "statistics/division.hpp"

namespace assay::statistics {

struct Group {
    std::vector<Level> levels; ///< per dimension of the projection
    std::vector<const Part*> parts;
    RowCounts rows;
    std::uint64_t cap = stats::Values::no_cap; ///< the lowest of its parts'; no_cap where none has one
    void add(const Part& part);
};

struct Projection {
    Dimensions dimensions;     ///< empty: everything in one group
    std::vector<Group> groups; ///< by level
    bool headline = false;     ///< no group mixes things that differ in identity, unless asked for
};

struct Choice {
    std::vector<Projection> projections; ///< the main one first; always one over everything
    std::vector<std::string> unknown;    ///< names in group_by that are no dimension here
    bool not_split = false;              ///< too many groups: the pooled figure stands alone
    bool sweep = false;                  ///< parameters vary, and each setting of them was measured once
};

Projection project(const Dataset& dataset, Dimensions dimensions);
/// Of the groups that have any, the median number of ok rows.
std::uint64_t median_ok(const Projection& projection);

/// The full cross of what varies where that gives at most `most_groups` groups with a median of two ok rows. Else the
/// cross of what differs in identity and of parameters that it would mix unevenly, runs pooled; the same with runs
/// apart; and it with each other dimension. Always everything in one group, too. `group_by` outranks that.
Choice choose(const Dataset& dataset, const std::vector<std::string>& group_by, std::size_t most_groups);

/// Calls `visit` with the place among the dataset's parts of each cell of a group; of whole tables with those of
/// theirs.
template <class Visit> void each_cell(const Dataset& dataset, const Group& group, Visit visit) {
    for (const Part* part : group.parts) {
        const auto first = part->whole ? part->source->first_part : static_cast<std::size_t>(part - &dataset.parts[0]);
        const std::size_t n = part->whole ? part->source->n_parts : 1;
        for (std::size_t i = 0; i < n; ++i) visit(first + i);
    }
}

/// How many known levels of each of the dataset's dimensions the rows of a group have.
std::vector<std::size_t> levels_in(const Dataset& dataset, const Group& group);
/// "num_gpu (4), temperature (3)": dimensions with more than one level.
std::string pooled_over(const Dataset& dataset, const std::vector<std::size_t>& levels);

} // namespace assay::statistics

#pragma once
// The lines of a table: one a group. Their order, and which of them a reader needs where not all have room.
#include "statistics/summary.hpp"
#include <cstdint>
#include <optional>

namespace assay::statistics {

struct Line {
    const Group* group;
    Row row;
    Shown failed, artifacts;
    /// The median, or the only value; null where nothing was measured.
    const Shown* centre() const;
};

/// The place in a projection of the dimension whose levels are all times, which makes its groups a history.
std::optional<std::size_t> time_place(const Dataset& dataset, const Projection& projection);

/// Best median first, groups without one last. A history by what was measured, then by time; where `ranked` is false,
/// or nobody knows which is better, by level.
void order_lines(std::vector<Line>& lines, std::optional<std::size_t> time, std::int32_t direction, bool ranked);

/// Per line its place among those to keep, from 0. Of a ranking both ends, inwards: a reader who sees the best alone
/// does not see what went wrong. Of a history, of each series the outlying time, the last, the other extreme, the
/// first, then what lies around the first of these; the series that moved most come first.
std::vector<std::uint32_t> importance_of(const std::vector<Line>& lines, std::optional<std::size_t> time);

} // namespace assay::statistics

#pragma once
// Columns of times: dates as text, or numbers of seconds since 1970 or parts of them.
#include "gaps/tree.hpp"
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace assay::gaps {

struct TimeValue {
    std::int64_t us; ///< since 1970 UTC
    double scale;    ///< of the number that it was written as, per second: 1, 1e3, 1e6, 1e9; dates: 0
};

struct TimeSpan {
    std::int64_t min, max; ///< microseconds since 1970 UTC
    double min_scale, max_scale;
    std::uint64_t min_line, max_line;
};

/// Columns whose role is a time, of a data table with a profile.
const std::vector<std::size_t>& timestamps_of(const TableView& table);
/// Nothing where the column has no values, or numbers that do not count from 1970.
std::optional<TimeSpan> span_of(const TableView& table, std::size_t column);
std::optional<TimeValue> time_in(const TableView& table, std::size_t kept_row, std::size_t column);

} // namespace assay::gaps

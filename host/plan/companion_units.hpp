#pragma once
// Units that a column of their own tells: `time_unit` is the unit of `real_time` and `cpu_time`, `unit` that of
// `value`.
#include "plan/units.hpp"
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace assay::plan {

/// A column as it bears on the units of others.
struct UnitSign {
    std::string_view name;
    std::string_view only; ///< of a column of text: what all its cells hold; else empty
};

struct CompanionUnit {
    Unit unit;
    std::string_view told_by; ///< the name of the column that says so
    std::string_view written; ///< as it says so
};

/// Per column of a table: its unit, where another column tells one that is known and the same in all rows.
std::vector<std::optional<CompanionUnit>> companion_units(std::string_view table, std::span<const UnitSign> columns);

} // namespace assay::plan

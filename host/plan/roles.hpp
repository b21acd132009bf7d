#pragma once
// What a column is for, from its name and its first values. Everything here is inference, and says its reason.
#include "plan/sample.hpp"
#include <assay/abi.h>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace assay::plan {

struct Role {
    std::int32_t role;  ///< ASSAY_ROLE_*
    std::string reason; ///< "name says parameter", "24 values in 36 rows"
};

Role role_of(std::string_view name, Type type, std::string_view unit, const ColumnSample& sample);

/// ASSAY_DIRECTION_* of a metric.
std::int32_t direction_of(std::string_view name, std::string_view unit);

/// Of a machine or of a language model: its values tell which.
bool is_temperature(std::string_view name);

/// True where each value is itself a statistic of observations that are not in the table.
bool is_aggregate(std::string_view name);

/// The words of a column's name say that its texts are what was measured: `benchmark`, `test_name`.
bool names_subject(const std::vector<std::string>& words);

/// True of a list's name where its values are statistics or bounds: `percentiles`, `scoreConfidence`.
bool is_list_of_statistics(std::string_view name);

} // namespace assay::plan

#include "gaps/family.hpp"
#include <array>

namespace assay::gaps {

std::span<const Family* const> families() {
    static constexpr std::array all{&inventory_family, &names_family,       &parsing_family,     &schema_family,
                                    &columns_family,   &missing_family,     &values_family,      &repetitions_family,
                                    &grid_family,      &order_family,       &confounding_family, &environment_family,
                                    &telemetry_family, &times_family,       &series_family,      &units_family,
                                    &meanings_family,  &consistency_family, &agreement_family,   &pooling_family,
                                    &causes_family};
    return all;
}

const Rule* find_rule(std::string_view name) {
    for (const Family* family : families())
        for (const Rule* rule : family->rules)
            if (rule->id == name || rule->slug == name) return rule;
    return nullptr;
}

} // namespace assay::gaps

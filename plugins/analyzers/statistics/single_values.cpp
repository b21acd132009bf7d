#include "statistics/single_values.hpp"
#include "statistics/short_table.hpp"
#include "statistics/shown_metrics.hpp"
#include <algorithm>

namespace assay::statistics {

namespace {

constexpr std::size_t most_values = 12;
constexpr std::uint32_t single_rank = 50;

bool is_fraction(const Dataset& dataset, std::size_t metric) {
    return std::any_of(dataset.shapes.begin(), dataset.shapes.end(), [&](const auto& shape) {
        const std::size_t column = shape.column_of[metric];
        return column != SIZE_MAX && shape.columns[column].type == ASSAY_TYPE_FLOAT;
    });
}

} // namespace

std::size_t count_fractions(const Dataset& dataset) {
    std::size_t count = 0;
    for (std::size_t m = 0; m < dataset.metrics.size(); ++m)
        count += !dataset.metrics[m].aggregate && is_fraction(dataset, m) ? 1U : 0U;
    return count;
}

Section single_row(const Dataset& dataset, Facts& facts) {
    Section section{.title = dataset.title, .place = "say"};
    const Projection all = project(dataset, {});
    if (all.groups.empty()) return section;
    ShortTable table{{"Values of one observation each", {{"metric"}, {"unit"}, {"better"}, {"value", true}}, {}},
                     most_values,
                     "facts"};
    for (const auto metric : by_what_is_known(dataset)) {
        Pool numbers = pool(all.groups.front(), metric);
        if (numbers.n() != 1) continue;
        const Row row = facts.give(all, all.groups.front(), metric, numbers, "", Detail::least, single_rank);
        const Metric& m = dataset.metrics[metric];
        table.add({{m.name},
                   {m.unit.empty() ? "unknown" : m.unit},
                   {std::string{direction_name(m.direction)}},
                   row.at("value").cell()});
    }
    if (!table.table.rows.empty()) section.tables.push_back(table.finish());
    return section;
}

} // namespace assay::statistics

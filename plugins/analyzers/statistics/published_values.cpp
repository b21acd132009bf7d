#include "statistics/published_values.hpp"
#include "statistics/division.hpp"
#include "statistics/short_table.hpp"
#include <algorithm>
#include <array>

namespace assay::statistics {

namespace {

constexpr std::size_t most_published = 3, most_published_rows = 24;

bool is_centre(const Metric& metric) {
    static constexpr std::array<std::string_view, 6> centres{"median", "mean", "avg", "average", "p50", "slope"};
    return data::has_word(metric.name, centres);
}

/// How much a reader wants to know it.
int usefulness(const Metric& metric) {
    static constexpr std::array<std::string_view, 10> around{"std", "stddev", "stdev", "stderr", "dev",
                                                             "abs", "error",  "bound", "min",    "max"};
    const int kind = data::has_word(metric.name, around) ? 2 : is_centre(metric) ? 0 : 1;
    return 3 * (metric.unit.empty() ? 1 : 0) + kind;
}

/// The projection's dimensions that tell its groups apart.
std::vector<std::size_t> telling_dimensions(const Projection& projection) {
    std::vector<std::size_t> out;
    for (std::size_t i = 0; i < projection.dimensions.size(); ++i)
        if (std::any_of(projection.groups.begin(), projection.groups.end(),
                        [&](const Group& group) { return group.levels[i] != projection.groups.front().levels[i]; }))
            out.push_back(i);
    return out;
}

/// Some group has several values of a metric.
bool pools(const Projection& projection, const std::vector<std::size_t>& metrics) {
    const auto several = [&](const Group& group, std::size_t metric) {
        std::uint64_t n = 0;
        for (const Part* part : group.parts)
            if (const Figures* numbers = part->numbers(metric)) n += numbers->n();
        return n > 1;
    };
    return std::any_of(projection.groups.begin(), projection.groups.end(), [&](const Group& group) {
        return std::any_of(metrics.begin(), metrics.end(), [&](auto metric) { return several(group, metric); });
    });
}

} // namespace

std::vector<std::size_t> published_metrics(const Dataset& dataset) {
    std::vector<std::size_t> out;
    for (std::size_t m = 0; m < dataset.metrics.size(); ++m)
        if (dataset.metrics[m].aggregate) out.push_back(m);
    std::stable_sort(out.begin(), out.end(),
                     [&](auto a, auto b) { return usefulness(dataset.metrics[a]) < usefulness(dataset.metrics[b]); });
    return out;
}

bool publishes_centre(const Dataset& dataset) {
    return std::any_of(dataset.metrics.begin(), dataset.metrics.end(),
                       [](const Metric& metric) { return metric.aggregate && is_centre(metric); });
}

SectionTable published_values(const Dataset& dataset, std::size_t most_groups, Facts& facts) {
    const Dimensions all = refining(dataset, varying(dataset, false));
    if (classes_of(dataset, dataset.parts, all).count > most_groups) return {};
    const Projection each = project(dataset, all);
    auto metrics = published_metrics(dataset);
    if (metrics.size() > most_published) metrics.resize(most_published);
    ShortTable table{{"Published statistics, not observations", {}, {}}, most_published_rows, "facts"};
    if (each.groups.empty() || metrics.empty() || pools(each, metrics)) return {};
    const auto dimensions = telling_dimensions(each);
    for (const auto i : dimensions) table.table.columns.push_back({dataset.dimensions[each.dimensions[i]].name});
    for (const auto m : metrics) {
        const Metric& metric = dataset.metrics[m];
        table.table.columns.push_back({metric.name + (metric.unit.empty() ? "" : " (" + metric.unit + ")"), true});
    }
    for (const Group& group : each.groups) {
        std::vector<SectionCell> row;
        for (const auto i : dimensions) row.push_back({level_text(group.levels[i])});
        std::size_t values = 0;
        for (const auto m : metrics) {
            Pool numbers = pool(group, m);
            values += numbers.n();
            row.push_back(numbers.n() == 0 ? SectionCell{} : facts.published(each, group, m, numbers).at("min").cell());
        }
        if (values > 0) table.add(std::move(row));
    }
    return table.finish();
}

} // namespace assay::statistics

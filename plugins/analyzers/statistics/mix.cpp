#include "statistics/mix.hpp"
#include <algorithm>

namespace assay::statistics {

namespace {

constexpr double most_difference = 0.1;

/// Of each known level of a dimension the share of a group's observations; empty where there are none.
std::vector<double> shares(const Dataset& dataset, const Group& group, std::size_t dimension, std::size_t metric) {
    std::vector<double> counts(dataset.dimensions[dimension].levels.size(), 0);
    double all = 0;
    for (const Part* part : group.parts)
        for (const Part& cell : part->cell ? std::span{part, 1} : dataset.parts_of(*part->source)) {
            const NumberProfile* numbers = cell.numbers(metric);
            if (numbers == nullptr || !dataset.dimensions[dimension].is_known(cell.levels[dimension])) continue;
            counts[cell.levels[dimension]] += static_cast<double>(numbers->n());
            all += static_cast<double>(numbers->n());
        }
    if (all == 0) return {};
    for (double& count : counts) count /= all;
    return counts;
}

bool is_uneven(const Dataset& dataset, const Projection& projection, std::size_t dimension, std::size_t metric) {
    std::vector<double> low, high;
    bool pooled = false; // else it says again what divides the groups
    for (const Group& group : projection.groups) {
        const auto own = shares(dataset, group, dimension, metric);
        if (own.empty()) continue;
        if (low.empty()) low = high = own;
        pooled |= std::count_if(own.begin(), own.end(), [](double share) { return share > 0; }) > 1;
        for (std::size_t i = 0; i < own.size(); ++i) {
            low[i] = std::min(low[i], own[i]);
            high[i] = std::max(high[i], own[i]);
        }
    }
    for (std::size_t i = 0; i < low.size() && pooled; ++i)
        if (high[i] - low[i] > most_difference) return true;
    return false;
}

} // namespace

Dimensions unevenly_mixed(const Dataset& dataset, const Projection& projection, std::size_t metric) {
    Dimensions out;
    if (projection.groups.size() < 2) return out;
    for (const auto dimension : varying(dataset, false)) {
        const auto& divides = projection.dimensions;
        const Dimension& d = dataset.dimensions[dimension];
        if (d.identity || data::is_stimulus(d.name) ||
            std::find(divides.begin(), divides.end(), dimension) != divides.end())
            continue;
        if (is_uneven(dataset, projection, dimension, metric)) out.push_back(dimension);
    }
    return out;
}

Dimensions evened(const Dataset& dataset, const Dimensions& dimensions, std::size_t metric, std::size_t most_groups) {
    const Dimensions uneven = unevenly_mixed(dataset, project(dataset, dimensions), metric);
    if (uneven.empty()) return dimensions;
    Dimensions all = dimensions;
    all.insert(all.end(), uneven.begin(), uneven.end());
    all = refining(dataset, all);
    const Projection divided = project(dataset, all);
    return divided.groups.size() <= most_groups && median_ok(divided) >= 2 ? all : dimensions;
}

} // namespace assay::statistics

#include "statistics/mix.hpp"
#include <algorithm>
#include <numeric>

namespace assay::statistics {

namespace {

constexpr double most_difference = 0.1;

/// How many observations of a group have each known level, by dimension.
using LevelCounts = std::vector<std::vector<double>>;

void count(const Dataset& dataset, const Dimensions& dimensions, const Part& cell, std::size_t metric,
           LevelCounts& counts) {
    const Figures* numbers = cell.numbers(metric);
    if (numbers == nullptr) return;
    for (std::size_t i = 0; i < dimensions.size(); ++i) {
        const std::uint32_t level = cell.levels[dimensions[i]];
        if (dataset.dimensions[dimensions[i]].is_known(level)) counts[i][level] += static_cast<double>(numbers->n());
    }
}

LevelCounts counts_of(const Dataset& dataset, const Dimensions& dimensions, const Group& group, std::size_t metric) {
    LevelCounts counts;
    for (const auto dimension : dimensions) counts.emplace_back(dataset.dimensions[dimension].levels.size(), 0.0);
    for (const Part* part : group.parts)
        for (const Part& cell : !part->whole ? std::span{part, 1} : dataset.parts_of(*part->source))
            count(dataset, dimensions, cell, metric, counts);
    return counts;
}

/// The least and the largest share of each level among the groups that have any.
struct Shares {
    std::vector<double> low, high;
    bool pooled = false; ///< a group has several levels: else the dimension says again what divides the groups
    void add(const std::vector<double>& counts) {
        const double all = std::accumulate(counts.begin(), counts.end(), 0.0);
        if (all == 0) return;
        if (low.empty()) low.assign(counts.size(), 1), high.assign(counts.size(), 0);
        pooled |= std::count_if(counts.begin(), counts.end(), [](double n) { return n > 0; }) > 1;
        for (std::size_t i = 0; i < counts.size(); ++i) {
            low[i] = std::min(low[i], counts[i] / all);
            high[i] = std::max(high[i], counts[i] / all);
        }
    }
    bool is_uneven() const {
        for (std::size_t i = 0; i < low.size() && pooled; ++i)
            if (high[i] - low[i] > most_difference) return true;
        return false;
    }
};

/// Parameters that do not divide the groups, though they vary.
Dimensions mixed_in(const Dataset& dataset, const Projection& projection) {
    Dimensions out;
    for (const auto dimension : varying(dataset, false)) {
        const auto& divides = projection.dimensions;
        const Dimension& d = dataset.dimensions[dimension];
        if (!d.identity && !data::is_stimulus(d.name) &&
            std::find(divides.begin(), divides.end(), dimension) == divides.end())
            out.push_back(dimension);
    }
    return out;
}

} // namespace

Dimensions unevenly_mixed(const Dataset& dataset, const Projection& projection, std::size_t metric) {
    Dimensions out;
    if (projection.groups.size() < 2) return out;
    const Dimensions mixed = mixed_in(dataset, projection);
    if (mixed.empty()) return out;
    std::vector<Shares> shares(mixed.size());
    for (const Group& group : projection.groups) {
        const LevelCounts counts = counts_of(dataset, mixed, group, metric);
        for (std::size_t i = 0; i < mixed.size(); ++i) shares[i].add(counts[i]);
    }
    for (std::size_t i = 0; i < mixed.size(); ++i)
        if (shares[i].is_uneven()) out.push_back(mixed[i]);
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

#include "statistics/mix.hpp"
#include <algorithm>

namespace assay::statistics {

namespace {

constexpr double most_difference = 0.1;

/// How the known levels of a dimension are mixed in groups, one after another. Most levels are in few groups.
class Mix {
  public:
    Mix(const Dataset& dataset, std::size_t of)
        : dimension_{dataset.dimensions[of]}, level_of_{data::levels_of(dataset.parts, of)},
          levels_{dimension_.levels.size()} {}

    /// `n` observations in a part of the dataset.
    void add(std::size_t part, std::uint64_t n) {
        const std::uint32_t level = level_of_[part];
        if (n == 0 || !dimension_.is_known(level)) return;
        if (levels_[level].n == 0) met_.push_back(level);
        levels_[level].n += n;
        all_ += n;
    }
    void end_group() {
        if (met_.empty()) return;
        ++groups_;
        pooled_ |= met_.size() > 1;
        for (const auto level : met_) {
            PerLevel& l = levels_[level];
            const double share = static_cast<double>(l.n) / static_cast<double>(all_);
            l.low = std::min(l.low, share);
            l.high = std::max(l.high, share);
            ++l.groups;
            l.n = 0;
        }
        met_.clear();
        all_ = 0;
    }
    /// Where no group has several levels, it says again what divides the groups.
    bool is_uneven() const {
        return pooled_ && std::any_of(levels_.begin(), levels_.end(), [&](const PerLevel& l) {
                   return l.high - (l.groups < groups_ ? 0 : l.low) > most_difference;
               });
    }

  private:
    struct PerLevel {
        std::uint64_t n = 0;      ///< in the group at hand
        double low = 1, high = 0; ///< shares of the groups that have it
        std::size_t groups = 0;
    };
    const Dimension& dimension_;
    std::span<const std::uint32_t> level_of_; ///< by part
    std::vector<PerLevel> levels_;
    std::vector<std::uint32_t> met_; ///< in the group at hand
    std::uint64_t all_ = 0;
    std::size_t groups_ = 0; ///< that have any
    bool pooled_ = false;    ///< a group has several levels
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

const std::vector<std::uint64_t>& Observations::of(std::size_t metric) {
    auto& counts = of_[metric];
    if (!counts.empty()) return counts;
    counts.reserve(dataset_.parts.size());
    for (const Part& part : dataset_.parts) {
        const Figures* numbers = part.numbers(metric);
        counts.push_back(numbers ? numbers->n() : 0);
    }
    return counts;
}

Dimensions unevenly_mixed(const Dataset& dataset, const Projection& projection,
                          const std::vector<std::uint64_t>& observations) {
    Dimensions out;
    if (projection.groups.size() < 2) return out;
    const Dimensions mixed = mixed_in(dataset, projection);
    if (mixed.empty()) return out;
    std::vector<Mix> mixes;
    for (const auto dimension : mixed) mixes.emplace_back(dataset, dimension);
    for (const Group& group : projection.groups) {
        each_cell(dataset, group, [&](std::size_t cell) {
            for (Mix& mix : mixes) mix.add(cell, observations[cell]);
        });
        for (Mix& mix : mixes) mix.end_group();
    }
    for (std::size_t i = 0; i < mixed.size(); ++i)
        if (mixes[i].is_uneven()) out.push_back(mixed[i]);
    return out;
}

Dimensions evened(const Dataset& dataset, const Dimensions& dimensions, std::size_t metric, std::size_t most_groups) {
    const Dimensions uneven = unevenly_mixed(dataset, project(dataset, dimensions), Observations{dataset}.of(metric));
    if (uneven.empty()) return dimensions;
    Dimensions all = dimensions;
    all.insert(all.end(), uneven.begin(), uneven.end());
    all = refining(dataset, all);
    if (classes_of(dataset, dataset.parts, all).count > most_groups) return dimensions;
    return median_ok(project(dataset, all)) >= 2 ? all : dimensions;
}

} // namespace assay::statistics

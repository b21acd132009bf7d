#include "statistics/summary.hpp"
#include <algorithm>
#include <assay/stats/display.hpp>
#include <assay/stats/hash.hpp>
#include <assay/stats/sample.hpp>
#include <cmath>

namespace assay::statistics {

namespace {

constexpr std::uint64_t fewest_in_histogram = 30;
constexpr std::size_t most_observations = stats::Sample<double>::most;

/// Of all values those of smallest hash of value and place among its equals: a function of the multiset.
std::vector<double> bottom_k(std::span<const double> sorted) {
    if (sorted.size() <= most_observations) return {sorted.begin(), sorted.end()};
    std::vector<std::pair<std::uint64_t, double>> keyed;
    keyed.reserve(sorted.size());
    std::uint64_t among_equals = 0;
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        among_equals = i > 0 && sorted[i] == sorted[i - 1] ? among_equals + 1 : 0;
        keyed.emplace_back(stats::combine(stats::hash(sorted[i]), among_equals), sorted[i]);
    }
    std::nth_element(keyed.begin(), keyed.begin() + most_observations, keyed.end());
    std::vector<double> kept;
    for (std::size_t i = 0; i < most_observations; ++i) kept.push_back(keyed[i].second);
    std::sort(kept.begin(), kept.end());
    return kept;
}

/// Of whole tables, whose profiles keep a sample; nothing for parts of tables.
std::vector<double> sample_of_tables(const Group& group, std::size_t metric) {
    using Sampled = stats::Sample<double>;
    Sampled all;
    for (const Part* part : group.parts) {
        if (!part->whole) return {};
        const std::size_t column = part->source->column_of(metric);
        if (column == SIZE_MAX) continue;
        // The tables' own keys: with others a small table would have as much of the sample as a large one.
        for (const auto& entry : sample_of(part->source->table.samples[column]))
            all.add(entry.key, entry.at, entry.item);
    }
    std::vector<double> kept;
    for (const auto& entry : all.sorted()) kept.push_back(entry.item);
    std::sort(kept.begin(), kept.end());
    return kept;
}

/// 1, 2, 2.5 or 5 times a power of ten: the smallest that needs at most 20 bins.
double bin_width(double range) {
    const double least = range / 20, power = std::pow(10.0, std::floor(std::log10(least)));
    for (const double step : {1.0, 2.0, 2.5, 5.0})
        if (step * power >= least) return step * power;
    return 10 * power;
}

/// How many values lie below `bound`.
std::uint64_t count_below(Pool& pool, double bound) {
    if (pool.values.exact()) {
        const auto sorted = pool.values.sorted();
        return static_cast<std::uint64_t>(std::lower_bound(sorted.begin(), sorted.end(), bound) - sorted.begin());
    }
    std::uint64_t low = 0, high = pool.n();
    while (low < high) {
        const std::uint64_t middle = low + (high - low) / 2;
        const double at = pool.values.quantile(static_cast<double>(middle) / static_cast<double>(pool.n() - 1))->value;
        if (at < bound)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

} // namespace

void Facts::observations(const Projection& projection, const Group& group, std::size_t metric, Pool& pool,
                         std::uint32_t rank) {
    if (pool.n() < 2) return;
    Fact fact = base(projection, group, metric, pool);
    fact.unit = data.metrics[metric].unit;
    fact.kind = "sample";
    fact.values = pool.values.exact() ? bottom_k(pool.values.sorted()) : sample_of_tables(group, metric);
    if (!fact.values.empty()) {
        const bool all = fact.values.size() == pool.n();
        fact.selector = selector(projection, group, fact.metric, "ok", "sample", pool.artifacts);
        send(fact, "sample", static_cast<double>(fact.values.size()), std::to_string(fact.values.size()),
             all ? "all observations, by value" : "observations of smallest hash, by value", rank);
    }
    if (pool.n() >= fewest_in_histogram) histogram(projection, group, metric, pool, rank);
}

void Facts::histogram(const Projection& projection, const Group& group, std::size_t metric, Pool& pool,
                      std::uint32_t rank) {
    const double low = pool.min->value, high = pool.max->value, range = high - low;
    if (!(range > 0) || !std::isfinite(range)) return;
    const double width = bin_width(range), first = std::floor(low / width);
    Fact fact = base(projection, group, metric, pool);
    fact.kind = "histogram";
    fact.unit = data.metrics[metric].unit;
    fact.approximate = !pool.values.exact();
    std::uint64_t below = 0;
    for (std::size_t i = 0; fact.edges.empty() || fact.edges.back() <= high; ++i) {
        if (!(width > 0) || i > 64) return; // values too far from zero for bins of this width
        fact.edges.push_back((first + static_cast<double>(i)) * width);
        if (i == 0) continue;
        const std::uint64_t upto = count_below(pool, fact.edges.back());
        fact.values.push_back(static_cast<double>(upto - below));
        below = upto;
    }
    fact.selector = selector(projection, group, fact.metric, "ok", "histogram", pool.artifacts);
    std::string method = "observations in bins of equal width, each with its lower edge";
    if (fact.approximate) method += std::string{", "} + stats::LogSketch::method;
    send(fact, "histogram", static_cast<double>(pool.n()), std::to_string(pool.n()), method, rank);
}

void Facts::setting(const Projection& projection, const Group& group, std::size_t metric, Pool& pool,
                    std::uint32_t rank) {
    Fact fact = base(projection, group, metric, pool);
    fact.kind = "setting";
    fact.unit = data.metrics[metric].unit;
    fact.direction = direction_name(data.metrics[metric].direction);
    const bool one = pool.n() == 1;
    const char* stat = one ? "value" : "median";
    fact.selector = selector(projection, group, fact.metric, "ok", stat, pool.artifacts);
    if (pool.n() == 0) {
        fact.stat = stat;
        fact.method = "no ok row with a finite value";
        fragment.add(fact, rank);
        return;
    }
    if (one) fact.evidence.push_back({pool.min->artifact, pool.min->row, pool.min->line});
    const double value = one ? pool.min->value : pool.values.quantile(0.5)->value;
    fact.approximate = !one && !pool.values.exact();
    std::string display = stats::display(value), method = one ? "the only value" : "type-7 quantile";
    if (fact.approximate) {
        display = stats::approximately(std::move(display));
        method += std::string{", "} + stats::LogSketch::method;
    }
    send(fact, stat, value, std::move(display), method, rank);
}

} // namespace assay::statistics

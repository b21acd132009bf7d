#include "statistics/shown_metrics.hpp"
#include <algorithm>
#include <array>

namespace assay::statistics {

namespace {

bool is_rate(const Metric& metric) { return metric.unit.find('/') != std::string::npos; }

bool is_duration(const Metric& metric) {
    static constexpr std::array units{"s", "ms", "us", "ns", "min", "h"};
    return std::find(units.begin(), units.end(), metric.unit) != units.end();
}

int standing(const Metric& metric) {
    if (is_rate(metric)) return 0;
    if (!is_duration(metric)) return 6;
    static constexpr std::array telling{"ttft", "latency", "total", "elapsed", "duration"};
    for (std::size_t i = 0; i < telling.size(); ++i)
        if (metric.name.find(telling[i]) != std::string::npos) return i < 2 ? 1 : 2;
    return 3;
}

} // namespace

std::vector<std::size_t> headline_order(const Dataset& dataset) {
    std::vector<std::size_t> order;
    for (std::size_t m = 0; m < dataset.metrics.size(); ++m)
        if (!dataset.metrics[m].aggregate) order.push_back(m);
    std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) {
        const Metric &x = dataset.metrics[a], &y = dataset.metrics[b];
        if (x.is_headline() != y.is_headline()) return x.is_headline();
        return x.is_headline() && standing(x) < standing(y);
    });
    return order;
}

std::vector<std::size_t> by_what_is_known(const Dataset& dataset) {
    std::vector<std::size_t> order;
    for (std::size_t m = 0; m < dataset.metrics.size(); ++m)
        if (!dataset.metrics[m].aggregate) order.push_back(m);
    // Bounds and errors are of a figure that stands beside them.
    static constexpr std::array<std::string_view, 4> around{"bound", "lower", "upper", "error"};
    const auto known = [&](std::size_t m) {
        const Metric& metric = dataset.metrics[m];
        if (data::has_word(metric.name, around)) return 3;
        return metric.direction != ASSAY_DIRECTION_UNKNOWN ? 0 : metric.unit.empty() ? 2 : 1;
    };
    std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return known(a) < known(b); });
    return order;
}

std::vector<std::size_t> shown_metrics(const Dataset& dataset) {
    auto order = headline_order(dataset);
    const auto plain =
        std::find_if(order.begin(), order.end(), [&](auto m) { return !dataset.metrics[m].is_headline(); });
    if (plain != order.begin()) {
        order.erase(plain, order.end());
        return order;
    }
    order = by_what_is_known(dataset);
    if (order.size() > most_plain) order.erase(order.begin() + most_plain, order.end());
    return order;
}

} // namespace assay::statistics

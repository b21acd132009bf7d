#include "statistics/summary.hpp"
#include <algorithm>
#include <array>
#include <assay/stats/display.hpp>
#include <assay/stats/interval.hpp>
#include <assay/stats/quantile.hpp>
#include <cmath>

namespace assay::statistics {

namespace {

struct Percentile {
    const char* name;
    double p;
    bool brief;
};
constexpr std::array percentiles{Percentile{"p5", 0.05, false},  Percentile{"p25", 0.25, true},
                                 Percentile{"p75", 0.75, true},  Percentile{"p90", 0.9, false},
                                 Percentile{"p95", 0.95, false}, Percentile{"p99", 0.99, false}};

void take_extreme(std::optional<Extreme>& best, const std::optional<stats::Extreme>& found, std::uint64_t line,
                  std::string_view path, bool smaller) {
    if (!found || (best && !(smaller ? found->value < best->value : found->value > best->value))) return;
    best = Extreme{found->value, std::string{path}};
    if (line != ASSAY_UNKNOWN)
        best->line = line;
    else if (found->at.chunk == 0)
        best->row = found->at.row + 1;
}

void join_failed(Pool& out, const FailedFigures& failed) {
    out.failed_min = out.failed.n > 0 ? std::min(out.failed_min, failed.min) : failed.min;
    out.failed_max = out.failed.n > 0 ? std::max(out.failed_max, failed.max) : failed.max;
    out.failed.merge(failed.moments);
}

std::string percent(double share) {
    char text[16];
    std::snprintf(text, sizeof text, "%.1f %%", 100 * share);
    return text;
}

/// "0.36 %": two digits are enough for a spread.
std::string percent_of(double share) { return stats::display_half_width(100 * share) + " %"; }

} // namespace

std::string_view direction_name(std::int32_t direction) {
    if (direction == ASSAY_DIRECTION_HIGHER) return "higher";
    return direction == ASSAY_DIRECTION_LOWER ? "lower" : "";
}

std::string shown(double value, double half_width) {
    return 2 * half_width > std::abs(value) ? stats::display(value) : stats::display(value, half_width);
}

std::string level_text(const Level& level) { return level ? *level : "(none)"; }

std::string interval_text(double low, double high, double half_width) {
    const bool wide = 2 * half_width > std::min(std::abs(low), std::abs(high));
    const auto text = [&](double bound) { return wide ? stats::display(bound) : stats::display(bound, half_width); };
    return text(low) + (low < 0 ? " to " : "–") + text(high);
}

Pairs subject_of(const Dataset& dataset, const Projection& projection, const Group& group) {
    Pairs subject{{"dataset", dataset.id}};
    for (std::size_t i = 0; i < projection.dimensions.size(); ++i)
        subject.emplace_back(dataset.dimensions[projection.dimensions[i]].name, level_text(group.levels[i]));
    return subject;
}

Paths paths_of(const Group& group) {
    Paths paths;
    for (const Part* part : group.parts) paths.add(*part->source);
    return paths;
}

Pool pool(const Group& group, std::size_t metric) {
    Pool out;
    out.values = stats::Values{group.cap};
    for (const Part* part : group.parts) {
        const Figures* numbers = part->numbers(metric);
        if (numbers == nullptr) continue;
        out.rows.add(part->rows);
        out.n_missing += numbers->n_missing;
        out.artifacts.add(*part->source);
        if (numbers->failed) join_failed(out, *numbers->failed);
        if (numbers->n() == 0) continue;
        out.moments.merge(numbers->moments);
        if (numbers->many == nullptr)
            out.values.merge_ascending(numbers->values);
        else
            out.values.merge(part->cap == group.cap ? *numbers->many : with_cap(*numbers->many, group.cap));
        const Extremes& e = numbers->extremes;
        take_extreme(out.min, e.extrema.min, e.min_line, part->source->path, true);
        take_extreme(out.max, e.extrema.max, e.max_line, part->source->path, false);
    }
    return out;
}

std::string_view Facts::selector(const Projection& projection, const Group& group, std::string_view column,
                                 std::string_view rows, std::string_view stat, const Paths& paths) {
    JsonWriter& json = selector_;
    json.clear();
    json.object().field("dataset", data.id).key("where").object();
    for (std::size_t i = 0; i < projection.dimensions.size(); ++i)
        json.field(data.dimensions[projection.dimensions[i]].name, group.levels[i]);
    json.end();
    if (!column.empty()) json.field("column", column);
    json.field("rows", rows).field("statistic", stat);
    // Dataset and levels select the rows; the count's selector names the files, once for all its figures.
    if (stat == "n" || stat == "count" || stat == "value") {
        json.key("artifacts").array();
        for (const auto path : paths.first()) json.value(path);
        json.end();
        if (paths.size() > Paths::most_told) json.field("more", std::uint64_t{paths.size() - Paths::most_told});
    }
    return json.end().text();
}

Fact Facts::base(const Projection& projection, const Group& group, std::size_t metric, const Pool& pool) const {
    Fact fact;
    fact.kind = "statistic";
    fact.subject = subject_of(data, projection, group);
    const Metric& m = data.metrics[metric];
    if (m.unit_varies) fact.subject.emplace_back("unit", m.unit.empty() ? "(none)" : m.unit);
    fact.metric = m.name;
    fact.n = pool.n();
    fact.n_failed = pool.rows.failed;
    fact.n_suspect = pool.rows.suspect;
    fact.n_missing = pool.n_missing;
    return fact;
}

Shown Facts::send(Fact& fact, std::string_view stat, double value, std::string display, std::string_view method,
                  std::uint32_t rank) {
    fact.stat = stat;
    fact.value = value;
    fact.display = std::move(display);
    fact.method = method;
    return {value, fact.display, fragment.add(fact, rank), fact.interval ? fact.interval->display : "",
            fact.approximate};
}

namespace {

/// The median's order-statistic interval; of a sketch, from its own order statistics.
std::optional<Interval> median_bounds(Pool& pool, double confidence) {
    const auto ranks = stats::median_interval(pool.n(), confidence);
    if (!ranks || pool.n() < 2) return std::nullopt;
    const auto at = [&](std::uint64_t rank) {
        return pool.values.quantile(static_cast<double>(rank) / static_cast<double>(pool.n() - 1))->value;
    };
    const bool exact = pool.values.exact();
    const double low = exact ? pool.values.at(ranks->lo) : at(ranks->lo);
    const double high = exact ? pool.values.at(ranks->hi) : at(ranks->hi);
    std::string text = interval_text(low, high, (high - low) / 2);
    if (!exact) text = stats::approximately(std::move(text));
    if (!ranks->reached) text += " (" + percent(ranks->attained) + ")";
    return Interval{low, high, ranks->attained, std::move(text)};
}

struct Value {
    const char* stat;
    std::optional<double> value;
    const char* method;
    const char* unit; ///< null: the metric's
};

/// What needs all values in order; nothing beyond the cap.
std::vector<Value> robust(std::span<const double> sorted) {
    const auto z = stats::modified_z(sorted);
    std::optional<double> outliers;
    if (z) outliers = static_cast<double>(stats::count_outliers(sorted, *z));
    return {{"mad", stats::robust_sd(sorted), "median absolute deviation from the median x 1.4826", nullptr},
            {"robust_cv", stats::robust_cv(sorted), "1.4826 MAD / median", "1"},
            {"trimmed_mean", stats::trimmed_mean(sorted), "mean without the lowest and highest 20 %", nullptr},
            {"geometric_mean", stats::geometric_mean(sorted), "geometric mean", nullptr},
            {"outliers", outliers,
             z && z->fallback ? "modified z score beyond 3.5, from the mean absolute deviation since MAD is 0"
                              : "modified z score beyond 3.5 (Iglewicz, Hoaglin)",
             ""}};
}

} // namespace

Row Facts::give(const Projection& projection, const Group& group, std::size_t metric, Pool& pool,
                const std::string& label, Detail detail, std::uint32_t rank) {
    Row row;
    const Metric& m = data.metrics[metric];
    Fact fact = base(projection, group, metric, pool);
    // Gives the fact and takes back what is this statistic's own.
    const auto emit = [&](std::string_view stat, double value, std::string display, std::string method,
                          const char* unit = nullptr) {
        fact.unit = unit ? unit : m.unit;
        fact.direction = unit ? "" : direction_name(m.direction);
        fact.selector = selector(projection, group, fact.metric, "ok", stat, pool.artifacts);
        // What the figure pools over stands with the figures that stand for the group.
        const bool stands = stat == "n" || stat == "median" || stat == "mean";
        if (stands && !label.empty()) method += "; " + label;
        row.emplace(stat, send(fact, stat, value, std::move(display), method, rank));
        fact.evidence.clear();
        fact.interval.reset();
        fact.approximate = false;
    };
    const auto extreme = [&](std::string_view stat, const Extreme& e, const char* method) {
        fact.evidence.push_back({e.artifact, e.row, e.line});
        emit(stat, e.value, stats::display(e.value), method);
    };
    emit("n", static_cast<double>(pool.n()), std::to_string(pool.n()), "ok rows with a finite value", "");
    if (pool.n() == 0) return row;
    if (pool.n() == 1) {
        extreme("value", *pool.min, "the only value");
        return row;
    }
    if (pool.min->value == pool.max->value) {
        extreme("median", *pool.min, "the same in all rows");
        return row;
    }
    const bool approx = !pool.values.exact();
    const std::string sketch = approx ? std::string{", "} + stats::LogSketch::method : "";
    const auto quantile = [&](const char* stat, double p, std::optional<Interval> bounds = std::nullopt) {
        fact.approximate = approx;
        const double value = pool.values.quantile(p)->value;
        std::string display = bounds ? shown(value, (bounds->high - bounds->low) / 2) : stats::display(value);
        std::string method = "type-7 quantile" + sketch;
        if (approx) display = stats::approximately(std::move(display));
        if (bounds) method += "; interval between order statistics, attains " + percent(bounds->level);
        fact.interval = std::move(bounds);
        emit(stat, value, std::move(display), std::move(method));
    };
    quantile("median", 0.5, median_bounds(pool, confidence));
    const auto mean_ci = stats::mean_interval(pool.moments, confidence);
    if (const auto mean = stats::mean(pool.moments)) {
        std::string method = "arithmetic mean", display = stats::display(*mean);
        if (mean_ci) {
            const double half = (mean_ci->hi - mean_ci->lo) / 2;
            display = shown(*mean, half);
            fact.interval =
                Interval{mean_ci->lo, mean_ci->hi, confidence, interval_text(mean_ci->lo, mean_ci->hi, half)};
            method += "; Student's t interval";
            if (stats::mean_interval_doubtful(pool.moments)) method += ", doubtful: n < 10 and skewness beyond 1";
        }
        emit("mean", *mean, std::move(display), std::move(method));
    }
    const auto number = [&](const char* stat, std::optional<double> value, const char* method,
                            const char* unit = nullptr) {
        if (value) emit(stat, *value, stats::display(*value), method, unit);
    };
    const auto share = [&](const char* stat, std::optional<double> value, const char* method) {
        if (value) emit(stat, *value, percent_of(*value), method, "1");
    };
    if (detail != Detail::least) number("sd", stats::sd(pool.moments), "sample standard deviation, n-1");
    share("cv", stats::cv(pool.moments), "standard deviation / mean");
    extreme("min", *pool.min, "smallest value");
    extreme("max", *pool.max, "largest value");
    if (detail == Detail::least) return row;
    for (const auto& q : percentiles)
        if ((q.brief || detail == Detail::full) && stats::quantile_supported(pool.n(), q.p)) quantile(q.name, q.p);
    if (detail == Detail::brief) return row;
    number("sem", stats::sem(pool.moments), "standard deviation / square root of n");
    number("skewness", stats::skewness(pool.moments), "g1, biased", "1");
    number("kurtosis", stats::kurtosis(pool.moments), "g2, excess, biased", "1");
    if (approx) return row;
    if (row.contains("p25")) number("iqr", stats::iqr(pool.values.sorted()), "p75 - p25, type-7 quantiles");
    for (const Value& v : robust(pool.values.sorted())) {
        if (std::string_view{v.stat} == "robust_cv")
            share(v.stat, v.value, v.method);
        else
            number(v.stat, v.value, v.method, v.unit);
    }
    return row;
}

Shown Facts::count(const Projection& projection, const Group& group, std::string_view metric, std::string_view stat,
                   std::uint64_t value, const std::string& method) {
    Fact fact;
    fact.kind = "count";
    fact.subject = subject_of(data, projection, group);
    fact.metric = metric;
    fact.selector = selector(projection, group, "", metric == "rows" ? stat : "all", "count", paths_of(group));
    return send(fact, stat, static_cast<double>(value), std::to_string(value), method, 10);
}

Shown Facts::counterfactual(const Projection& projection, const Group& group, std::size_t metric, const Pool& pool,
                            std::string_view stat, double value, const std::string& method, bool share) {
    Fact fact = base(projection, group, metric, pool);
    fact.kind = "counterfactual";
    const bool count = stat == "configurations" || stat == "rows" || stat == "failed_rows";
    fact.unit = share ? "1" : count ? "" : data.metrics[metric].unit;
    fact.selector = selector(projection, group, fact.metric, stat == "mean_with_failed" ? "ok and failed" : "failed",
                             stat, pool.artifacts);
    const std::string display = share ? percent_of(value) : stats::display(value);
    return send(fact, stat, value, display, method, 10);
}

Row Facts::published(const Projection& projection, const Group& group, std::size_t metric, Pool& pool) {
    Row row;
    const auto emit = [&](const char* stat, double value, const char* method, bool with_unit,
                          const std::optional<Extreme>& at = std::nullopt) {
        Fact fact = base(projection, group, metric, pool);
        fact.kind = "published";
        if (with_unit) fact.unit = data.metrics[metric].unit;
        if (at) fact.evidence = {{at->artifact, at->row, at->line}};
        fact.selector = selector(projection, group, fact.metric, "ok", stat, pool.artifacts);
        row[stat] = send(fact, stat, value, stats::display(value), method, 60);
    };
    emit("n", static_cast<double>(pool.n()), "published statistics in ok rows; not observations", false);
    if (pool.n() == 0) return row;
    emit("min", pool.min->value, "smallest published statistic", true, pool.min);
    emit("median", pool.values.quantile(0.5)->value, "median of published statistics, type-7 quantile", true);
    emit("max", pool.max->value, "largest published statistic", true, pool.max);
    return row;
}

} // namespace assay::statistics

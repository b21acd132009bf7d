// Sample: how often was each configuration measured, and does it carry what is published?
#include "gaps/design.hpp"
#include "gaps/family.hpp"
#include "gaps/wording.hpp"
#include <algorithm>
#include <array>
#include <assay/stats/quantile.hpp>
#include <cmath>

namespace assay::gaps {

namespace {

/// Of a dataset, and of all its tables.
struct Configuration {
    std::uint64_t ok = 0;
    const data::Source* source = nullptr; ///< the first that has it
};
using Configurations = std::map<std::vector<std::uint32_t>, Configuration>;

bool measures_performance(const DatasetView& view) {
    const auto& metrics = view.dataset->metrics;
    return std::any_of(metrics.begin(), metrics.end(), [](auto& metric) { return is_performance(metric); });
}

/// Nothing where rows are no single observations: telemetry, summaries with counts of their own.
Configurations configurations_of(const DatasetView& view) {
    const data::Dataset& dataset = *view.dataset;
    Configurations out;
    if (dataset.not_split || !measures_performance(view)) return out;
    const Member first = view.member(dataset.sources.front());
    if (is_telemetry(*first.table) || holds_summaries(*first.table)) return out;
    std::vector<std::size_t> conditions;
    for (std::size_t d = 0; d < dataset.dimensions.size(); ++d)
        if (dataset.dimensions[d].varies() && !is_repeat(dataset.dimensions[d].name) &&
            !data::is_stimulus(dataset.dimensions[d].name))
            conditions.push_back(d);
    for (const data::Part& part : dataset.parts) {
        if (part.rows.ok == 0) continue;
        std::vector<std::uint32_t> key;
        for (const auto d : conditions) key.push_back(part.levels[d]);
        Configuration& one = out[key];
        one.ok += part.rows.ok;
        if (one.source == nullptr) one.source = part.source;
    }
    return out;
}

// ---- N1

constexpr std::uint64_t enough = 6;

std::string say_few_repetitions(const Group& group, double threshold) {
    return k_of_n(group, "configurations") + " have fewer than " + number_text(threshold) + " observations (" +
           most_frequent(group, 4) + "): no interval of 95 % for their median is finite";
}

const Rule few_repetitions{.id = "N1",
                           .slug = "few-repetitions",
                           .severity = Severity::medium,
                           .definition = "Configurations of a benchmark have more than one observation, but fewer "
                                         "than a 95 % interval of the median needs.",
                           .fix = "Measure each configuration at least 6 times.",
                           .looks_at = "raw durations or rates by configuration",
                           .statement = say_few_repetitions,
                           .threshold = {"observations", enough}};

void look_for_few_repetitions(const DatasetView& view, const Configurations& all, Hits& hits) {
    const std::string& title = view.dataset->title;
    hits.looked(few_repetitions, title, all.size());
    for (const auto& [levels, one] : all)
        if (one.ok > 1 && static_cast<double>(one.ok) < hits.threshold(few_repetitions))
            hits.add(few_repetitions,
                     {title, Evidence{one.source->path}, 1, "n = " + std::to_string(one.ok), -double(one.ok)});
}

// ---- N2

std::string say_one_observation(const Group& group, double) {
    return k_of_n(group, "configurations") +
           " were measured once, so that no best one can be named: " + most_frequent(group, 4);
}

const Rule one_observation{.id = "N2",
                           .slug = "one-observation-per-configuration",
                           .severity = Severity::high,
                           .definition = "At least half of 4 or more configurations of a sweep were measured once: "
                                         "what tells them apart cannot be told from noise.",
                           .fix =
                               "Measure each configuration at least 6 times, in shuffled order, before ranking them.",
                           .looks_at = "raw durations or rates of 4 configurations",
                           .statement = say_one_observation,
                           .answer = Answer::must_not_say};

/// "tokens_s from 76.93 to 78.42 {token}/s, which is a spread (CV) of 0.36 %", of the first rate, else duration.
std::string spread_of(const DatasetView& view, const data::Source& source) {
    const data::Dataset& dataset = *view.dataset;
    std::size_t best = SIZE_MAX;
    for (std::size_t m = 0; m < dataset.metrics.size(); ++m)
        if (source.column_of(m) != SIZE_MAX && is_performance(dataset.metrics[m]) &&
            (best == SIZE_MAX ||
             (is_duration_unit(dataset.metrics[best].unit) && !is_duration_unit(dataset.metrics[m].unit))))
            best = m;
    if (best == SIZE_MAX) return source.path;
    const Figures& numbers = *source.numbers(best);
    const auto& [low, high] = numbers.extremes.extrema;
    if (!low || !high) return source.path;
    std::string text = source.path + ": " + dataset.metrics[best].name + " from " + number_text(low->value) + " to " +
                       number_text(high->value) + " " + dataset.metrics[best].unit;
    if (const auto cv = stats::cv(numbers.moments)) text += " (CV " + number_text(*cv * 100) + " %)";
    return text;
}

void look_for_single_observations(const DatasetView& view, const Configurations& all, Hits& hits) {
    if (all.size() < 4) return;
    const std::string& title = view.dataset->title;
    hits.looked(one_observation, title, all.size());
    std::map<const data::Source*, std::uint64_t> single;
    std::uint64_t k = 0;
    for (const auto& [levels, one] : all)
        if (one.ok == 1) ++single[one.source], ++k;
    if (k * 2 < all.size()) return;
    for (const auto& source : view.dataset->sources) // in path order
        if (const auto found = single.find(&source); found != single.end())
            hits.add(one_observation, {title, Evidence{source.path}, found->second, spread_of(view, source)});
}

// ---- N3

std::string say_percentiles(const Group& group, double) {
    return k_of_n(group, "rows") + " publish percentiles that their samples cannot carry: " + most_frequent(group, 5);
}

const Rule percentiles{.id = "N3",
                       .slug = "unsupported-percentile",
                       .severity = Severity::medium,
                       .definition = "A published percentile lies beyond the last observation of its sample (n (1 - q) "
                                     "< 1 by the row's own count), or two upper percentiles with fractions are equal.",
                       .fix =
                           "Publish raw samples, or only percentiles q with n (1 - q) >= 1: 20 observations for p95, "
                           "100 for p99.",
                       .looks_at = "published percentiles",
                       .statement = say_percentiles,
                       .answer = Answer::must_not_say};

struct Percentile {
    double rank;
    std::size_t column;
};

/// Columns with an upper percentile, in ascending order, by what they are percentiles of.
struct PercentileColumns {
    explicit PercentileColumns(const Strided<assay_column>& plan) {
        for (std::size_t c = 0; c < plan.size(); ++c) {
            if (!is_number(plan[c]) || plan[c].document_scope != 0) continue;
            const auto order = order_in_name(view(plan[c].name));
            if (order && order->rank > 0.5 && order->rank < 1) by_stem[order->stem].push_back({order->rank, c});
        }
        for (auto& [stem, of] : by_stem)
            std::sort(of.begin(), of.end(), [](auto& a, auto& b) { return a.rank < b.rank; });
    }
    std::map<std::string, std::vector<Percentile>> by_stem;
};

/// What is wrong with the percentiles of one thing in a row; empty where nothing is.
std::string unsupported(const TableView& table, std::size_t row, const std::vector<Percentile>& columns) {
    const auto n = own_count(table, row);
    const auto same = [&](const Percentile& a, const Percentile& b) {
        const auto low = table.rows->cell(row, a.column).number(), high = table.rows->cell(row, b.column).number();
        return low && high && *low == *high && *low != std::floor(*low);
    };
    for (const Percentile& one : columns)
        if (n && *n > 0 && table.rows->cell(row, one.column).number() && *n * (1 - one.rank) < 1 - 1e-9)
            return table.rows->columns[one.column] + " of " + counted(static_cast<std::uint64_t>(*n), "observation") +
                   (columns.size() > 1 && same(columns.front(), columns.back())
                        ? ", equal to " + table.rows->columns[columns.back().column]
                        : "");
    for (std::size_t i = 0; !n && i + 1 < columns.size(); ++i)
        if (same(columns[i], columns[i + 1]))
            return table.rows->columns[columns[i].column] + " = " + table.rows->columns[columns[i + 1].column];
    return {};
}

void look_at_percentiles(const Member& at, const std::string& title, Hits& hits) {
    const TableView& table = *at.table;
    if (table.rows == nullptr) return;
    const auto& columns = table.known<PercentileColumns>().by_stem;
    if (columns.empty()) return;
    hits.looked(percentiles, title, table.rows->rows.size(), !table.rows->complete());
    for (std::size_t row = 0; row < table.rows->rows.size(); ++row) {
        if (table.rows->rows[row].status != ASSAY_ROW_OK) continue;
        for (const auto& [stem, of] : columns) {
            const std::string what = unsupported(table, row, of);
            if (what.empty()) continue;
            hits.add(percentiles,
                     {title, at.artifact->row(table, row, {of.front().column, of.back().column}), 1, what});
            break;
        }
    }
}

// ---- N5

std::string say_unbalanced(const Group& group, double) {
    return "configurations were measured unequally often: " + most_frequent(group, 6);
}

const Rule unbalanced{.id = "N5",
                      .slug = "unbalanced-repetitions",
                      .severity = Severity::low,
                      .definition = "One configuration of a table has more than twice as many observations as another.",
                      .fix = "Measure all configurations equally often, or compare only what was.",
                      .looks_at = "raw durations or rates of 2 configurations",
                      .statement = say_unbalanced,
                      .threshold = {"most over fewest observations", 2}};

void look_at_balance(const DatasetView& view, const Configurations& all, Hits& hits) {
    if (all.size() < 2) return;
    const std::string& title = view.dataset->title;
    hits.looked(unbalanced, title, all.size());
    const auto by_count = [](auto& a, auto& b) { return a.second.ok < b.second.ok; };
    const auto [few, many] = std::minmax_element(all.begin(), all.end(), by_count);
    if (static_cast<double>(many->second.ok) <= hits.threshold(unbalanced) * static_cast<double>(few->second.ok))
        return;
    std::map<std::uint64_t, std::uint64_t> sizes;
    for (const auto& [levels, one] : all) ++sizes[one.ok];
    for (const auto& [n, times] : sizes) {
        const auto one = std::find_if(all.begin(), all.end(), [size = n](auto& c) { return c.second.ok == size; });
        hits.add(unbalanced, {title, Evidence{one->second.source->path}, times, "n = " + std::to_string(n)});
    }
}

// ---- N7

std::string say_dispersion(const Group& group, double threshold) {
    return k_of_n(group, "configurations") + " scatter by more than " + number_text(threshold * 100) +
           " % of their median between repetitions: " + most_frequent(group, 3);
}

const Rule dispersion{.id = "N7",
                      .slug = "dispersion",
                      .severity = Severity::medium,
                      .definition = "Repetitions of one configuration and one prompt scatter: CV above 0.3, and "
                                    "1.4826 MAD / median above the threshold (of at least 5).",
                      .fix = "Find what varies (power, other load, warm-up), or measure more often and report medians "
                             "with intervals.",
                      .looks_at = "configurations with 5 repetitions",
                      .statement = say_dispersion,
                      .threshold = {"1.4826 MAD / median", 0.15}};

void look_at_dispersion(const Member& at, const std::string& title, Hits& hits) {
    if (!has_performance(*at.table) || has_free_stimulus(*at.table) || is_telemetry(*at.table)) return;
    if (at.table->rows != nullptr && !at.table->rows->complete()) hits.not_evaluated(dispersion, too_large);
    const auto runs = runs_of(*at.table, true);
    if (runs.empty()) return;
    for (const auto m : performance_columns(*at.table)) {
        const std::string subject = title + ", " + at.table->rows->columns[m];
        for (const Run& run : runs) {
            stats::Moments moments;
            std::vector<double> values;
            for (const auto row : run.rows)
                if (const auto value = at.table->rows->cell(row, m).number()) values.push_back(*value);
            if (values.size() < 5) continue;
            hits.looked(dispersion, subject);
            moments.add(values);
            std::sort(values.begin(), values.end());
            const auto cv = stats::cv(moments), robust = stats::robust_cv(values);
            if (cv && robust && *cv > 0.3 && *robust > hits.threshold(dispersion))
                hits.add(dispersion, {subject, at.artifact->row(*at.table, run.rows.front(), {m}), 1,
                                      run.levels.empty() ? at.artifact->path : run.levels, *robust});
        }
    }
}

void look_at_rows(const Member& at, Hits& hits) {
    look_at_percentiles(at, at.table->title, hits);
    look_at_dispersion(at, at.table->title, hits);
}

void look_at_repetitions(const DatasetView& view, Hits& hits) {
    const auto all = configurations_of(view);
    if (all.empty()) return;
    look_for_few_repetitions(view, all, hits);
    look_for_single_observations(view, all, hits);
    look_at_balance(view, all, hits);
}

constexpr std::array sample_rules{&few_repetitions, &one_observation, &percentiles, &unbalanced, &dispersion};

} // namespace

const Family repetitions_family{
    .name = "Sample", .rules = sample_rules, .table = look_at_rows, .dataset = look_at_repetitions};

} // namespace assay::gaps

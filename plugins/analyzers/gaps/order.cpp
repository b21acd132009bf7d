// Observations of one configuration: cold starts, drift, autocorrelation, outliers, modes.
#include "gaps/design.hpp"
#include "gaps/family.hpp"
#include "gaps/modes.hpp"
#include "gaps/series.hpp"
#include "gaps/wording.hpp"
#include <algorithm>
#include <array>
#include <assay/stats/quantile.hpp>
#include <cmath>

namespace assay::gaps {

namespace {

/// Values of one metric in one run, and their rows.
struct Series {
    std::size_t artifact, table; ///< of the corpus; of the artifact
    std::size_t column;
    std::string levels;
    std::vector<double> values;
    std::vector<std::size_t> rows;
};

Series series_of(const Member& at, const Run& run, std::size_t column) {
    const auto index = static_cast<std::size_t>(at.table - at.artifact->tables.data());
    Series out{at.artifact->index, index, column, run.levels, {}, {}};
    for (const auto row : run.rows)
        if (const auto value = at.table->rows->cell(row, column).number())
            out.values.push_back(*value), out.rows.push_back(row);
    return out;
}

// ---- N8

std::string say_cold_start(const Group& group, double) {
    return k_of_n(group, "observations") + " are cold starts, up to " + number_text(group.worst) +
           " times as slow as the median: " + most_frequent(group, 4);
}

const Rule cold_start{.id = "N8",
                      .slug = "cold-start",
                      .severity = Severity::medium,
                      .definition = "The first observation of a run is far slower than the rest (modified z above 3.5, "
                                    "and twice the worst of the others), or a row carries a load 3 times the usual one "
                                    "that makes more than a tenth of a metric.",
                      .fix = "Warm up before measuring, or report the first observation apart.",
                      .looks_at = "runs of 5 observations, or a column that times the load",
                      .statement = say_cold_start,
                      .threshold = {"share of the load in a metric", 0.1},
                      .answer = Answer::must_not_say};

/// An observation that is cold, by the metric that shows it best: the duration that lost most.
struct Cold {
    std::size_t column = SIZE_MAX;
    double times = 0; ///< as slow as the median of the others
    double lost = -1; ///< seconds; 0 of a rate
};

/// Nothing where the first value of the series is no cold start.
std::optional<Cold> first_is_cold(const assay_column& column, const Series& series) {
    if (series.values.size() < 5) return std::nullopt;
    // Rows in the order of this very value were sorted, not measured so.
    if (series.values.size() >= 8 && (std::is_sorted(series.values.begin(), series.values.end()) ||
                                      std::is_sorted(series.values.rbegin(), series.values.rend())))
        return std::nullopt;
    const double first = series.values.front();
    std::vector<double> others{series.values.begin() + 1, series.values.end()};
    std::sort(others.begin(), others.end());
    const bool lower = column.direction == ASSAY_DIRECTION_LOWER;
    const double worst = lower ? others.back() : others.front();
    if (!(first > 0 && worst > 0) || (lower ? first < 2 * worst : 2 * first > worst)) return std::nullopt;
    const auto z = stats::modified_z(others);
    const auto median = stats::median(others);
    // Others that are all equal have no scale: any other value is far.
    if (!z || (z->scale > 0 && !z->outlier(first))) return std::nullopt;
    return Cold{series.column, lower ? first / *median : *median / first,
                lower ? (first - *median) * seconds_in(view(column.unit)) : 0};
}

using ColdByRow = std::map<std::size_t, Cold>;

void note_cold(ColdByRow& all, std::size_t row, const Cold& cold) {
    if (Cold& known = all[row]; cold.lost > known.lost) known = cold;
}

/// By what the row says of its own load.
void note_loads(const TableView& table, const ColdRows& loaded, ColdByRow& all) {
    std::vector<double> warm;
    for (std::size_t row = 0; row < table.rows->rows.size(); ++row)
        if (const auto value = table.rows->cell(row, loaded.whole).number();
            value && table.rows->rows[row].status == ASSAY_ROW_OK &&
            !std::binary_search(loaded.rows.begin(), loaded.rows.end(), row))
            warm.push_back(*value);
    std::sort(warm.begin(), warm.end());
    const auto median = stats::median(warm);
    for (const auto row : loaded.rows)
        if (const auto value = table.rows->cell(row, loaded.whole).number(); value && median && *median > 0)
            note_cold(all, row,
                      {loaded.whole, *value / *median,
                       (*value - *median) * seconds_in(view(table.columns[loaded.whole].unit))});
}

void look_for_cold_starts(const Member& at, const std::vector<Run>& runs, Hits& hits) {
    const std::string& title = at.table->title;
    const TableView& table = *at.table;
    if (holds_summaries(table)) return;
    ColdByRow all;
    std::uint64_t looked = 0;
    for (const Run& run : runs) {
        looked += run.rows.size();
        for (const auto m : performance_columns(table)) {
            const Series series = series_of(at, run, m);
            const auto cold = first_is_cold(table.columns[m], series);
            if (cold && series.rows.front() == run.rows.front()) note_cold(all, run.rows.front(), *cold);
        }
    }
    const ColdRows loaded = cold_rows(table, hits.threshold(cold_start));
    if (loaded.column != SIZE_MAX) looked = std::max(looked, table.profile->rows.ok);
    if (!loaded.rows.empty()) note_loads(table, loaded, all);
    if (looked > 0) hits.looked(cold_start, title, looked, !table.rows->complete());
    for (const auto& [row, cold] : all)
        hits.add(cold_start, {title, at.artifact->row(table, row, {cold.column, loaded.column}), 1,
                              table.rows->columns[cold.column] + " in " + at.artifact->path, cold.times});
}

// ---- N9, N10

constexpr double significance = 0.01, least_change = 0.02;
constexpr std::size_t fewest_for_drift = 10, fewest_for_dependence = 20, most_of_series = 1000;

std::string say_drift(const Group& group, double) {
    return k_of_n(group, "runs") + " drift while they are measured, by up to " + number_text(group.worst * 100) +
           " % from begin to end: " + most_frequent(group, 3);
}

const Rule drift{.id = "N9",
                 .slug = "drift-in-run-order",
                 .severity = Severity::medium,
                 .definition =
                     "Values of one configuration rise or fall in the order of the runs (Mann-Kendall, p below "
                     "the threshold over the number of runs and metrics looked at; Theil-Sen change over the "
                     "whole run above 2 %).",
                 .fix = "Let the machine settle (temperature, clocks) before measuring, and shuffle the order of runs.",
                 .looks_at = "runs of 10 observations of one configuration",
                 .statement = say_drift,
                 .threshold = {"p, over all runs and metrics", significance}};

std::string say_dependence(const Group& group, double) {
    return k_of_n(group, "runs") + " have observations that depend on the one before (lag-1 autocorrelation up to " +
           number_text(group.worst) + "), so that intervals and tests are too optimistic: " + most_frequent(group, 3);
}

const Rule dependence{.id = "N10",
                      .slug = "autocorrelation",
                      .severity = Severity::medium,
                      .definition = "The lag-1 autocorrelation of values of one configuration is not 0 (p below the "
                                    "threshold over the number of runs and metrics looked at); drift counts as N9.",
                      .fix = "Shuffle the order of runs, or take blocks of runs as observations.",
                      .looks_at = "runs of 20 observations of one configuration",
                      .statement = say_dependence,
                      .threshold = {"p, over all runs and metrics", significance}};

/// Evenly thinned, so that all pairs can be looked at.
std::vector<double> thinned(const std::vector<double>& values) {
    if (values.size() <= most_of_series) return values;
    std::vector<double> out;
    for (std::size_t i = 0; i < most_of_series; ++i) out.push_back(values[i * values.size() / most_of_series]);
    return out;
}

/// The change from begin to end, of the median; 0 where there is no drift at this p.
double drift_of(const Series& series, double p) {
    const std::vector<double> values = thinned(series.values);
    const auto trend = mann_kendall(values);
    if (!trend || trend->p >= p) return 0;
    // Rows in the order of this very value were sorted, not measured so.
    const auto n = static_cast<double>(values.size());
    if (std::abs(trend->s) == n * (n - 1) / 2) return 0;
    std::vector<double> sorted = values;
    std::sort(sorted.begin(), sorted.end());
    const auto slope = theil_sen(values), median = stats::median(sorted);
    if (!slope || !median || *median <= 0) return 0;
    const double change = std::abs(*slope) * (n - 1) / *median;
    return change > least_change ? change : 0;
}

void look_at_course(const Tree& tree, const std::string& title, const Series& series, double tests, Hits& hits) {
    const auto add = [&](const Rule& rule, double weight) {
        const Member at = tree.member(series.artifact, series.table);
        const std::string what = at.table->rows->columns[series.column] +
                                 (series.levels.empty() ? "" : " at " + series.levels) + " in " + at.artifact->path;
        hits.add(rule, {title, at.artifact->row(*at.table, series.rows.front(), {series.column}), 1, what, weight});
    };
    hits.looked(drift, title);
    if (const double change = drift_of(series, hits.threshold(drift) / tests); change > 0) return add(drift, change);
    if (series.values.size() < fewest_for_dependence) return;
    hits.looked(dependence, title);
    const auto r = lag1_autocorrelation(series.values);
    if (r && autocorrelation_p(*r, series.values.size()) < hits.threshold(dependence) / tests)
        add(dependence, std::abs(*r));
}

// ---- N11

std::string say_outliers(const Group& group, double) {
    return k_of_n(group, "values") + " lie far from the others of their configuration: " + most_frequent(group, 4) +
           " (they are kept in every statistic here)";
}

Severity grade_outliers(const Group& group) { return group.k * 20 > group.n ? Severity::medium : Severity::low; }

const Rule outliers{.id = "N11",
                    .slug = "outliers",
                    .severity = Severity::low,
                    .definition = "Of at least 20 values of one configuration, some are beyond 3 interquartile ranges "
                                  "from the quartiles and have a modified z above 3.5; medium above 5 %.",
                    .fix = "Look at what happened there; report medians, and never drop them silently.",
                    .looks_at = "configurations with 20 values",
                    .statement = say_outliers,
                    .grade = grade_outliers};

void look_for_outliers(const Member& at, const Series& series, std::span<const double> sorted, Hits& hits) {
    const std::string& title = at.table->title;
    hits.looked(outliers, title, series.values.size());
    const auto fences = stats::tukey_fences(sorted);
    const auto z = stats::modified_z(sorted);
    for (std::size_t i = 0; i < series.values.size(); ++i) {
        const double value = series.values[i];
        if ((value < fences->severe_low || value > fences->severe_high) && z->scale > 0 && z->outlier(value))
            hits.add(outliers, {title, at.artifact->row(*at.table, series.rows[i], {series.column}), 1,
                                at.table->rows->columns[series.column], std::abs(z->z(value))});
    }
}

// ---- N12

std::string say_modes(const Group& group, double) {
    return k_of_n(group, "configurations") +
           " have values in two groups with nothing between them: " + most_frequent(group, 4) +
           "; a mean or a median of both stands for neither";
}

const Rule modes{.id = "N12",
                 .slug = "several-modes",
                 .severity = Severity::medium,
                 .definition = "Of at least 20 values of one configuration, a tenth or more (of fewer than 50, a "
                               "fifth) lie beyond a gap that is wider than twice the interquartile range on either "
                               "side of it, than 2 % of the lower values and than three steps of the timer, and the "
                               "bimodality coefficient is above the threshold. A warm-up is none.",
                 .fix = "Find what tells the two apart - a cache, a clock, a neighbour, a parameter that is not "
                        "recorded - record it, and report each by itself.",
                 .looks_at = "configurations with 20 values",
                 .statement = say_modes,
                 .threshold = {"bimodality coefficient", 0.555},
                 .answer = Answer::must_not_say};

/// Values of one mode first, of the other from some row on: a warm-up or a step, which other rules tell.
bool turns_once(const Series& series, double gap) {
    std::size_t turns = 0;
    for (std::size_t i = 1; i < series.values.size(); ++i)
        turns += (series.values[i] > gap) != (series.values[i - 1] > gap) ? 1U : 0U;
    return turns <= 1;
}

void look_for_modes(const Member& at, const Series& series, std::span<const double> sorted, Hits& hits) {
    hits.looked(modes, at.table->title);
    const auto found = two_modes(sorted, hits.threshold(modes));
    if (!found || turns_once(series, found->between[0])) return;
    const auto first_above = std::find_if(series.values.begin(), series.values.end(),
                                          [&](double value) { return value > found->between[0]; });
    const auto row = series.rows[static_cast<std::size_t>(first_above - series.values.begin())];
    const std::string what = at.table->rows->columns[series.column] +
                             (series.levels.empty() ? "" : " at " + series.levels) + ": " +
                             std::to_string(found->n_low) + " around " + number_text(found->low) + " and " +
                             std::to_string(sorted.size() - found->n_low) + " around " + number_text(found->high);
    hits.add(modes, {at.table->title, at.artifact->row(*at.table, row, {series.column}), 1, what, found->coefficient});
}

void look_at_distribution(const Member& at, const Series& series, Hits& hits) {
    if (series.values.size() < 20) return;
    std::vector<double> sorted = series.values;
    std::sort(sorted.begin(), sorted.end());
    look_for_outliers(at, series, sorted, hits);
    look_for_modes(at, series, sorted, hits);
}

/// Of each dataset, until it is known how many there are, which tests depend on.
struct SeriesByDataset {
    std::map<std::size_t, std::vector<Series>> series;
    void append(SeriesByDataset later) {
        for (auto& of : later.series) {
            auto& all = series[of.first];
            std::move(of.second.begin(), of.second.end(), std::back_inserter(all));
        }
    }
};

void look_at_order(const Member& at, Hits& hits) {
    const TableView& table = *at.table;
    if (!has_performance(table) || table.rows == nullptr || is_telemetry(table)) return;
    if (!table.rows->complete()) {
        for (const Rule* rule : {&cold_start, &drift, &dependence, &outliers, &modes})
            hits.not_evaluated(*rule, too_large);
        return;
    }
    const auto runs = runs_of(table, true);
    look_for_cold_starts(at, has_stimulus_levels(table) ? runs_of(table, false) : runs, hits);
    if (has_free_stimulus(table)) return;
    for (const Run& run : runs) {
        if (run.rows.size() < fewest_for_drift) continue;
        for (const auto m : performance_columns(table)) {
            Series series = series_of(at, run, m);
            if (series.values.size() < fewest_for_drift) continue;
            look_at_distribution(at, series, hits);
            hits.notes<SeriesByDataset>().series[table.dataset()].push_back(std::move(series));
        }
    }
}

void look_at_courses(const Tree& tree, Hits& hits) {
    for (const auto& [dataset, all] : hits.noted<SeriesByDataset>().series)
        for (const Series& series : all)
            look_at_course(tree, std::string{view(tree.corpus.datasets()[dataset].title)}, series,
                           static_cast<double>(all.size()), hits);
}

constexpr std::array order_rules{&cold_start, &drift, &dependence, &outliers, &modes};

} // namespace

const Family order_family{
    .name = "Order of runs", .rules = order_rules, .table = look_at_order, .tree = look_at_courses};

} // namespace assay::gaps

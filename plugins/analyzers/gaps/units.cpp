// Units and directions: unknown ones, other scales, impossible values, names that mean two things.
#include "gaps/by_column.hpp"
#include "gaps/family.hpp"
#include "gaps/wording.hpp"
#include <algorithm>
#include <array>
#include <cmath>

namespace assay::gaps {

namespace {

// ---- U1

std::string say_no_unit(const Group& group, double) {
    return k_of_n(group, "metrics") + " have no unit: " + most_frequent(group, 6);
}

const Rule no_unit{
    .id = "U1",
    .slug = "unit-unknown",
    .severity = Severity::low,
    .definition = "A metric that varies and is no count, share or score has no unit, neither declared nor in its name.",
    .fix = "Put the unit into the column's name (`latency_ms`) or into the pipeline's `columns`.",
    .looks_at = "metrics that vary",
    .statement = say_no_unit};

/// Counts, shares and scores need no unit.
bool is_plain_number(const assay_column& column) {
    static constexpr std::string_view words[]{
        "count",  "n",        "num",         "number",    "total",  "ratio",   "score",       "accuracy", "loss",
        "factor", "speedup",  "efficiency",  "share",     "f1",     "bleu",    "correlation", "r2",       "value",
        "cv",     "fraction", "coefficient", "precision", "recall", "rate",    "level",       "index",    "id",
        "size",   "rank",     "perplexity",  "success",   "failed", "version", "improvement", "completed"};
    const std::string_view name = view(column.name);
    if (data::has_word(name, words)) return true;
    // Whole numbers of things: cores, anomalies_detected.
    const auto names = name_words(name);
    return column.type == ASSAY_TYPE_INT && std::any_of(names.begin(), names.end(), [](const std::string& word) {
               return word.size() > 2 && word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("us");
           });
}

struct SeenMetric {
    std::optional<double> low, high;
    std::string path; ///< of the first file with it
    bool plain = false;
    void append(const SeenMetric& later) {
        low = std::min(*low, *later.low);
        high = std::max(*high, *later.high);
    }
};
using SeenMetrics = ByColumn<SeenMetric>;

void note_metrics_seen(const Member& at, SeenMetrics& all) {
    for (const auto m : at.table->where<is_metric>()) {
        const auto& [low, high] = at.table->profile->columns[m].numbers.extremes.extrema;
        if (!low) continue;
        SeenMetric& seen = all.at(*at.table, m);
        if (!seen.low) {
            const assay_column& column = at.table->columns[m];
            seen = {low->value, high->value, at.artifact->path, column.unit.size > 0 || is_plain_number(column)};
        }
        seen.low = std::min(*seen.low, low->value);
        seen.high = std::max(*seen.high, high->value);
    }
}

/// Of metrics that vary: what is the same everywhere describes the machine or the program.
void look_for_unknown_units(const DatasetView& view, Hits& hits) {
    for (const auto& [name, seen] : hits.noted<SeenMetrics>().of(view.index)) {
        if (seen.low == seen.high) continue;
        hits.looked(no_unit, view.dataset->title);
        if (!seen.plain) hits.add(no_unit, {view.dataset->title, {.artifact = seen.path, .excerpt = name}, 1, name});
    }
}

// ---- U5

std::string say_no_direction(const Group& group, double) {
    return k_of_n(group, "compared metrics") + " do not tell whether more is better: " + most_frequent(group, 6);
}

const Rule no_direction{.id = "U5",
                        .slug = "direction-unknown",
                        .severity = Severity::info,
                        .definition = "Of a metric with a unit, in a dataset whose parameters vary, it is not known "
                                      "whether more is better or less, so that no better and no worse is told.",
                        .fix = "Give its direction in the pipeline's `columns`, where it has one.",
                        .looks_at = "metrics with a unit in datasets with parameters that vary",
                        .statement = say_no_direction};

void look_for_directions(const DatasetView& view, Hits& hits) {
    const data::Dataset& dataset = *view.dataset;
    if (std::none_of(dataset.dimensions.begin(), dataset.dimensions.end(), [](const auto& d) { return d.varies(); }))
        return;
    for (const data::Metric& metric : dataset.metrics) {
        if (metric.unit.empty()) continue;
        hits.looked(no_direction, "");
        if (metric.direction == ASSAY_DIRECTION_UNKNOWN)
            hits.add(no_direction,
                     {"", {.artifact = dataset.sources.front().path, .excerpt = metric.name}, 1, metric.name});
    }
}

// ---- U3

std::string say_implausible_unit(const Group& group, double) {
    return "the median of " + most_frequent(group, 2) + " is beyond what the unit allows";
}

const Rule implausible_unit{.id = "U3",
                            .slug = "implausible-for-unit",
                            .severity = Severity::medium,
                            .definition =
                                "A metric's median is not possible in its unit: a duration below 0.1 ns or above "
                                "10 years, a clock above 1 THz, a temperature beyond -100 to 1000 degrees.",
                            .fix = "Look whether the unit in the name is that of the values.",
                            .looks_at = "metrics with a unit of time, size, clock, power or temperature",
                            .statement = say_implausible_unit};

struct Plausible {
    std::string_view unit;
    double in_base, low, high; ///< one of the unit in the base unit; medians in the base unit
};

/// Generous: beyond these nothing is measured on a computer. 0 is judged by other rules.
constexpr double shortest = 1e-10, longest = 3.2e8, largest = 1e18, fastest = 1e12, strongest = 1e8;
constexpr std::array plausible{Plausible{"s", 1, shortest, longest},
                               Plausible{"ms", 1e-3, shortest, longest},
                               Plausible{"us", 1e-6, shortest, longest},
                               Plausible{"ns", 1e-9, shortest, longest},
                               Plausible{"min", 60, shortest, longest},
                               Plausible{"h", 3600, shortest, longest},
                               Plausible{"By", 1, 0, largest},
                               Plausible{"kBy", 1e3, 0, largest},
                               Plausible{"KiBy", 1024, 0, largest},
                               Plausible{"MBy", 1e6, 0, largest},
                               Plausible{"MiBy", 1048576, 0, largest},
                               Plausible{"GBy", 1e9, 0, largest},
                               Plausible{"GiBy", 1073741824, 0, largest},
                               Plausible{"Hz", 1, 0, fastest},
                               Plausible{"kHz", 1e3, 0, fastest},
                               Plausible{"MHz", 1e6, 0, fastest},
                               Plausible{"GHz", 1e9, 0, fastest},
                               Plausible{"W", 1, 0, strongest},
                               Plausible{"mW", 1e-3, 0, strongest},
                               Plausible{"kW", 1e3, 0, strongest},
                               Plausible{"Cel", 1, -100, 1000}};

/// Metrics of whose unit it is known what is plausible.
struct PlausibleColumns {
    explicit PlausibleColumns(const Strided<assay_column>& plan) {
        for (std::size_t c = 0; c < plan.size(); ++c) {
            const auto known = std::find_if(plausible.begin(), plausible.end(),
                                            [&](const auto& one) { return one.unit == view(plan[c].unit); });
            if (is_metric(plan[c]) && known != plausible.end()) all.emplace_back(c, &*known);
        }
    }
    std::vector<std::pair<std::size_t, const Plausible*>> all;
};

void look_for_implausible_units(const Member& at, Hits& hits) {
    for (const auto& [m, known] : at.table->known<PlausibleColumns>().all) {
        const ColumnProfile& column = at.table->profile->columns[m];
        const auto& [low, high] = column.numbers.extremes.extrema;
        if (!low) continue;
        const std::string subject = at.table->title + ", " + column.name;
        hits.looked(implausible_unit, subject);
        const auto is_outside = [&, one = known](double value) {
            return value != 0 && (std::abs(value) * one->in_base < one->low || value * one->in_base > one->high ||
                                  (one->unit == "Cel" && value < one->low));
        };
        if (!is_outside(low->value) && !is_outside(high->value)) continue; // then the median is neither
        stats::Values values = column.numbers.values;
        const auto median = values.quantile(0.5);
        if (!median || !is_outside(median->value)) continue;
        hits.add(implausible_unit,
                 {subject, line_of(at.artifact->path, column.numbers.extremes.max_line, column.name), 1,
                  column.name + ", " + number_text(median->value) + " " + std::string{known->unit} + ","});
    }
}

void look_at_metrics(const Member& at, Hits& hits) {
    note_metrics_seen(at, hits.notes<SeenMetrics>());
    look_for_implausible_units(at, hits);
}

void look_at_units(const DatasetView& view, Hits& hits) {
    look_for_unknown_units(view, hits);
    look_for_directions(view, hits);
}

constexpr std::array unit_rules{&no_unit, &implausible_unit, &no_direction};

} // namespace

const Family units_family{
    .name = "Units and directions", .rules = unit_rules, .table = look_at_metrics, .dataset = look_at_units};

} // namespace assay::gaps

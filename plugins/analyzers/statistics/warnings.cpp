#include "statistics/warnings.hpp"
#include "statistics/published_values.hpp"
#include "statistics/shown_metrics.hpp"
#include <algorithm>
#include <assay/stats/display.hpp>
#include <cmath>

namespace assay::statistics {

namespace {

constexpr std::size_t most_rows = 12;
/// A mean that moves less than this is not worth a warning.
constexpr double material = 0.01;

std::string where(const Dataset& dataset, const Projection& projection, const Group& group) {
    std::string text;
    for (std::size_t i = 0; i < projection.dimensions.size(); ++i)
        text += (text.empty() ? "" : ", ") + dataset.dimensions[projection.dimensions[i]].name + " " +
                level_text(group.levels[i]);
    return text.empty() ? "all rows" : text;
}

/// True where there was something to warn of.
bool warn_of_failed(const Dataset& dataset, const Projection& projection, const Group& group, std::size_t metric,
                    Facts& facts, Warnings& out) {
    if (group.rows.failed == 0) return false;
    const Pool pooled = pool(group, metric);
    if (pooled.n() == 0 || pooled.failed.n == 0) return false;
    stats::Moments both = pooled.moments;
    both.merge(pooled.failed);
    const auto mean = stats::mean(pooled.moments), with = stats::mean(both);
    if (!mean || !with || std::abs(*with - *mean) <= material * std::abs(*mean)) return false;
    const auto shown = [&](std::string_view stat, double value, const char* method) {
        return facts.counterfactual(projection, group, metric, pooled, stat, value, method).cell();
    };
    const std::uint64_t rows = pooled.rows.ok + pooled.rows.failed + pooled.rows.suspect;
    std::vector<SectionCell> row{{dataset.title},
                                 {where(dataset, projection, group)},
                                 {dataset.metrics[metric].name},
                                 shown("failed_rows", static_cast<double>(pooled.rows.failed), "rows that failed"),
                                 shown("rows", static_cast<double>(rows), "rows that failed or not"),
                                 shown("failed_min", pooled.failed_min, "smallest value that a failed row holds"),
                                 shown("failed_max", pooled.failed_max, "largest value that a failed row holds"),
                                 shown("mean_ok", *mean, "arithmetic mean of the ok rows"),
                                 shown("mean_with_failed", *with, "arithmetic mean if failed rows counted")};
    out.failed_values.add(std::move(row));
    return true;
}

/// Groups of what differs in identity whose configurations hold one observation each.
void warn_of_single(const Dataset& dataset, const Choice& choice, Facts& facts, Warnings& out) {
    if (!choice.sweep) return;
    const Projection& projection = choice.projections.front();
    const auto order = headline_order(dataset);
    if (order.empty() || !dataset.metrics[order.front()].is_headline()) return;
    for (const Group& group : projection.groups) {
        const auto metric = order.front();
        const Pool pooled = pool(group, metric);
        const auto cv = stats::cv(pooled.moments);
        if (pooled.n() < 2 || !cv) continue;
        const auto shown = [&](std::string_view stat, double value, const char* method, bool share = false) {
            return facts.counterfactual(projection, group, metric, pooled, stat, value, method, share);
        };
        const auto spread = shown("spread", *cv, "standard deviation / mean over single observations", true);
        std::vector<SectionCell> row{
            {dataset.title},
            {where(dataset, projection, group)},
            {dataset.metrics[metric].name},
            shown("configurations", static_cast<double>(pooled.n()), "configurations with one observation each").cell(),
            shown("lowest", pooled.min->value, "smallest of single observations").cell(),
            shown("highest", pooled.max->value, "largest of single observations").cell(),
            spread.cell()};
        out.single_observations.add(std::move(row));
    }
}

void warn_of_published(const Dataset& dataset, Facts& facts, Warnings& out) {
    const Projection everything = project(dataset, {});
    for (const auto m : published_metrics(dataset)) {
        if (everything.groups.empty()) continue;
        Pool numbers = pool(everything.groups.front(), m);
        const Row row = facts.published(everything, everything.groups.front(), m, numbers);
        const auto median = row.find("median");
        // A reader meets those with a unit; the others are among the facts.
        if (median == row.end() || dataset.metrics[m].unit.empty()) continue;
        out.published.add({{dataset.title},
                           {dataset.metrics[m].name},
                           {dataset.metrics[m].unit},
                           row.at("n").cell(),
                           row.at("min").cell(),
                           median->second.cell(),
                           row.at("max").cell()});
    }
}

} // namespace

Warnings empty_warnings() {
    SectionTable failed_values{"Means that failed rows would change if their stored values counted",
                               {{"dataset"},
                                {"rows"},
                                {"metric"},
                                {"failed", true},
                                {"of", true},
                                {"stored from", true},
                                {"to", true},
                                {"mean", true},
                                {"mean with them", true}},
                               {}};
    SectionTable single_observations{"No best configuration: one observation each",
                                     {{"dataset"},
                                      {"rows"},
                                      {"metric"},
                                      {"configurations", true},
                                      {"lowest", true},
                                      {"highest", true},
                                      {"CV", true}},
                                     {}};
    SectionTable published{
        "Published statistics: not observations, and in no statistic here",
        {{"dataset"}, {"column"}, {"unit"}, {"n", true}, {"min", true}, {"median", true}, {"max", true}},
        {}};
    return {{std::move(failed_values), most_rows, "facts"},
            {std::move(single_observations), most_rows, "facts"},
            {std::move(published), most_rows, "facts"}};
}

void append(Warnings& into, Warnings more) {
    into.failed_values.append(std::move(more.failed_values));
    into.single_observations.append(std::move(more.single_observations));
    into.published.append(std::move(more.published));
}

void warn_of(const Dataset& dataset, const Choice& choice, Facts& facts, Warnings& out) {
    std::size_t warned = 0;
    for (const auto metric : headline_order(dataset)) {
        if (!dataset.metrics[metric].is_headline() || warned++ == 2) break;
        // The first division in which a group mixes ok and failed rows; and all rows, as one who does not divide would.
        bool divided = false, any = false;
        for (const Projection& projection : choice.projections) {
            if (divided && !projection.dimensions.empty()) continue;
            for (const Group& group : projection.groups)
                any |= warn_of_failed(dataset, projection, group, metric, facts, out);
            divided |= any && !projection.dimensions.empty();
        }
    }
    warn_of_single(dataset, choice, facts, out);
    warn_of_published(dataset, facts, out);
}

void give(Warnings warnings, Fragment& out) {
    Section section{.title = "Figures that mislead", .place = "not"};
    for (ShortTable* table : {&warnings.failed_values, &warnings.single_observations, &warnings.published})
        if (!table->table.rows.empty()) section.tables.push_back(table->finish());
    if (!section.tables.empty()) out.add(section);
}

} // namespace assay::statistics

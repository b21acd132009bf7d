#include "statistics/headline.hpp"
#include <algorithm>
#include <array>
#include <cmath>

namespace assay::statistics {

namespace {

constexpr std::size_t most_headlines = 2, most_say_rows = 24, most_detail_rows = 64, most_detail_tables = 24;
/// What plots need is left out before the figures themselves.
constexpr std::uint32_t observations_rank = 70;
/// Groups beyond which only the shorter list of statistics is given.
constexpr std::size_t most_full = 64;
constexpr std::size_t most_series = 6; ///< metrics of a dataset

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

struct Line {
    const Group* group;
    Row row;
    Shown failed, artifacts;
    const Shown* centre() const {
        if (const auto found = row.find("median"); found != row.end()) return &found->second;
        const auto only = row.find("value");
        return only == row.end() ? nullptr : &only->second;
    }
};

std::string metric_title(const Metric& metric) {
    std::string text = metric.unit.empty() ? "unit unknown" : metric.unit;
    if (metric.direction == ASSAY_DIRECTION_HIGHER) text += ", higher is better";
    if (metric.direction == ASSAY_DIRECTION_LOWER) text += ", lower is better";
    return text;
}

/// A table's dimensions, as places in the projection: those that tell its lines apart, and those that are the same in
/// all of them, which its note tells.
struct Columns {
    std::vector<std::size_t> telling, same;
};

Columns columns_of(const Projection& projection, const std::vector<Line>& lines) {
    Columns out;
    for (std::size_t i = 0; i < projection.dimensions.size(); ++i) {
        const bool differs = std::any_of(lines.begin(), lines.end(), [&](const Line& line) {
            return line.group->levels[i] != lines.front().group->levels[i];
        });
        (differs || lines.size() == 1 ? out.telling : out.same).push_back(i);
    }
    return out;
}

std::string names_of(const Dataset& dataset, const Projection& projection, const Columns& columns) {
    std::string text;
    for (const auto i : columns.telling)
        text += (text.empty() ? " by " : ", ") + dataset.dimensions[projection.dimensions[i]].name;
    return text;
}

std::string same_in_all(const Dataset& dataset, const Projection& projection, const Columns& columns,
                        const Group& group) {
    std::string text;
    for (const auto i : columns.same)
        text += (text.empty() ? "in all rows " : ", ") + dataset.dimensions[projection.dimensions[i]].name + " is " +
                level_text(group.levels[i]);
    return text;
}

/// Best median first; groups without one come last, in the order of their levels.
void sort_lines(std::vector<Line>& lines, std::int32_t direction) {
    std::stable_sort(lines.begin(), lines.end(), [&](const Line& a, const Line& b) {
        const Shown *x = a.centre(), *y = b.centre();
        if (!x || !y) return x != nullptr && y == nullptr;
        if (direction == ASSAY_DIRECTION_UNKNOWN) return false;
        return direction == ASSAY_DIRECTION_HIGHER ? x->value > y->value : x->value < y->value;
    });
}

SectionCell cell_of(const Row& row, std::string_view stat) {
    const auto found = row.find(stat);
    return found == row.end() ? SectionCell{} : found->second.cell();
}

std::vector<SectionCell> cells_of(const Line& line, const Columns& columns) {
    std::vector<SectionCell> cells;
    for (const auto i : columns.telling) cells.push_back({level_text(line.group->levels[i])});
    cells.push_back(line.artifacts.cell());
    cells.push_back(cell_of(line.row, "n"));
    cells.push_back(line.failed.cell());
    const Shown* centre = line.centre();
    cells.push_back(centre ? centre->cell() : SectionCell{});
    cells.push_back(centre ? SectionCell{centre->interval, centre->interval.empty() ? "" : centre->id} : SectionCell{});
    for (const char* stat : {"mean", "cv", "min", "max"}) cells.push_back(cell_of(line.row, stat));
    return cells;
}

SectionTable table_of(const Dataset& dataset, const Projection& projection, const Metric& metric,
                      const std::vector<Line>& lines, std::size_t most, std::string note) {
    SectionTable table;
    const Columns columns = columns_of(projection, lines);
    table.title = metric.name + names_of(dataset, projection, columns) + " (" + metric_title(metric) + ")";
    for (const auto i : columns.telling) table.columns.push_back({dataset.dimensions[projection.dimensions[i]].name});
    for (const char* title : {"artifacts", "n", "failed", "median", "interval", "mean", "CV", "min", "max"})
        table.columns.push_back({title, true});
    for (std::size_t i = 0; i < std::min(most, lines.size()); ++i) table.rows.push_back(cells_of(lines[i], columns));
    if (!columns.same.empty()) {
        const std::string same = same_in_all(dataset, projection, columns, *lines.front().group);
        note = same + (note.empty() ? "" : "; ") + note;
    }
    if (lines.size() > most)
        note += (note.empty() ? "" : "; ") + std::to_string(lines.size() - most) + " more groups are among the facts";
    table.note = std::move(note);
    return table;
}

/// n of the smallest sample whose median has an interval at this level.
std::uint64_t needed_for_interval(double confidence) {
    std::uint64_t n = 2;
    while (1 - std::pow(0.5, static_cast<double>(n) - 1) < confidence) ++n;
    return n;
}

std::string note_of(const std::string& pooled, const std::vector<Line>& lines, const Settings& settings,
                    bool not_split) {
    std::vector<std::string> parts;
    if (!pooled.empty()) parts.push_back("each row pools " + pooled);
    const auto needed = needed_for_interval(settings.confidence);
    const bool short_of_it = std::any_of(lines.begin(), lines.end(), [&](const Line& line) {
        const auto n = static_cast<std::uint64_t>(line.row.at("n").value);
        return n >= 2 && n < needed;
    });
    char level[16];
    std::snprintf(level, sizeof level, "%.4g %%", 100 * settings.confidence);
    if (short_of_it)
        parts.push_back("intervals with a percentage fall short: " + std::string{level} +
                        " needs n >= " + std::to_string(needed));
    if (not_split) parts.push_back("not split further: too many groups");
    std::string text;
    for (const auto& part : parts) text += (text.empty() ? "" : "; ") + part;
    return text;
}

std::string label_of(const Dataset& dataset, const Group& group, const std::vector<std::size_t>& levels) {
    const auto varies = pooled_over(dataset, levels);
    return varies.empty() ? "" : "over " + std::to_string(group.rows.ok) + " rows; varies in " + varies;
}

/// The facts of one metric in all groups of a projection.
std::vector<Line> lines_of(const Dataset& dataset, const Projection& projection, std::size_t metric, Facts& facts,
                           const std::vector<std::string>& labels,
                           std::map<const Group*, std::array<Shown, 2>>& counts) {
    const bool main = projection.headline;
    const bool headline = main && dataset.metrics[metric].is_headline();
    const Detail detail = headline && projection.groups.size() <= most_full ? Detail::full
                          : main                                            ? Detail::brief
                                                                            : Detail::least;
    const std::uint32_t rank = headline ? 20 : main ? 50 : 100;
    std::vector<Line> lines;
    for (std::size_t g = 0; g < projection.groups.size(); ++g) {
        const Group& group = projection.groups[g];
        const Pool numbers = pool(group, metric);
        if (numbers.rows.all() == 0) continue; // none of its tables has the column
        auto& [failed, artifacts] = counts[&group];
        if (failed.id.empty()) {
            failed = facts.count(projection, group, "rows", "failed", group.rows.failed, "rows that failed");
            artifacts = facts.count(projection, group, "artifacts", "count", paths_of(group).size(),
                                    "artifacts with such rows");
        }
        Row row = facts.give(projection, group, metric, numbers, labels[g], detail, rank);
        if (detail == Detail::full) facts.observations(projection, group, metric, numbers, observations_rank);
        // Neither measured nor failed: the column is empty there, which the facts say.
        if (numbers.n() > 0 || numbers.rows.failed > 0) lines.push_back({&group, std::move(row), failed, artifacts});
    }
    sort_lines(lines, dataset.metrics[metric].direction);
    return lines;
}

/// Each setting of a sweep: the cells of a heat map.
void give_settings(const Dataset& dataset, const std::vector<std::size_t>& order, std::size_t most_groups,
                   Facts& facts) {
    const Projection all = project(dataset, refining(dataset, varying(dataset, false)));
    if (all.groups.size() > most_groups) return;
    for (std::size_t i = 0; i < std::min(most_headlines, order.size()); ++i) {
        if (!dataset.metrics[order[i]].is_headline()) continue;
        for (const Group& group : all.groups) {
            const Pool numbers = pool(group, order[i]);
            if (numbers.rows.all() > 0) facts.setting(all, group, order[i], numbers, observations_rank);
        }
    }
}

/// What readers ask for first, and of telemetry, which nobody calls good or bad, what has a unit.
void give_series(const Dataset& dataset, const std::vector<std::size_t>& order, Facts& facts) {
    const Projection all = project(dataset, {});
    std::size_t given = 0;
    for (const auto metric : order)
        if (!dataset.metrics[metric].unit.empty() && given++ < most_series)
            for (const Group& group : all.groups) facts.over_time(all, group, metric, observations_rank);
}

/// Enough to show: some group has two observations.
bool tells_something(const std::vector<Line>& lines) {
    return std::any_of(lines.begin(), lines.end(), [](const Line& line) { return line.row.contains("median"); });
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

DatasetReport report_on(const Dataset& dataset, const Choice& choice, const Settings& settings, Facts& facts) {
    DatasetReport report;
    report.say = {.title = dataset.title, .place = "say"};
    report.details = {.title = dataset.title};
    report.sweep = choice.sweep;
    const auto order = headline_order(dataset);
    const bool any_headline = !order.empty() && dataset.metrics[order.front()].is_headline();
    for (const Projection& projection : choice.projections) {
        std::map<const Group*, std::array<Shown, 2>> counts;
        std::vector<std::string> labels;
        std::vector<std::size_t> most(dataset.dimensions.size(), 0); // levels in a group
        for (const Group& group : projection.groups) {
            const auto levels = levels_in(dataset, group);
            labels.push_back(label_of(dataset, group, levels));
            std::transform(levels.begin(), levels.end(), most.begin(), most.begin(),
                           [](auto a, auto b) { return std::max(a, b); });
        }
        const std::string pooled = pooled_over(dataset, most);
        for (const auto metric : order) {
            // Further divisions are for the metrics that readers ask for.
            if (!projection.headline && any_headline && !dataset.metrics[metric].is_headline()) continue;
            const auto lines = lines_of(dataset, projection, metric, facts, labels, counts);
            if (!tells_something(lines)) continue;
            const Metric& m = dataset.metrics[metric];
            const auto note = note_of(pooled, lines, settings, choice.not_split);
            const bool say = projection.headline && m.is_headline() && report.say.tables.size() < most_headlines;
            if (say)
                report.say.tables.push_back(table_of(dataset, projection, m, lines, most_say_rows, note));
            else if (report.details.tables.size() < most_detail_tables)
                report.details.tables.push_back(table_of(dataset, projection, m, lines, most_detail_rows, note));
        }
    }
    if (choice.sweep) give_settings(dataset, order, settings.most_groups, facts);
    give_series(dataset, order, facts);
    for (const auto metric : order)
        if (dataset.metrics[metric].is_headline()) report.weight += dataset.rows.ok;
    if (!choice.unknown.empty()) {
        std::string names;
        for (const auto& name : choice.unknown) names += (names.empty() ? "" : ", ") + name;
        report.details.text.push_back("group_by names no dimension of this dataset: " + names);
    }
    return report;
}

} // namespace assay::statistics

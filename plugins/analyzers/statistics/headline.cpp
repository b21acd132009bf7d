#include "statistics/headline.hpp"
#include "statistics/lines.hpp"
#include "statistics/mix.hpp"
#include "statistics/shown_metrics.hpp"
#include "statistics/single_values.hpp"
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
constexpr std::size_t most_lines_over_time = 8;

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

Columns columns_of(const Projection& projection, const std::vector<Line>& lines, std::optional<std::size_t> time) {
    Columns out;
    for (std::size_t i = 0; i < projection.dimensions.size(); ++i) {
        const bool differs = std::any_of(lines.begin(), lines.end(), [&](const Line& line) {
            return line.group->levels[i] != lines.front().group->levels[i];
        });
        (differs || lines.size() == 1 ? out.telling : out.same).push_back(i);
    }
    // Lines of a history are by what was measured and then by time, and so are its columns.
    std::stable_partition(out.telling.begin(), out.telling.end(), [&](auto i) { return time != i; });
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
    const auto time = time_place(dataset, projection);
    const Columns columns = columns_of(projection, lines, time);
    table.title = metric.name + names_of(dataset, projection, columns) + " (" + metric_title(metric) + ")";
    for (const auto i : columns.telling) table.columns.push_back({dataset.dimensions[projection.dimensions[i]].name});
    for (const char* title : {"artifacts", "n", "failed", "median", "interval", "mean", "CV", "min", "max"})
        table.columns.push_back({title, true});
    const auto importance = importance_of(lines, time);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (importance[i] >= most) continue;
        table.rows.push_back(cells_of(lines[i], columns));
        table.importance.push_back(importance[i]);
    }
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

/// Enough to show: some group has two observations.
bool tells_something(const std::vector<Line>& lines) {
    return std::any_of(lines.begin(), lines.end(), [](const Line& line) { return line.row.contains("median"); });
}

std::string names_in(const Dataset& dataset, const Dimensions& dimensions) {
    std::string names;
    for (const auto dimension : dimensions) names += (names.empty() ? "" : ", ") + dataset.dimensions[dimension].name;
    return names;
}

std::string note_of(const std::string& pooled, const std::string& uneven, const std::vector<Line>& lines,
                    const Settings& settings, bool not_split) {
    std::vector<std::string> parts;
    if (!pooled.empty()) parts.push_back("each row pools " + pooled);
    if (!uneven.empty()) parts.push_back("rows not comparable: the mix of " + uneven + " differs between them");
    if (lines.size() > 1 && !tells_something(lines)) parts.push_back("one observation each: no ranking");
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
    const bool approximate = std::any_of(lines.begin(), lines.end(), [](const Line& line) {
        return std::any_of(line.row.begin(), line.row.end(), [](auto& stat) { return stat.second.approximate; });
    });
    if (approximate) parts.push_back(std::string{"≈ "} + stats::LogSketch::method);
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
std::vector<Line> lines_of(const Projection& projection, std::size_t metric, bool is_shown, bool in_time, Facts& facts,
                           const std::vector<std::string>& labels,
                           std::map<const Group*, std::array<Shown, 2>>& counts) {
    const bool main = projection.headline;
    const bool headline = main && is_shown;
    const Detail detail = headline && projection.groups.size() <= most_full ? Detail::full
                          : main                                            ? Detail::brief
                                                                            : Detail::least;
    const std::uint32_t rank = headline ? 20 : main ? 50 : 100;
    std::vector<Line> lines;
    for (std::size_t g = 0; g < projection.groups.size(); ++g) {
        const Group& group = projection.groups[g];
        Pool numbers = pool(group, metric);
        if (numbers.rows.all() == 0) continue; // none of its tables has the column
        auto& [failed, artifacts] = counts[&group];
        if (failed.id.empty()) {
            failed = facts.count(projection, group, "rows", "failed", group.rows.failed, "rows that failed");
            artifacts = facts.count(projection, group, "artifacts", "count", paths_of(group).size(),
                                    "artifacts with such rows");
        }
        Row row = facts.give(projection, group, metric, numbers, labels[g], detail, rank);
        if (detail == Detail::full) facts.observations(projection, group, metric, numbers, observations_rank);
        // Neither measured nor failed: the column is empty there, which the facts say, and a history shows as a gap.
        if (numbers.n() > 0 || numbers.rows.failed > 0 || (in_time && numbers.n_missing > 0))
            lines.push_back({&group, std::move(row), failed, artifacts});
    }
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
            Pool numbers = pool(group, order[i]);
            if (numbers.rows.all() > 0) facts.setting(all, group, order[i], numbers, observations_rank);
        }
    }
}

/// What was measured, whenever that was: each is a line of a chart over time, with most rows first.
Projection lines_over_time(const Dataset& dataset) {
    Dimensions names;
    for (const auto i : varying(dataset, true))
        if (const Dimension& d = dataset.dimensions[i]; d.name != "run" && !is_time(d)) names.push_back(i);
    Projection out = project(dataset, refining(dataset, names));
    std::stable_sort(out.groups.begin(), out.groups.end(),
                     [](const Group& a, const Group& b) { return a.rows.ok > b.rows.ok; });
    return out;
}

/// What readers ask for first, and of telemetry, which nobody calls good or bad, what has a unit.
void give_series(const Dataset& dataset, const std::vector<std::size_t>& order, Facts& facts) {
    const Projection lines = lines_over_time(dataset);
    const std::size_t drawn = std::min(lines.groups.size(), most_lines_over_time);
    std::string label;
    if (drawn < lines.groups.size())
        label =
            "one of the " + std::to_string(drawn) + " groups with most rows, of " + std::to_string(lines.groups.size());
    std::size_t given = 0;
    for (const auto metric : order) {
        if (dataset.metrics[metric].unit.empty() || given++ >= most_series) continue;
        for (std::size_t i = 0; i < drawn; ++i)
            facts.over_time(lines, lines.groups[i], metric, label, observations_rank);
    }
}

/// What the groups of a projection pool over: each of them, and at most.
struct Pooled {
    std::vector<std::string> labels;
    std::string at_most;
};

Pooled pooled_in(const Dataset& dataset, const Projection& projection) {
    Pooled out;
    std::vector<std::size_t> most(dataset.dimensions.size(), 0); // levels in a group
    for (const Group& group : projection.groups) {
        const auto levels = levels_in(dataset, group);
        out.labels.push_back(label_of(dataset, group, levels));
        std::transform(levels.begin(), levels.end(), most.begin(), most.begin(),
                       [](auto a, auto b) { return std::max(a, b); });
    }
    out.at_most = pooled_over(dataset, most);
    return out;
}

/// Each row is something of its own, as a text that identifies it says: their pool is of nothing.
bool rows_have_names(const Dataset& dataset) {
    for (const auto& shape : dataset.shapes)
        for (const assay_column& column : shape.columns)
            if (column.role == ASSAY_ROLE_IDENTIFIER && column.type == ASSAY_TYPE_TEXT && column.document_scope == 0)
                return true;
    return false;
}

/// Puts a table of these lines where a reader looks for it.
void add_table(DatasetReport& report, const Dataset& dataset, const Projection& projection, std::size_t metric,
               std::vector<Line> lines, Observations& observations, bool say, bool may_pool, const std::string& pooled,
               bool not_split, const Settings& settings) {
    const bool told = tells_something(lines);
    if (lines.empty() || (!told && !say)) return;
    Section& to = !told                                                          ? report.single
                  : say && may_pool && report.say.tables.size() < most_headlines ? report.say
                                                                                 : report.details;
    const bool details = &to == &report.details;
    if (to.tables.size() >= (details ? most_detail_tables : most_headlines)) return;
    const Metric& m = dataset.metrics[metric];
    const Dimensions uneven = unevenly_mixed(dataset, projection, observations.of(metric));
    order_lines(lines, time_place(dataset, projection), m.direction, told && uneven.empty());
    const auto note = note_of(pooled, names_in(dataset, uneven), lines, settings, not_split);
    to.tables.push_back(table_of(dataset, projection, m, lines, details ? most_detail_rows : most_say_rows, note));
}

} // namespace

DatasetReport report_on(const Dataset& dataset, const Choice& choice, const Settings& settings, Facts& facts) {
    DatasetReport report;
    report.say = {.title = dataset.title, .place = "say"};
    report.single = report.say;
    report.details = {.title = dataset.title};
    report.sweep = choice.sweep;
    report.rows = dataset.rows.ok;
    const auto shown = shown_metrics(dataset);
    const bool any_headline = !shown.empty() && dataset.metrics[shown.front()].is_headline();
    const auto order = any_headline ? headline_order(dataset) : by_what_is_known(dataset);
    report.plain = !any_headline;
    report.fractions = count_fractions(dataset);
    const bool may_pool = any_headline || !rows_have_names(dataset);
    Observations observations{dataset};
    for (const Projection& projection : choice.projections) {
        std::map<const Group*, std::array<Shown, 2>> counts;
        const Pooled pooled = pooled_in(dataset, projection);
        const bool in_time = time_place(dataset, projection).has_value();
        for (const auto metric : order) {
            // Further divisions are for the metrics that readers ask for.
            if (!projection.headline && any_headline && !dataset.metrics[metric].is_headline()) continue;
            const bool is_shown = std::find(shown.begin(), shown.end(), metric) != shown.end();
            auto lines = lines_of(projection, metric, is_shown, in_time, facts, pooled.labels, counts);
            add_table(report, dataset, projection, metric, std::move(lines), observations,
                      projection.headline && is_shown, may_pool, pooled.at_most, choice.not_split, settings);
        }
    }
    if (choice.sweep) give_settings(dataset, order, settings.most_groups, facts);
    give_series(dataset, order, facts);
    for (const auto metric : order)
        if (report.plain || dataset.metrics[metric].is_headline()) report.weight += dataset.rows.ok;
    if (!choice.unknown.empty()) {
        std::string names;
        for (const auto& name : choice.unknown) names += (names.empty() ? "" : ", ") + name;
        report.details.text.push_back("group_by names no dimension of this dataset: " + names);
    }
    return report;
}

} // namespace assay::statistics

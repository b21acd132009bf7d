#include "charts.hpp"
#include "escape.hpp"
#include "parts.hpp"
#include <algorithm>
#include <assay/short_labels.hpp>
#include <assay/visible_text.hpp>
#include <map>

namespace assay::html {
namespace {

constexpr std::size_t most_chart_bytes = 260'000, most_strips = 24;
/// Charts of each kind: what is asked of a report first gets most.
constexpr std::size_t most_datasets_drawn = 20, most_sweeps_drawn = 8, most_series_drawn = 8, most_histograms = 8;

std::string short_text(std::string_view plain) {
    constexpr std::size_t most = 80;
    std::string out = visible(plain);
    if (out.size() <= most) return out;
    std::size_t end = 0;
    while (end + code_point(out, end).length <= most) end += code_point(out, end).length;
    return out.substr(0, end) + "…";
}

/// As many characters as a plot has room for beside its figures, and as a legend has.
constexpr std::size_t longest_label = 40, longest_legend = 26;

/// Labels of the groups, each with the time left out.
std::vector<std::string> labels_of(const std::vector<GroupFacts>& groups, std::size_t count, std::size_t most,
                                   const std::string& without = "") {
    std::vector<std::string> labels;
    for (std::size_t i = 0; i < count; ++i) labels.push_back(visible(group_label(groups[i].any(), without)));
    return short_labels(std::move(labels), most);
}

std::string better(const std::string& direction) {
    return direction == "higher" ? ", higher is better" : direction == "lower" ? ", lower is better" : "";
}

std::string title_of(const Division& of) {
    std::string by;
    for (const auto& name : of.dimensions) by += (by.empty() ? " by " : ", ") + name;
    return of.metric + by;
}

void text_field(JsonWriter& json, std::string_view key, std::string_view plain) { json.field(key, short_text(plain)); }

/// A figure for a chart, of which `write_numbers` writes the table. False, and nothing written: no room.
template <class Numbers>
bool write_figure(Page& page, const std::string& kind, const std::string& title, const std::string& unit,
                  std::string_view data, Numbers write_numbers) {
    if (page.charts.size() >= page.max_charts || !page.has_room()) return false;
    const std::string id = "chart-" + std::to_string(page.charts.size() + 1);
    JsonWriter json;
    json.object().field("id", id).field("kind", kind).field("title", short_text(title));
    json.field("unit", short_text(unit)).key("data").raw(data).end();
    std::string chart = in_script(json.text());
    if (page.chart_bytes + chart.size() > most_chart_bytes) return false;
    page.chart_bytes += chart.size();
    page.charts.push_back(std::move(chart));
    page.body += "<figure class=\"" + kind + "\"><figcaption><b>" + clipped(title, 300) + "</b> " +
                 (unit.empty() ? "" : "<span>" + clipped(unit, 100) + "</span>") +
                 "</figcaption>\n<div class=\"chart\" id=\"" + id + "\"></div>\n";
    write_numbers();
    page.body += "</figure>\n";
    return true;
}

void open_numbers(Page& page) { page.body += "<details class=\"numbers\"><summary>Numbers</summary>\n"; }

void group_fields(JsonWriter& json, const GroupFacts& group) {
    const ReportFact& any = group.any();
    json.field("fact", group.centre ? group.centre->id : any.id).field("n", any.n).field("failed", any.n_failed);
    json.field("value", group.centre ? group.centre->value : std::nullopt);
    json.field("low", group.centre ? group.centre->low : std::nullopt);
    json.field("high", group.centre ? group.centre->high : std::nullopt);
    text_field(json, "display", group.centre ? group.centre->display : "");
    text_field(json, "interval", group.centre ? group.centre->interval : "");
}

std::vector<std::string> group_cells(Page& page, const GroupFacts& group) {
    const ReportFact& any = group.any();
    const std::string n = group.n ? page.number(group.n->display, group.n->id) : digits(any.n);
    if (!group.centre) return {n, digits(any.n_failed), "", ""};
    return {n, digits(any.n_failed), page.number(group.centre->display, group.centre->id),
            page.number(group.centre->interval, group.centre->id)};
}

bool write_strips(Page& page, const Strips& strips) {
    const std::size_t shown = std::min(strips.groups.size(), most_strips);
    const auto labels = labels_of(strips.groups, shown, longest_label);
    JsonWriter json;
    json.object().key("groups").array();
    for (std::size_t i = 0; i < shown; ++i) {
        const auto& group = strips.groups[i];
        json.object().field("row", std::uint64_t{i}).field("label", labels[i]);
        group_fields(json, group);
        json.key("observations").array();
        if (group.sample)
            for (const double value : group.sample->values) json.value(value);
        else if (group.centre && group.centre->value)
            json.value(*group.centre->value);
        json.end().field("sample", group.sample ? group.sample->id : "").end();
    }
    json.end().end();
    return write_figure(
        page, "strip", title_of(strips.of), strips.of.unit + better(strips.of.direction), json.text(), [&] {
            open_numbers(page);
            TableWriter table{page,
                              title_of(strips.of),
                              {{"group"}, {"n", true}, {"failed", true}, {"median", true}, {"interval", true}}};
            std::size_t rows = 0;
            for (; rows < std::min(strips.groups.size(), page.max_rows); ++rows) {
                auto cells = group_cells(page, strips.groups[rows]);
                cells.insert(cells.begin(), clipped(group_label(strips.groups[rows].any()), 200));
                if (!table.row(cells)) break;
            }
            table.end();
            page.left_out(strips.groups.size() - rows, "group", "groups");
            page.body += "</details>\n";
            if (shown < strips.groups.size())
                page.paragraph(
                    counted(strips.groups.size() - shown, "more group is", "more groups are") + " not drawn.", "note");
        });
}

bool write_histogram(Page& page, const ReportFact& fact) {
    if (fact.edges.size() != fact.values.size() + 1) return true;
    JsonWriter json;
    json.object().key("bins").array();
    for (std::size_t i = 0; i < fact.values.size(); ++i)
        json.object()
            .field("from", fact.edges[i])
            .field("to", fact.edges[i + 1])
            .field("count", fact.values[i])
            .field("fact", fact.id)
            .end();
    json.end().end();
    const std::string title = fact.metric + ": " + group_label(fact);
    return write_figure(page, "histogram", title, fact.unit, json.text(),
                        [&] { page.body += "<p class=\"note\">n " + page.number(fact.display, fact.id) + "</p>\n"; });
}

void write_points(JsonWriter& json, const ReportFact& fact, const std::string& line) {
    const auto runs = runs_of(fact.edges, fact.n == fact.values.size());
    for (std::size_t i = 0; i < fact.values.size(); ++i)
        json.object()
            .field("time", 1000 * fact.edges[i]) // as JavaScript has it
            .field("value", fact.values[i])
            .field("run", runs[i])
            .field("series", line)
            .field("fact", fact.id)
            .end();
}

bool write_times(Page& page, const Times& times) {
    JsonWriter json;
    json.object().key("points").array();
    std::vector<std::string> labels;
    for (const auto* fact : times.lines) labels.push_back(visible(group_label(*fact)));
    labels = short_labels(std::move(labels), longest_legend);
    bool pauses = false;
    for (std::size_t i = 0; i < times.lines.size(); ++i) {
        const auto* fact = times.lines[i];
        write_points(json, *fact, labels[i]);
        pauses |= runs_of(fact->edges, fact->n == fact->values.size()).back() > 0;
    }
    json.end().end();
    const std::string unit = times.of.unit + better(times.of.direction);
    return write_figure(page, "time", title_of(times.of), unit, json.text(), [&] {
        std::string note;
        for (const auto* fact : times.lines)
            join(note, "; ",
                 {times.lines.size() > 1 ? clipped(group_label(*fact), 60) + ": " : "",
                  page.number(fact->display, fact->id), " of n ", digits(fact->n)});
        page.body += "<p class=\"note\">" + note + (pauses ? "; the line is broken where they pause" : "") + "</p>\n";
    });
}

/// A setting of a sweep: not tried, measured, failed, or tried and without a value.
std::string_view state_of(const ReportFact* fact) {
    if (fact == nullptr) return "missing";
    if (fact->value) return "ok";
    return fact->n_failed.value_or(0) > 0 ? "failed" : "empty";
}
std::string words_of(const ReportFact* fact) {
    const std::string_view state = state_of(fact);
    return state == "missing" ? "not run" : state == "ok" ? fact->display : state == "failed" ? "failed" : "no value";
}

bool write_sweep(Page& page, const Sweep& sweep) {
    JsonWriter json;
    json.object().key("cells").array();
    for (std::size_t y = 0; y < sweep.ys.size(); ++y)
        for (std::size_t x = 0; x < sweep.xs.size(); ++x) {
            const ReportFact* fact = sweep.cells[y][x];
            json.object().field("x", short_text(sweep.xs[x])).field("y", short_text(sweep.ys[y]));
            json.field("state", state_of(fact));
            json.field("value", fact ? fact->value : std::nullopt);
            text_field(json, "display", words_of(fact));
            json.field("fact", fact ? fact->id : "").end();
        }
    json.end().key("axis").array().object().field("x", short_text(sweep.x)).end().end().end();
    const std::string title = sweep.of.metric + " by " + sweep.x + (sweep.fixed.empty() ? "" : ": " + sweep.fixed);
    return write_figure(page, "heat", title, sweep.of.unit + better(sweep.of.direction), json.text(), [&] {
        open_numbers(page);
        std::vector<TableWriter::Column> columns{{""}};
        for (const auto& x : sweep.xs) columns.push_back({sweep.x + ' ' + x, true});
        TableWriter table{page, title, columns};
        std::size_t rows = 0;
        for (; rows < sweep.ys.size(); ++rows) {
            std::vector<std::string> cells{clipped(sweep.ys[rows], 200)};
            for (const auto* fact : sweep.cells[rows])
                cells.push_back(fact == nullptr ? words_of(fact) : page.number(words_of(fact), fact->id));
            if (!table.row(cells)) break;
        }
        table.end();
        page.left_out(sweep.ys.size() - rows, "row", "rows");
        page.body += "</details>\n";
    });
}

bool write_series(Page& page, const Series& series) {
    const auto labels = labels_of(series.groups, series.groups.size(), longest_legend, series.time);
    JsonWriter json;
    json.object().key("points").array();
    for (std::size_t i = 0; i < series.groups.size(); ++i) {
        const auto& group = series.groups[i];
        const auto* time = subject_value(group.any(), series.time);
        json.object().field("time", time_of(*time)).field("series", labels[i]);
        group_fields(json, group);
        json.end();
    }
    json.end().end();
    return write_figure(
        page, "series", title_of(series.of), series.of.unit + better(series.of.direction), json.text(), [&] {
            open_numbers(page);
            TableWriter table{
                page,
                title_of(series.of),
                {{series.time}, {"group"}, {"n", true}, {"failed", true}, {"median", true}, {"interval", true}}};
            std::size_t rows = 0;
            for (; rows < std::min(series.groups.size(), page.max_rows); ++rows) {
                const auto& any = series.groups[rows].any();
                auto cells = group_cells(page, series.groups[rows]);
                cells.insert(cells.begin(), {clipped(*subject_value(any, series.time), 60),
                                             clipped(group_label(any, series.time), 200)});
                if (!table.row(cells)) break;
            }
            table.end();
            page.left_out(series.groups.size() - rows, "row", "rows");
            page.body += "</details>\n";
            if (series.not_drawn > 0)
                page.paragraph(counted(series.not_drawn, "more line", "more lines") + ", which moved less, not drawn.",
                               "note");
        });
}

struct DatasetTitles {
    const std::vector<ReportDataset>& datasets;
    std::string of(const std::string& id) const {
        for (const auto& d : datasets)
            if (d.id == id) return d.title.empty() ? d.id : d.title;
        return id;
    }
};

const std::string& dataset_of(const ReportFact* fact) {
    static const std::string none;
    const auto* id = subject_value(*fact, "dataset");
    return id ? *id : none;
}
template <class Plot> const std::string& dataset_of(const Plot& plot) { return plot.of.dataset; }

/// Datasets in the order in which the answers speak of them; those that they leave out come last.
template <class Plot> void order_as_answered(const Page& page, std::vector<Plot>& plots) {
    std::map<std::string, std::size_t> places;
    for (const auto& id : page.linked)
        if (const auto* fact = page.facts.find(id)) places.try_emplace(dataset_of(fact), places.size());
    const auto place = [&](const Plot& plot) {
        const auto found = places.find(dataset_of(plot));
        return found == places.end() ? places.size() : found->second;
    };
    std::stable_sort(plots.begin(), plots.end(), [&](const Plot& a, const Plot& b) { return place(a) < place(b); });
}

/// The charts of one kind, under a heading for each dataset.
template <class Plot, class Write>
void write_kind(Page& page, std::string_view id, std::string_view heading, const DatasetTitles& titles,
                const std::vector<Plot>& plots, std::size_t most, Write write) {
    if (plots.empty()) return;
    page.section(id, heading);
    std::size_t drawn = 0;
    std::string open;
    for (const auto& plot : plots) {
        if (drawn == most) break;
        const std::string title = titles.of(dataset_of(plot));
        if (title != open) {
            if (!open.empty()) page.body += "</div>\n";
            page.heading(3, title);
            page.body += "<div class=\"charts\">\n";
            open = title;
        }
        if (!write(plot)) break;
        ++drawn;
    }
    if (!open.empty()) page.body += "</div>\n";
    page.left_out(plots.size() - drawn, "chart", "charts");
    page.section_end();
}

} // namespace

void write_bars(Page& page, std::string_view title, const NamedCounts& counts) {
    if (counts.empty()) return;
    JsonWriter json;
    json.object().key("bars").array();
    for (const auto& [name, n] : counts)
        json.object().field("label", short_text(name)).field("value", n).field("display", std::to_string(n)).end();
    json.end().end();
    write_figure(page, "bars", std::string{title}, "", json.text(), [&] {
        open_numbers(page);
        TableWriter table{page, title, {{"what"}, {"count", true}}};
        for (const auto& [name, n] : counts)
            if (!table.row({code(name), std::to_string(n)})) break;
        table.end();
        page.body += "</details>\n";
    });
}

void write_charts(Page& page, const std::vector<ReportDataset>& datasets) {
    Plots plots = choose_plots(page.facts);
    const DatasetTitles titles{datasets};
    order_as_answered(page, plots.strips);
    order_as_answered(page, plots.sweeps);
    order_as_answered(page, plots.series);
    order_as_answered(page, plots.times);
    write_kind(page, "datasets", "Datasets", titles, plots.strips, most_datasets_drawn,
               [&](const Strips& one) { return write_strips(page, one); });
    write_kind(page, "sweeps", "Sweeps", titles, plots.sweeps, most_sweeps_drawn,
               [&](const Sweep& one) { return write_sweep(page, one); });
    write_kind(page, "series", "Over time", titles, plots.series, most_series_drawn,
               [&](const Series& one) { return write_series(page, one); });
    write_kind(page, "times", "Time series", titles, plots.times, most_series_drawn,
               [&](const Times& one) { return write_times(page, one); });
    write_kind(page, "distributions", "Distributions", titles, plots.histograms, most_histograms,
               [&](const ReportFact* one) { return write_histogram(page, *one); });
}

} // namespace assay::html

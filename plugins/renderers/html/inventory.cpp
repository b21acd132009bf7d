#include "escape.hpp"
#include "parts.hpp"
#include <algorithm>

namespace assay::html {
namespace {

void write_files(Page& page, const Bounded<ReportArtifact>& files) {
    if (files.empty()) return;
    page.body += "<details><summary>Files</summary>\n";
    TableWriter table{page, "Files", {{"file"}, {"bytes", true}, {"modified"}, {"parser"}, {"status"}, {"SHA-256"}}};
    std::size_t shown = 0;
    for (; shown < files.kept.size(); ++shown) {
        const auto& f = files.kept[shown];
        if (!table.row({page.place({f.path}), digits(f.bytes), text(f.modified), text(f.parser), text(f.status),
                        f.sha256.empty() ? "" : code(f.sha256.substr(0, 12))}))
            break;
    }
    table.end();
    page.left_out(files.total - shown, "file", "files");
    page.body += "</details>\n";
}

void write_diagnostics(Page& page, const ArtifactLists& lists) {
    const std::size_t total = lists.errors.total + lists.warnings.total + lists.notes.total;
    if (total == 0) return;
    page.body += "<details><summary>What the parsers noticed</summary>\n";
    TableWriter table{page, "Diagnostics", {{"severity"}, {"place"}, {"what"}, {"times", true}}};
    std::size_t shown = 0;
    for (const auto* list : {&lists.errors, &lists.warnings, &lists.notes})
        for (const auto& [path, d] : list->kept) {
            if (shown == page.max_rows) break;
            if (!table.row({text(d.severity), page.place({path, {}, d.line, d.pointer}),
                            clipped(d.message, 400) + ' ' + code(d.code), digits(d.count)}))
                break;
            ++shown;
        }
    table.end();
    page.left_out(total - shown, "diagnostic", "diagnostics");
    page.body += "</details>\n";
}

void item(Page& page, std::string_view what, const std::string& plain) {
    if (!plain.empty()) page.body += "<dt>" + text(what) + "</dt><dd>" + clipped(plain, 1200) + "</dd>\n";
}

void write_units(Page& page, const std::vector<ReportDataset>& datasets) {
    page.body += "<details><summary>Metrics and their units</summary>\n";
    TableWriter table{page, "Metrics and their units", {{"dataset"}, {"metric"}, {"unit"}, {"decided by"}, {"better"}}};
    std::size_t left_out = 0;
    for (const auto& d : datasets)
        for (const auto& c : d.columns) {
            if (c.role != "metric") continue;
            std::string by = c.unit_source == "none" ? "" : c.unit_source;
            if (!c.unit_reason.empty()) by += (by.empty() ? "" : ": ") + c.unit_reason;
            if (left_out > 0 || !table.row({clipped(d.title.empty() ? d.id : d.title, 200), code(c.name),
                                            c.unit.empty() ? "unknown" : code(c.unit), clipped(by, 200),
                                            c.direction.empty() ? "unknown" : text(c.direction)}))
                ++left_out;
        }
    table.end();
    page.left_out(left_out, "metric", "metrics");
    page.body += "</details>\n";
}

NamedCounts largest(NamedCounts counts, std::size_t most) {
    std::stable_sort(counts.begin(), counts.end(), [](auto& a, auto& b) { return a.second > b.second; });
    if (counts.size() > most) counts.resize(most);
    return counts;
}

} // namespace

void write_inventory(Page& page, const ReportInventory& inventory, const ArtifactLists& lists) {
    constexpr std::size_t most_bars = 20;
    page.section("inventory", "Inventory");
    page.body += "<div class=\"charts\">\n";
    write_bars(page, "Files by type", largest(inventory.by_type, most_bars));
    write_bars(page, "Bytes by type", largest(inventory.bytes_by_type, most_bars));
    write_bars(page, "Files by directory", largest(inventory.by_directory, most_bars));
    page.body += "</div>\n";
    if (inventory.by_directory.size() > most_bars)
        page.left_out(inventory.by_directory.size() - most_bars, "directory", "directories");
    write_files(page, lists.all);
    write_diagnostics(page, lists);
    page.section_end();
}

void write_search(Page& page) {
    page.section("facts", "Look up a number");
    page.body +=
        "<form class=\"filters scripted\" id=\"fact-search\" role=\"search\"><label>Words of metric, group or file "
        "<input type=\"search\" name=\"words\"></label><output aria-live=\"polite\"></output></form>\n"
        "<div id=\"fact-results\"></div>\n<p class=\"unscripted\">Every linked number is a fact of " +
        code(page.full_report) +
        "; the link ends in its id. With scripts allowed, the page shows where each comes from.</p>\n";
    page.section_end();
}

void write_provenance(Page& page, const ReportRun& run, const std::vector<ReportDataset>& datasets) {
    page.section("provenance", "Provenance");
    std::string plugins, seconds;
    for (const auto& [id, version] : run.plugins) join(plugins, ", ", {id, " ", version});
    for (const auto& [name, value] : run.seconds) join(seconds, ", ", {name, " ", value, " s"});
    page.body += "<dl class=\"run\">\n";
    item(page, "Made by", run.assay.empty() ? "" : "assay " + run.assay);
    item(page, "Pipeline", run.pipeline);
    item(page, "Started", run.started);
    item(page, "Took", seconds);
    item(page, "Plugins", plugins);
    item(page, "Language model", run.llm.empty() ? "none" : run.llm);
    page.body +=
        "</dl>\n<ul>\n<li>Failed, suspect and rejected rows are in no statistic, nor are rows that are statistics "
        "of others; they are counted.</li>\n"
        "<li>An empty cell is a value that is not known. It is never zero.</li>\n"
        "<li>Copies of a file count once.</li>\n"
        "<li>Charts are drawn by Vega (BSD-3-Clause); its licence stands in this file.</li>\n</ul>\n";
    if (!datasets.empty()) write_units(page, datasets);
    page.section_end();
}

} // namespace assay::html

#include "document.hpp"
#include "escape.hpp"
#include <algorithm>
#include <set>

namespace assay::markdown {
namespace {

std::string joined(const std::vector<std::string>& items, std::string_view separator) {
    std::string out;
    for (const auto& item : items) out += (out.empty() ? "" : std::string{separator}) + item;
    return out;
}

std::string scanned(const ReportInventory& inventory) {
    std::string out;
    if (inventory.bytes) out += counted(*inventory.bytes, "byte", "bytes") + " in all";
    if (!inventory.first_modified.empty() && !inventory.last_modified.empty())
        out += (out.empty() ? "modified " : ", modified ") + text(inventory.first_modified) + " to " +
               text(inventory.last_modified);
    if (!inventory.latest_path.empty()) out += (out.empty() ? "newest " : "; newest ") + code(inventory.latest_path);
    return out;
}

void write_run(Document& out, const ReportRun& run, const ReportInventory& inventory) {
    std::string list;
    const auto item = [&](std::string_view name, const std::string& content) {
        if (!content.empty()) list += "- " + std::string{name} + ": " + content + '\n';
    };
    std::vector<std::string> plugins, seconds;
    for (const auto& [id, version] : run.plugins) plugins.push_back(text(id) + ' ' + text(version));
    for (const auto& [name, value] : run.seconds) seconds.push_back(text(name) + ' ' + text(value) + " s");
    item("Made by", run.assay.empty() ? "" : "assay " + text(run.assay));
    item("Pipeline", text(run.pipeline));
    item("Plugins", joined(plugins, ", "));
    item("Language model", run.llm.empty() ? "none" : text(run.llm));
    item("Input", scanned(inventory));
    const std::string took = joined(seconds, ", ");
    item("Run", (run.started.empty() ? "" : "started " + text(run.started)) +
                    (run.started.empty() || took.empty() ? "" : "; ") + (took.empty() ? "" : "took " + took));
    out.paragraph(list);
    out.text.pop_back(); // the list ended its own line
}

void write_datasets(Document& out, const std::vector<ReportDataset>& datasets, std::size_t total) {
    if (total == 0) return;
    out.heading(3, "Datasets");
    Table table;
    table.column("Dataset");
    for (const char* title : {"Rows", "Ok", "Failed", "Suspect", "Rejected"}) table.column(title, Table::Align::right);
    const bool published =
        std::any_of(datasets.begin(), datasets.end(), [](auto& d) { return detail::any(d.rows.published); });
    if (published) table.column("Published statistics", Table::Align::right);
    for (const auto& d : datasets) {
        std::vector<std::string> cells{text(d.title.empty() ? d.id : d.title),
                                       number(d.rows.read),
                                       number(d.rows.ok),
                                       number(d.rows.failed),
                                       number(d.rows.suspect),
                                       number(d.rows.rejected)};
        if (published) cells.push_back(number(d.rows.published));
        table.row(std::move(cells));
    }
    out.table(table);
    out.left_out(total - datasets.size(), "dataset", "datasets");
}

std::string unit_reason(const ReportColumn& column) {
    std::string out = column.unit_source == "none" ? "" : text(column.unit_source);
    if (!column.unit_reason.empty()) out += (out.empty() ? "" : ": ") + text(column.unit_reason);
    return out;
}

void write_units(Document& out, const std::vector<ReportDataset>& datasets) {
    Bounded<std::vector<std::string>> rows{out.max_artifacts};
    for (const auto& d : datasets)
        for (const auto& c : d.columns)
            if (c.role == "metric")
                rows.add({text(d.title.empty() ? d.id : d.title), code(c.name),
                          c.unit.empty() ? "unknown" : code(c.unit), unit_reason(c),
                          c.direction.empty() ? "unknown" : text(c.direction)});
    if (rows.empty()) return;
    out.heading(3, "Metrics and their units");
    Table table;
    for (const char* title : {"Dataset", "Metric", "Unit", "Unit decided by", "Better"}) table.column(title);
    for (auto& row : rows.kept) table.row(row);
    out.table(table);
    out.left_out(rows.left_out(), "metric", "metrics");
}

std::string rows_of(const ReportArtifact& artifact) {
    constexpr std::size_t most = 3;
    std::string out;
    std::size_t shown = 0, more = 0;
    for (const auto& table : artifact.tables) {
        if (table.kind != "data" && table.kind != "claims") continue;
        if (shown == most) {
            ++more;
            continue;
        }
        out += (shown++ == 0 ? "" : "; ") + text(table.name) + ' ' + number(table.rows.read);
        if (table.rows.ok && table.rows.ok != table.rows.read) out += " (" + number(table.rows.ok) + " ok)";
    }
    if (more > 0) out += "; and " + counted(more, "table", "tables") + " more";
    return out;
}

void write_files(Document& out, const Bounded<ReportArtifact>& files) {
    if (files.empty()) return;
    out.heading(3, "Files");
    Table table;
    table.column("File");
    table.column("Bytes", Table::Align::right);
    table.column("Modified");
    table.column("Parser");
    table.column("Status");
    table.column("Tables and rows");
    table.column("SHA-256");
    for (const auto& f : files.kept)
        table.row({code(f.path), number(f.bytes), text(f.modified), text(f.parser), text(f.status), rows_of(f),
                   f.sha256.empty() ? "" : code(f.sha256.substr(0, 12))});
    out.table(table);
    out.left_out(files.left_out(), "file", "files");
}

std::string place_of_diagnostic(const DiagnosticAt& at) {
    std::string place = at.path;
    if (at.diagnostic.line)
        place += ':' + std::to_string(*at.diagnostic.line);
    else if (at.diagnostic.offset)
        place += " at byte " + std::to_string(*at.diagnostic.offset);
    if (!at.diagnostic.pointer.empty()) place += ' ' + at.diagnostic.pointer;
    if (!at.diagnostic.column.empty()) place += " column " + at.diagnostic.column;
    return place;
}

void write_diagnostics(Document& out, const ArtifactLists& lists) {
    const std::size_t total = lists.errors.total + lists.warnings.total + lists.notes.total;
    if (total == 0) return;
    out.heading(3, "Diagnostics");
    Table table;
    table.column("Severity");
    table.column("Place");
    table.column("What");
    table.column("Times", Table::Align::right);
    std::size_t shown = 0;
    for (const auto* list : {&lists.errors, &lists.warnings, &lists.notes})
        for (const auto& at : list->kept) {
            if (shown == out.max_rows) break;
            ++shown;
            table.row({text(at.diagnostic.severity), code(place_of_diagnostic(at)),
                       text(at.diagnostic.message) + " (" + code(at.diagnostic.code) + ')',
                       number(at.diagnostic.count)});
        }
    out.table(table);
    out.left_out(total - shown, "diagnostic", "diagnostics");
}

/// Each way of computing once, in the order in which the report first uses it.
void write_methods(Document& out, const Report& report, RecordReader& reader) {
    Bounded<std::string> methods{out.max_rows};
    std::set<std::string> known;
    bool approximate = false;
    for (std::size_t i = 0; i < report.size(ASSAY_RECORD_FACT); ++i) {
        const ReportFact fact = reader.fact(report.record(ASSAY_RECORD_FACT, i));
        approximate = approximate || fact.approximate;
        if (fact.method.empty()) continue;
        const std::string method = (fact.stat.empty() ? "" : text(fact.stat) + ": ") + text(fact.method);
        if (known.insert(method).second) methods.add(method);
    }
    out.heading(3, "Method");
    out.text += "- Failed, suspect and rejected rows are in no statistic, nor are rows that are statistics of others; "
                "they are counted.\n"
                "- An empty cell is a value that is not known. It is never zero.\n"
                "- Copies of a file count once.\n";
    if (approximate) out.text += "- Some facts are approximate; each says so, with its error.\n";
    for (const auto& method : methods.kept) out.text += "- " + method + '\n';
    out.text += '\n';
    out.left_out(methods.left_out(), "method", "methods");
}

void write_fact_ids(Document& out) {
    if (out.shown.empty()) return;
    out.heading(3, "Fact ids");
    out.paragraph("Each number in the tables and sentences above is a fact or finding of " + code(out.full_report) +
                  ", with its method, the rows it was computed from and the evidence, under these ids.");
    Table table;
    table.column("Table");
    table.column("Row");
    table.column("Facts");
    for (const auto& shown : out.shown.kept) {
        std::vector<std::string> facts;
        for (const auto& [columns, id] : shown.facts)
            facts.push_back((columns.empty() ? "" : text(columns) + ' ') + code(id));
        table.row({text(shown.section), text(shown.row), joined(facts, "; ")});
    }
    out.table(table);
    out.left_out(out.shown.left_out(), "row", "rows");
}

} // namespace

void write_provenance(Document& out, const Report& report, RecordReader& reader, const ArtifactLists& lists,
                      const ReportInventory& inventory) {
    out.heading(2, "Provenance");
    write_run(out, reader.run(report.run()), inventory);
    write_methods(out, report, reader);
    const std::size_t n = report.size(ASSAY_RECORD_DATASET);
    std::vector<ReportDataset> datasets;
    for (std::size_t i = 0; i < std::min(n, out.max_rows); ++i)
        datasets.push_back(reader.dataset(report.record(ASSAY_RECORD_DATASET, i)));
    write_datasets(out, datasets, n);
    write_units(out, datasets);
    write_files(out, lists.all);
    write_diagnostics(out, lists);
    write_fact_ids(out);
}

} // namespace assay::markdown

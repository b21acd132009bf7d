#include "escape.hpp"
#include "parts.hpp"
#include <algorithm>

namespace assay::html {
namespace {

void write_table(Page& page, std::string_view section, const SectionTable& table) {
    if (table.columns.empty()) return;
    std::vector<TableWriter::Column> columns;
    for (const auto& column : table.columns) columns.push_back({column.title, column.number});
    TableWriter out{page, table.title.empty() ? section : std::string_view{table.title}, columns};
    std::size_t shown = 0;
    for (; shown < std::min(table.rows.size(), page.max_rows); ++shown) {
        std::vector<std::string> cells;
        for (const auto& cell : table.rows[shown]) cells.push_back(page.number(cell.text, cell.fact));
        if (!out.row(cells)) break;
    }
    out.end();
    page.left_out(table.rows.size() - shown, "row", "rows");
    if (!table.note.empty()) page.paragraph(table.note, "note");
}

void write_lines(Page& page, const std::vector<std::string>& lines, bool as_list) {
    std::size_t shown = 0;
    if (as_list) page.body += "<ul>\n";
    for (; shown < std::min(lines.size(), page.max_rows) && page.has_room(); ++shown) {
        if (as_list)
            page.body += "<li>" + clipped(lines[shown], 1200) + "</li>\n";
        else
            page.paragraph(lines[shown]);
    }
    if (as_list) page.body += "</ul>\n";
    page.left_out(lines.size() - shown, "line", "lines");
}

void write_section(Page& page, const Section& section, std::string_view heading, bool as_list) {
    if (!section.title.empty() && section.title != heading) page.heading(3, section.title);
    if (!section.text.empty()) write_lines(page, section.text, as_list);
    for (const auto& table : section.tables) {
        if (!page.has_room()) {
            page.left_out(1, "table", "tables");
            continue;
        }
        write_table(page, section.title, table);
    }
}

std::string reason_of(const ReportArtifact& artifact) {
    if (artifact.reason.empty() && artifact.reason_code.empty()) return "no reason was given";
    if (artifact.reason_code.empty()) return clipped(artifact.reason, 400);
    return clipped(artifact.reason, 400) + (artifact.reason.empty() ? "" : " ") + code(artifact.reason_code);
}

/// A folded list of files: closed, since the sentence that opens it says how many there are.
template <class Cells>
void write_files(Page& page, const std::string& summary, const std::vector<TableWriter::Column>& columns,
                 const Bounded<ReportArtifact>& files, Cells cells_of) {
    if (files.empty()) return;
    page.body += "<details><summary>" + text(summary) + "</summary>\n";
    TableWriter table{page, "", columns};
    std::size_t shown = 0;
    while (shown < files.kept.size() && table.row(cells_of(files.kept[shown]))) ++shown;
    table.end();
    page.left_out(files.total - shown, "file", "files");
    page.body += "</details>\n";
}

void write_rows_left_out(Page& page, const Bounded<TableRows>& tables) {
    if (tables.empty()) return;
    page.body += "<details><summary>" + text(counted(tables.total, "table", "tables") + " with rows in no statistic") +
                 "</summary>\n";
    TableWriter table{page,
                      "",
                      {{"file"},
                       {"table"},
                       {"rows", true},
                       {"ok", true},
                       {"failed", true},
                       {"suspect", true},
                       {"rejected", true},
                       {"published statistics", true},
                       {"failed when"}}};
    std::size_t shown = 0;
    for (; shown < tables.kept.size(); ++shown) {
        const auto& [path, one] = tables.kept[shown];
        if (!table.row({code(path), clipped(one.name, 200), digits(one.rows.read), digits(one.rows.ok),
                        digits(one.rows.failed), digits(one.rows.suspect), digits(one.rows.rejected),
                        digits(one.rows.published), one.failed_when.empty() ? "" : code(one.failed_when)}))
            break;
    }
    table.end();
    page.left_out(tables.total - shown, "table", "tables");
    page.body += "</details>\n";
}

void write_exclusions(Page& page, const ArtifactLists& lists, const ReportInventory& inventory) {
    const auto with_reason = [](const ReportArtifact& file) {
        return std::vector<std::string>{code(file.path), reason_of(file)};
    };
    write_files(page, counted(lists.failed.total, "file", "files") + " that failed", {{"file"}, {"why"}}, lists.failed,
                with_reason);
    write_files(page, counted(lists.skipped.total, "file", "files") + " that were skipped", {{"file"}, {"why"}},
                lists.skipped, with_reason);
    write_rows_left_out(page, lists.not_ok);
    write_files(page, counted(lists.unclaimed.total, "file", "files") + " that no parser claimed",
                {{"file"}, {"bytes", true}}, lists.unclaimed, [](const ReportArtifact& file) {
                    return std::vector<std::string>{code(file.path), digits(file.bytes)};
                });
    write_files(page, counted(lists.copies.total, "copy", "copies") + " of files, counted once",
                {{"file"}, {"same bytes as"}}, lists.copies, [](const ReportArtifact& file) {
                    return std::vector<std::string>{code(file.path), code(file.duplicate_of)};
                });
    for (const auto& sentence : left_out_sentences(inventory)) page.paragraph(sentence);
}

bool has_exclusions(const ArtifactLists& lists, const ReportInventory& inventory) {
    return !lists.failed.empty() || !lists.skipped.empty() || !lists.unclaimed.empty() || !lists.copies.empty() ||
           !lists.not_ok.empty() || !left_out_sentences(inventory).empty();
}

} // namespace

void write_answers(Page& page, const std::vector<std::vector<Section>>& places, const ArtifactLists& lists,
                   const ReportInventory& inventory) {
    for (std::size_t i = 0; i < answer_places.size(); ++i) {
        const auto& [id, heading] = answer_places[i];
        const bool exclusions = id == "excluded" && has_exclusions(lists, inventory);
        if (places[i].empty() && !exclusions) continue;
        page.allow(id == "say" ? 120'000 : 60'000);
        page.section(id, heading);
        std::size_t shown = 0;
        for (; shown < places[i].size() && page.has_room(); ++shown)
            write_section(page, places[i][shown], heading, id == "not" || id == "missing" || id == "next");
        page.left_out(places[i].size() - shown, "section", "sections");
        if (exclusions) write_exclusions(page, lists, inventory);
        page.section_end();
    }
}

void write_details(Page& page, const std::vector<Section>& details) {
    if (details.empty()) return;
    page.section("details", "Details");
    std::size_t shown = 0;
    for (; shown < details.size() && page.has_room(); ++shown) {
        page.body += "<details><summary>" +
                     clipped(details[shown].title.empty() ? details[shown].stage : details[shown].title, 400) +
                     "</summary>\n";
        write_section(page, details[shown], details[shown].title, false);
        page.body += "</details>\n";
    }
    page.left_out(details.size() - shown, "section", "sections");
    page.section_end();
}

} // namespace assay::html

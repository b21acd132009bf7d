#include "document.hpp"
#include "escape.hpp"
#include <algorithm>

namespace assay::markdown {
namespace {

/// The words of a row: its cells before the first number.
std::string row_label(const SectionTable& table, const std::vector<SectionCell>& row) {
    std::string label;
    for (std::size_t i = 0; i < row.size() && !table.columns[i].number && row[i].fact.empty(); ++i)
        if (!row[i].text.empty()) label += (label.empty() ? "" : ", ") + row[i].text;
    return label;
}

/// Several columns of a row may show one fact: its value, its n, its interval.
void note_facts(Document& out, const std::string& section, const SectionTable& table,
                const std::vector<SectionCell>& row) {
    ShownFacts shown{section, row_label(table, row), {}};
    for (std::size_t i = 0; i < row.size(); ++i) {
        if (row[i].fact.empty()) continue;
        const auto same = std::find_if(shown.facts.begin(), shown.facts.end(),
                                       [&](const auto& known) { return known.second == row[i].fact; });
        if (same == shown.facts.end())
            shown.facts.emplace_back(table.columns[i].title, row[i].fact);
        else
            same->first += ", " + table.columns[i].title;
    }
    if (!shown.facts.empty()) out.shown.add(shown);
}

void write_table(Document& out, const std::string& section, const SectionTable& table) {
    if (table.columns.empty()) return;
    if (!table.title.empty() && table.title != section) out.paragraph("**" + text(table.title) + "**");
    Table shown;
    for (const auto& column : table.columns)
        shown.column(text(column.title), column.number ? Table::Align::right : Table::Align::left);
    const std::size_t rows = std::min(table.rows.size(), out.max_rows);
    for (std::size_t i = 0; i < rows; ++i) {
        std::vector<std::string> cells;
        for (const auto& cell : table.rows[i]) cells.push_back(text(cell.text));
        shown.row(std::move(cells));
        note_facts(out, section, table, table.rows[i]);
    }
    out.table(shown);
    out.left_out(table.rows.size() - rows, "row", "rows");
    if (!table.note.empty()) out.paragraph(line(table.note));
}

void write_section(Document& out, const Section& section, std::string_view heading, bool as_list) {
    if (!section.title.empty() && section.title != heading) out.heading(3, section.title);
    const std::size_t lines = std::min(section.text.size(), out.max_rows);
    for (std::size_t i = 0; i < lines; ++i) {
        if (as_list)
            out.text += "- " + line(section.text[i]) + '\n';
        else
            out.paragraph(line(section.text[i]));
    }
    if (as_list && lines > 0) out.text += '\n';
    out.left_out(section.text.size() - lines, "line", "lines");
    for (const auto& table : section.tables) write_table(out, section.title, table);
}

void write_sections(Document& out, const std::vector<Section>& sections, std::string_view heading, bool as_list) {
    const std::size_t shown = std::min(sections.size(), out.max_sections);
    for (std::size_t i = 0; i < shown; ++i) write_section(out, sections[i], heading, as_list);
    out.left_out(sections.size() - shown, "section", "sections");
}

std::string reason_of(const ReportArtifact& artifact) {
    const std::string code_of_reason = artifact.reason_code.empty() ? "" : code(artifact.reason_code);
    if (artifact.reason.empty()) return code_of_reason.empty() ? "no reason was given" : code_of_reason;
    return text(artifact.reason) + (code_of_reason.empty() ? "" : " (" + code_of_reason + ')');
}

void write_files_with_reasons(Document& out, std::string_view heading, const Bounded<ReportArtifact>& files) {
    if (files.empty()) return;
    out.heading(3, heading);
    Table table;
    table.column("File");
    table.column("Why");
    for (const auto& file : files.kept) table.row({code(file.path), reason_of(file)});
    out.table(table);
    out.left_out(files.left_out(), "file", "files");
}

void write_rows_left_out(Document& out, const Bounded<TableRows>& tables) {
    if (tables.empty()) return;
    out.heading(3, "Rows in no statistic");
    const auto some = [&](Count RowCounts::*which) {
        return std::any_of(tables.kept.begin(), tables.kept.end(),
                           [&](const TableRows& t) { return detail::any(t.table.rows.*which); });
    };
    struct Kind {
        std::string_view title;
        Count RowCounts::*which;
    };
    std::vector<Kind> kinds{{"Rows", &RowCounts::read}, {"Ok", &RowCounts::ok}};
    for (const Kind& kind : {Kind{"Failed", &RowCounts::failed},
                             {"Suspect", &RowCounts::suspect},
                             {"Rejected", &RowCounts::rejected},
                             {"Published statistics", &RowCounts::published}})
        if (some(kind.which)) kinds.push_back(kind);
    Table table;
    table.column("File");
    table.column("Table");
    for (const Kind& kind : kinds) table.column(std::string{kind.title}, Table::Align::right);
    table.column("Failed when");
    for (const auto& [path, rows] : tables.kept) {
        std::vector<std::string> cells{code(path), text(rows.name)};
        for (const Kind& kind : kinds) cells.push_back(number(rows.rows.*kind.which));
        cells.push_back(rows.failed_when.empty() ? "" : code(rows.failed_when));
        table.row(std::move(cells));
    }
    out.table(table);
    out.left_out(tables.left_out(), "table", "tables");
}

void write_unclaimed(Document& out, const Bounded<ReportArtifact>& files) {
    if (files.empty()) return;
    out.heading(3, "Files that no parser claimed");
    for (const auto& file : files.kept)
        out.text += "- " + code(file.path) + (file.bytes ? ", " + counted(*file.bytes, "byte", "bytes") : "") + '\n';
    out.text += '\n';
    out.left_out(files.left_out(), "file", "files");
}

void write_copies(Document& out, const Bounded<ReportArtifact>& files) {
    if (files.empty()) return;
    out.heading(3, "Copies, counted once");
    Table table;
    table.column("File");
    table.column("Same bytes as");
    for (const auto& file : files.kept) table.row({code(file.path), code(file.duplicate_of)});
    out.table(table);
    out.left_out(files.left_out(), "file", "files");
}

void write_exclusions(Document& out, const ArtifactLists& lists, const ReportInventory& inventory) {
    write_files_with_reasons(out, "Files that failed", lists.failed);
    write_rows_left_out(out, lists.not_ok);
    write_unclaimed(out, lists.unclaimed);
    write_files_with_reasons(out, "Files that were skipped", lists.skipped);
    write_copies(out, lists.copies);
    for (const auto& sentence : left_out_sentences(inventory)) out.paragraph(sentence);
}

void write_finding(Document& out, const ReportFinding& finding) {
    out.text += "- **" + text(finding.severity) + "** — " + text(finding.message);
    const std::string counts = finding.k + " of " + finding.n;
    if (!finding.k.empty() && !finding.n.empty() && finding.message.find(counts) == std::string::npos)
        out.text += " (" + text(counts) + ')';
    out.text += '\n';
    for (const auto& evidence : finding.evidence)
        out.text += "  - " + code(place_text(evidence)) +
                    (evidence.excerpt.empty() ? "" : ": " + text(evidence.excerpt)) + '\n';
    if (!finding.fix.empty()) out.text += "  - To fix: " + text(finding.fix) + '\n';
    if (!finding.waived.empty() && finding.waived != "false") out.text += "  - Waived: " + text(finding.waived) + '\n';
    out.text += "  - Rule " + text(finding.rule) + (finding.slug.empty() ? "" : " " + text(finding.slug)) +
                (finding.scope.empty() ? "" : ", scope " + text(finding.scope)) + '\n';
}

/// Each with who wrote it, where that is not the narrative's author, and with its facts among the fact ids.
void write_sentences(Document& out, const ReportNarrative& narrative, const NarrativeSection& section) {
    for (std::size_t i = 0; i < section.sentences.size(); ++i) {
        const bool by_template = section.statuses[i] == "template" || section.statuses[i] == "replaced";
        out.text += "- " + line(section.sentences[i]);
        if (by_template && narrative.by != "template" && !narrative.by.empty()) out.text += " *(template)*";
        out.text += '\n';
        ShownFacts shown{"Narrative: " + section.title, "sentence " + std::to_string(i + 1), {}};
        for (const auto& id : section.facts[i]) shown.facts.emplace_back("", id);
        if (!shown.facts.empty()) out.shown.add(shown);
    }
    out.text += '\n';
}

} // namespace

bool has_exclusions(const ArtifactLists& lists, const ReportInventory& inventory) {
    return !lists.failed.empty() || !lists.skipped.empty() || !lists.unclaimed.empty() || !lists.copies.empty() ||
           !lists.not_ok.empty() || !left_out_sentences(inventory).empty();
}

void write_answers(Document& out, const std::vector<std::vector<Section>>& places, const ArtifactLists& lists,
                   const ReportInventory& inventory) {
    for (std::size_t i = 0; i < answer_places.size(); ++i) {
        const auto& [id, heading] = answer_places[i];
        const bool exclusions = id == "excluded" && has_exclusions(lists, inventory);
        if (places[i].empty() && !exclusions) continue;
        out.heading(2, heading);
        write_sections(out, places[i], heading, id == "not" || id == "missing" || id == "next");
        if (exclusions) write_exclusions(out, lists, inventory);
    }
}

void write_details(Document& out, const std::vector<Section>& details) {
    if (details.empty()) return;
    out.heading(2, "Details");
    write_sections(out, details, "Details", false);
}

void write_narrative(Document& out, const Report& report, RecordReader& reader) {
    const std::size_t n = report.size(ASSAY_RECORD_NARRATIVE);
    if (n == 0) return;
    out.heading(2, "Narrative");
    for (std::size_t i = 0; i < n; ++i) {
        const ReportNarrative narrative = reader.narrative(report.record(ASSAY_RECORD_NARRATIVE, i));
        if (const std::string author = author_sentence(narrative); !author.empty())
            out.paragraph("*" + text(author) + "*");
        for (const auto& section : narrative.sections) {
            if (!section.title.empty()) out.heading(3, section.title);
            write_sentences(out, narrative, section);
        }
    }
}

void write_findings(Document& out, const Report& report, RecordReader& reader) {
    const std::size_t n = report.size(ASSAY_RECORD_FINDING);
    if (n == 0) return;
    out.heading(2, "Findings");
    const std::size_t shown = std::min(n, out.max_rows);
    for (std::size_t i = 0; i < shown; ++i) write_finding(out, reader.finding(report.record(ASSAY_RECORD_FINDING, i)));
    out.text += '\n';
    out.left_out(n - shown, "finding", "findings");
}

void write_claims(Document& out, const Report& report, RecordReader& reader) {
    const std::size_t n = report.size(ASSAY_RECORD_CLAIM);
    if (n == 0) return;
    out.heading(2, "Claims");
    Table table;
    table.column("Place");
    table.column("Claim");
    table.column("Status");
    table.column("Why");
    Bounded<ReportClaim> doubtful{out.max_rows};
    for (std::size_t i = 0; i < n; ++i) {
        const ReportClaim claim = reader.claim(report.record(ASSAY_RECORD_CLAIM, i));
        if (claim.status == "contradicted" || claim.status == "unsupported") doubtful.add(claim);
    }
    for (const auto& claim : doubtful.kept)
        table.row({code(place_text({claim.document, {}, claim.line})), text(claim.text), text(claim.status),
                   text(claim.reason)});
    out.paragraph(doubtful.empty() ? "No number in the documents is contradicted or without support."
                                   : "Numbers in documents that the data contradict or do not support:");
    if (!doubtful.empty()) out.table(table);
    out.left_out(doubtful.left_out(), "claim", "claims");
}

} // namespace assay::markdown

#include "markdown_report.hpp"
#include "document.hpp"
#include "escape.hpp"

namespace assay {
namespace markdown {

void Document::paragraph(std::string_view markdown) {
    text += markdown;
    text += "\n\n";
}

void Document::heading(int level, std::string_view title) {
    paragraph(std::string(static_cast<std::size_t>(level), '#') + ' ' + markdown::text(title));
}

void Document::table(const Table& table) {
    text += table.text();
    text += '\n';
}

void Document::left_out(std::size_t n, std::string_view one, std::string_view many) {
    if (n > 0) paragraph("*… and " + counted(n, one, many) + " more, in " + code(full_report) + ".*");
}

std::string number(Count n) { return n ? std::to_string(*n) : std::string{}; }

std::string sentence(std::string_view plain) {
    std::string out = line(plain);
    if (!out.empty() && out.back() != '.' && out.back() != '!' && out.back() != '?' && out.back() != ':') out += '.';
    return out;
}

} // namespace markdown

namespace {

std::string anchor_of(std::string_view heading) {
    std::string anchor = "#";
    for (const char c : heading) anchor += c == ' ' ? '-' : cell::lower(c);
    return anchor;
}

/// Links to the headings that will follow: a report may be long.
std::string contents(const Report& report, const std::vector<std::vector<Section>>& places, bool exclusions) {
    std::string links;
    const auto add = [&](std::string_view heading, bool present) {
        if (present)
            links += (links.empty() ? "" : " · ") + ("[" + std::string{heading} + "](" + anchor_of(heading) + ')');
    };
    for (std::size_t i = 0; i < answer_places.size(); ++i)
        add(answer_places[i].heading, !places[i].empty() || (answer_places[i].id == "excluded" && exclusions));
    add("Narrative", report.size(ASSAY_RECORD_NARRATIVE) > 0);
    add("Findings", report.size(ASSAY_RECORD_FINDING) > 0);
    add("Claims", report.size(ASSAY_RECORD_CLAIM) > 0);
    add("Details", !places.back().empty());
    add("Provenance", true);
    return links;
}

} // namespace

void MarkdownReport::render(const Report& report, Output& out) {
    RecordReader reader;
    const auto rows = static_cast<std::size_t>(*max_rows), artifacts = static_cast<std::size_t>(*max_artifacts);
    markdown::Document document{{},           rows,       artifacts, static_cast<std::size_t>(*max_sections),
                                *full_report, {artifacts}};
    const ReportInventory inventory = reader.inventory(report.inventory());
    const ArtifactLists lists = list_artifacts(report, reader, artifacts, rows);
    const auto places = sections_by_place(report, reader);

    document.heading(1, *title);
    std::string opening;
    for (const auto& sentence : opening_sentences(inventory, reader.counts(report.summary())))
        opening +=
            (opening.empty() ? "" : " ") + (opening.empty() ? markdown::line(sentence) : markdown::text(sentence));
    if (!opening.empty()) document.paragraph(opening);
    document.paragraph(contents(report, places, markdown::has_exclusions(lists, inventory)));

    write_answers(document, places, lists, inventory);
    write_narrative(document, report, reader);
    write_findings(document, report, reader);
    write_claims(document, report, reader);
    write_details(document, places.back());
    write_provenance(document, report, reader, lists, inventory);
    document.text.pop_back(); // one line feed at the end
    out.write(document.text);
}

} // namespace assay

#include "escape.hpp"
#include "parts.hpp"
#include <algorithm>

namespace assay::html {

namespace {

constexpr std::size_t longest_sentence = 1'500, most_sources = 8;

/// What a sentence shows: a link to each fact and finding, by letters, as all numbers of the page are the report's.
std::string sources(Page& page, const std::vector<std::string>& ids) {
    std::string out;
    for (std::size_t i = 0; i < std::min(ids.size(), most_sources); ++i) {
        const std::string words(1, static_cast<char>('a' + i));
        const bool finding = ids[i].starts_with('g');
        out += ' ' +
               (finding ? "<a href=\"#" + clipped(ids[i], 100) + "\">" + words + "</a>" : page.number(words, ids[i]));
    }
    if (ids.size() > most_sources) out += " …";
    return out.empty() ? out : " <span class=\"sources\" aria-label=\"Sources\">" + out + "</span>";
}

void write_sentences(Page& page, const ReportNarrative& narrative, const NarrativeSection& section) {
    page.body += "<ul class=\"sentences\">\n";
    std::size_t i = 0;
    for (; i < section.sentences.size() && page.has_room(); ++i) {
        const bool by_template = section.statuses[i] == "template" || section.statuses[i] == "replaced";
        page.body += "<li>" + clipped(section.sentences[i], longest_sentence);
        if (by_template && narrative.by != "template" && !narrative.by.empty()) page.body += " <em>(template)</em>";
        page.body += sources(page, section.facts[i]) + "</li>\n";
    }
    page.body += "</ul>\n";
    page.left_out(section.sentences.size() - i, "sentence", "sentences");
}

} // namespace

void write_summary(Page& page, const std::vector<ReportNarrative>& narratives) {
    const auto first = std::find_if(narratives.begin(), narratives.end(),
                                    [](const ReportNarrative& one) { return !one.sections.empty(); });
    if (first == narratives.end()) return;
    page.section("summary", first->sections.front().title);
    write_sentences(page, *first, first->sections.front());
    page.section_end();
}

void write_narratives(Page& page, const std::vector<ReportNarrative>& narratives, std::size_t all) {
    bool summary_stands = true; // that of the first opens the page
    for (const ReportNarrative& narrative : narratives) {
        if (narrative.sections.empty()) continue;
        const std::size_t from = summary_stands ? 1 : 0;
        page.section(summary_stands ? "narrative" : "narrative-" + std::to_string(&narrative - narratives.data()),
                     "Narrative");
        summary_stands = false;
        page.paragraph(author_sentence(narrative), "note");
        std::size_t i = from;
        for (; i < narrative.sections.size() && page.has_room(); ++i) {
            page.heading(3, narrative.sections[i].title);
            write_sentences(page, narrative, narrative.sections[i]);
        }
        page.left_out(narrative.sections.size() - std::max(i, from), "part", "parts");
        page.section_end();
    }
    page.left_out(all - narratives.size(), "narrative", "narratives");
}

} // namespace assay::html

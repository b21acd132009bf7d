#include "summaries.hpp"
#include <assay/report_words.hpp>

namespace assay::terminal {

std::vector<Block> summaries(const Layout& layout, const Report& report, RecordReader& reader, bool everything) {
    constexpr int weight = 6;
    constexpr std::size_t least_sentences = 3, most_lines = 2;
    std::vector<Block> out;
    for (std::size_t i = 0; i < report.size(ASSAY_RECORD_NARRATIVE); ++i) {
        const ReportNarrative narrative = reader.narrative(report.record(ASSAY_RECORD_NARRATIVE, i));
        for (const auto& section : narrative.sections) {
            Block block{{}, {}, weight, least_sentences};
            layout.wrap(block.heading, upper(layout.shown(section.title)), "", Style::heading);
            for (const auto& sentence : section.sentences) {
                Lines lines;
                if (everything)
                    layout.wrap(lines, layout.shown(sentence), "  ", Style::plain);
                else
                    layout.wrap_short(lines, sentence, "  ", Style::plain, most_lines);
                block.items.push_back(std::move(lines));
            }
            out.push_back(std::move(block));
            if (!everything) break;
        }
        if (!narrative.sections.empty())
            layout.wrap(out.back().heading, layout.shown(author_sentence(narrative)), "", Style::faint);
    }
    return out;
}

} // namespace assay::terminal

#include "terminal_report.hpp"
#include "answers.hpp"
#include "summaries.hpp"

namespace assay {
namespace {

using namespace terminal;

constexpr std::size_t listed = 200;   ///< of each kind of excluded file; the screen cuts further
constexpr std::size_t hint_lines = 2; ///< blank, and what to run next
constexpr std::size_t default_width = 80;
constexpr std::size_t least_width = 20;

std::string coloured(const Line& line, bool colour) {
    if (!colour || line.style == Style::plain || line.text.empty()) return line.text;
    const char* code = line.style == Style::heading ? "1" : line.style == Style::warning ? "31" : "2";
    return std::string{"\x1b["} + code + 'm' + line.text + "\x1b[0m";
}

std::vector<std::string> lesser_findings(const Report& report, RecordReader& reader) {
    std::vector<std::string> messages;
    for (std::size_t i = 0; i < report.size(ASSAY_RECORD_FINDING); ++i) {
        auto finding = reader.finding(report.record(ASSAY_RECORD_FINDING, i));
        if (finding.severity != "critical" && finding.severity != "high")
            messages.push_back(std::move(finding.message));
    }
    return messages;
}

std::string an_example(const ArtifactLists& lists) {
    if (!lists.failed.empty()) return lists.failed.kept.front().path;
    if (!lists.not_ok.empty()) return lists.not_ok.kept.front().path;
    return {};
}

/// Where the rest is, and what to run next: for a file that needs a look, where its name fits in the line.
std::string hint(const Layout& layout, std::size_t dropped, const std::string& full_report,
                 const std::string& example) {
    std::string start = dropped > 0 ? counted(dropped, "part", "parts") + " not shown.  " : "";
    if (!full_report.empty()) start += "Everything: " + full_report + "   ";
    start = layout.shown(start + "assay explain ");
    const std::string with_file = start + layout.shown(example);
    const bool fits = !example.empty() && layout.fitted(with_file, layout.width()) == with_file;
    return fits ? with_file : start + "FILE";
}

} // namespace

void TerminalReport::render(const Report& report, Output& out) {
    const auto asked = static_cast<std::size_t>(*width);
    const Layout layout{asked == 0 ? default_width : std::max(asked, least_width), *ascii};
    RecordReader reader;
    const ReportInventory inventory = reader.inventory(report.inventory());
    const ReportCounts counts = reader.counts(report.summary());
    const ArtifactLists lists = list_artifacts(report, reader, 0, listed);
    const auto places = sections_by_place(report, reader);
    const auto lesser = lesser_findings(report, reader);
    const auto left_out = left_out_sentences(inventory);
    Answers answers{places, lists, counts, left_out, lesser, *ascii};

    std::string opening;
    for (const auto& sentence : opening_sentences(inventory, counts))
        opening += (opening.empty() ? "" : " ") + sentence;
    Lines screen;
    layout.wrap(screen, layout.shown(opening), "", Style::plain);

    const auto limit = static_cast<std::size_t>(*lines), fixed = screen.size() + hint_lines;
    const std::size_t room = limit > fixed ? limit - fixed : 1;
    answers.roomy = limit > 0;
    const auto blocks_in_full_or_short = [&] {
        auto blocks = summaries(layout, report, reader, limit == 0);
        const auto more = limit == 0 ? all_of(layout, answers) : in_short(layout, answers);
        blocks.insert(blocks.end(), more.begin(), more.end());
        return blocks;
    };
    auto blocks = blocks_in_full_or_short();
    if (limit > 0 && height(blocks) > room) {
        answers.roomy = false;
        blocks = blocks_in_full_or_short();
    }
    const Screen rest = arranged(std::move(blocks), limit == 0 ? 0 : room);
    screen.insert(screen.end(), rest.lines.begin(), rest.lines.end());
    screen.push_back({"", Style::plain});
    screen.push_back(
        {layout.fitted(hint(layout, rest.dropped, *full_report, an_example(lists)), layout.width()), Style::faint});

    std::string text;
    for (const auto& line : screen) text += coloured(line, *colour) + '\n';
    out.write(text);
}

} // namespace assay

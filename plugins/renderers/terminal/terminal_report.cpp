#include "terminal_report.hpp"
#include "layout.hpp"
#include <algorithm>
#include <assay/report_lists.hpp>
#include <assay/report_words.hpp>

namespace assay {
namespace {

using namespace terminal;

constexpr std::size_t listed = 200;     ///< of each kind of excluded file; the screen cuts further
constexpr std::size_t least_listed = 7; ///< lines of what stands under one heading
constexpr std::size_t most_rows = 6;    ///< of a headline table
constexpr std::size_t hint_lines = 2;   ///< blank, and what to run next
constexpr std::size_t default_width = 80;
constexpr std::size_t least_width = 20;

std::string upper(std::string_view text) {
    std::string out;
    for (const char c : text) out += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    return out;
}

void add_tables(Lines& out, const Layout& layout, const Section& section) {
    for (const auto& table : section.tables) {
        if (!table.title.empty() && table.title != section.title)
            layout.wrap(out, layout.shown(table.title), "", Style::faint);
        layout.table(out, table);
        if (!table.note.empty()) layout.wrap(out, layout.shown(table.note), "", Style::faint);
    }
}

/// All of a section, its title as the heading.
Block whole(const Layout& layout, const Section& section, int weight) {
    Block block{{}, weight};
    layout.wrap(block.lines, upper(layout.shown(section.title)), "", Style::heading);
    for (const auto& text : section.text) layout.wrap(block.lines, layout.shown(text), "", Style::plain);
    add_tables(block.lines, layout, section);
    return block;
}

/// A section with the first rows of its first table, so that several fit on a screen. The report has the rest.
Block titled(const Layout& layout, const Section& section, int weight) {
    Block block{{}, weight};
    std::string heading = upper(layout.shown(section.title));
    if (!section.tables.empty() && section.tables.front().title != section.title)
        heading += "  " + layout.shown(section.tables.front().title);
    layout.wrap(block.lines, heading, "", Style::heading);
    for (const auto& text : section.text) layout.wrap(block.lines, layout.shown(text), "", Style::plain);
    block.least = block.lines.size();
    if (section.tables.empty()) return block;
    SectionTable first = section.tables.front();
    const std::size_t more = first.rows.size() > most_rows ? first.rows.size() - most_rows : 0;
    first.rows.resize(first.rows.size() - more);
    layout.table(block.lines, first);
    if (more > 0)
        block.lines.push_back({"  " + layout.ellipsis() + " " + counted(more, "more row", "more rows"), Style::faint});
    block.least = block.lines.size(); // half a comparison misleads: all of it, or none
    return block;
}

/// Several sections under the heading of their place, each line of text an item.
Block listed_under(const Layout& layout, std::string_view heading, const std::vector<Section>& sections,
                   const std::string& bullet, Style style, int weight) {
    Block block{{{upper(heading), Style::heading}}, weight, least_listed};
    for (const auto& section : sections) {
        if (section.text.empty() && !section.title.empty())
            layout.wrap(block.lines, layout.shown(section.title), bullet, style);
        for (const auto& text : section.text) layout.wrap(block.lines, layout.shown(text), bullet, style);
        add_tables(block.lines, layout, section);
    }
    return block;
}

std::string not_ok(const RowCounts& rows) {
    std::string list;
    detail::add_count(list, rows.failed, "failed");
    detail::add_count(list, rows.suspect, "suspect");
    detail::add_count(list, rows.rejected, "rejected");
    return list + (rows.read ? " of " + counted(*rows.read, "row", "rows") : "");
}

void add_exclusions(Lines& out, const Layout& layout, const ArtifactLists& lists) {
    const auto item = [&](const std::string& path, const std::string& why) {
        layout.wrap(out, layout.shown(path) + ": " + layout.shown(why), "  ", Style::plain);
    };
    const auto more = [&](std::size_t n) {
        if (n > 0) out.push_back({"  " + layout.ellipsis() + " " + std::to_string(n) + " more", Style::faint});
    };
    for (const auto& file : lists.failed.kept)
        item(file.path, "failed, " + (file.reason.empty() ? file.reason_code : file.reason));
    more(lists.failed.left_out());
    for (const auto& [path, table] : lists.not_ok.kept) item(path, not_ok(table.rows));
    more(lists.not_ok.left_out());
    for (const auto& file : lists.skipped.kept)
        item(file.path, "skipped, " + (file.reason.empty() ? file.reason_code : file.reason));
    more(lists.skipped.left_out());
    for (const auto& file : lists.unclaimed.kept) item(file.path, "no parser claimed it");
    more(lists.unclaimed.left_out());
}

std::vector<Block> blocks_of(const Layout& layout, const std::vector<std::vector<Section>>& places,
                             const ArtifactLists& lists, bool ascii, bool everything) {
    const auto section_block = everything ? whole : titled;
    struct Look {
        std::string_view heading;
        std::string bullet;
        Style style;
        int weight;
    };
    // In the order of answer_places; "say" has its sections' own titles.
    const std::array<Look, answer_places.size()> looks{{{"", "", Style::plain, 8},
                                                        {"Do not use", ascii ? "x " : "✖ ", Style::warning, 8},
                                                        {"What changed", "  ", Style::plain, 4},
                                                        {"Excluded", "  ", Style::plain, 4},
                                                        {"Missing", "  ", Style::plain, 2},
                                                        {"Next", "  ", Style::plain, 2}}};
    std::vector<Block> blocks;
    for (std::size_t i = 0; i < answer_places.size(); ++i) {
        if (answer_places[i].id == "say") {
            for (const auto& section : places[i]) // the first is the headline; the others give way to every answer
                blocks.push_back(section_block(layout, section, blocks.empty() ? looks[i].weight : 1));
            continue;
        }
        Block block =
            listed_under(layout, looks[i].heading, places[i], looks[i].bullet, looks[i].style, looks[i].weight);
        if (answer_places[i].id == "excluded") add_exclusions(block.lines, layout, lists);
        if (block.lines.size() > 1) blocks.push_back(std::move(block));
    }
    if (blocks.empty()) // only stages that give details: better those than an empty screen
        for (const auto& section : places.back()) blocks.push_back(section_block(layout, section, 1));
    return blocks;
}

/// The first part of each narrative, which sums it up. The report has the rest.
void add_summaries(std::vector<Block>& blocks, const Layout& layout, const Report& report, RecordReader& reader,
                   bool everything) {
    constexpr int weight = 6;
    std::vector<Block> out;
    for (std::size_t i = 0; i < report.size(ASSAY_RECORD_NARRATIVE); ++i) {
        const ReportNarrative narrative = reader.narrative(report.record(ASSAY_RECORD_NARRATIVE, i));
        for (const auto& section : narrative.sections) {
            Block block{{}, weight, least_listed};
            layout.wrap(block.lines, upper(layout.shown(section.title)), "", Style::heading);
            for (const auto& sentence : section.sentences)
                layout.wrap(block.lines, layout.shown(sentence), "  ", Style::plain);
            out.push_back(std::move(block));
            if (!everything) break;
        }
        if (!narrative.sections.empty())
            layout.wrap(out.back().lines, layout.shown(author_sentence(narrative)), "", Style::faint);
    }
    blocks.insert(blocks.begin(), out.begin(), out.end());
}

/// Leaves as many blocks as a screen of `lines` has room for, each with its least lines and a blank; drops the lightest
/// first, of equals the last. Answers how many it dropped.
std::size_t drop_blocks(std::vector<Block>& blocks, std::size_t lines) {
    std::size_t dropped = 0, least = 0;
    const auto need = [](const Block& block) { return std::min(block.least, block.lines.size()) + 1; };
    for (const auto& block : blocks) least += need(block);
    for (; least > lines; ++dropped) {
        std::size_t lightest = 0;
        for (std::size_t i = 1; i < blocks.size(); ++i)
            if (blocks[i].weight <= blocks[lightest].weight) lightest = i;
        least -= need(blocks[lightest]);
        blocks.erase(blocks.begin() + static_cast<std::ptrdiff_t>(lightest));
    }
    return dropped;
}

std::string coloured(const Line& line, bool colour) {
    if (!colour || line.style == Style::plain || line.text.empty()) return line.text;
    const char* code = line.style == Style::heading ? "1" : line.style == Style::warning ? "31" : "2";
    return std::string{"\x1b["} + code + 'm' + line.text + "\x1b[0m";
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
    const ArtifactLists lists = list_artifacts(report, reader, 0, listed);
    const auto places = sections_by_place(report, reader);

    std::string opening;
    for (const auto& sentence : opening_sentences(inventory, reader.counts(report.summary())))
        opening += (opening.empty() ? "" : " ") + sentence;
    Lines screen;
    layout.wrap(screen, layout.shown(opening), "", Style::plain);

    std::vector<Block> blocks = blocks_of(layout, places, lists, *ascii, *lines == 0);
    add_summaries(blocks, layout, report, reader, *lines == 0);
    std::size_t dropped = 0;
    if (*lines > 0) {
        const auto limit = static_cast<std::size_t>(*lines), fixed = screen.size() + hint_lines;
        const std::size_t room = limit > fixed ? limit - fixed : 0;
        dropped = drop_blocks(blocks, room);
        fit_screen(blocks, room - std::min(room, blocks.size()), layout.ellipsis());
    }
    for (const auto& block : blocks) {
        screen.push_back({"", Style::plain});
        screen.insert(screen.end(), block.lines.begin(), block.lines.end());
    }
    screen.push_back({"", Style::plain});
    screen.push_back(
        {layout.fitted(hint(layout, dropped, *full_report, an_example(lists)), layout.width()), Style::faint});

    std::string text;
    for (const auto& line : screen) text += coloured(line, *colour) + '\n';
    out.write(text);
}

} // namespace assay

#include "answers.hpp"
#include <algorithm>
#include <array>

namespace assay::terminal {

namespace {

constexpr std::size_t most_rows = 10;  ///< of a headline table in short
constexpr std::size_t roomy_lines = 3; ///< of any item where there is room
constexpr std::size_t most_long = 3;   ///< items that may take all their lines; the others take one
constexpr std::size_t most_named = 2;  ///< files that failed, each on a line in short

struct Look {
    std::string_view heading; ///< "say" has its sections' own titles
    int weight;
    std::size_t most_lines, least; ///< of an item in short; items
};
/// In the order of answer_places.
constexpr std::array<Look, answer_places.size()> looks{{{"", 8, 0, 1},
                                                        {"Do not use", 8, 2, 5},
                                                        {"What changed", 4, 2, 2},
                                                        {"Excluded", 4, 1, 2},
                                                        {"Missing", 2, 1, 2},
                                                        {"Next", 4, 1, 3}}};

Lines table_lines(const Layout& layout, const SectionTable& table) {
    Lines lines;
    layout.table(lines, table);
    if (!table.note.empty()) layout.wrap(lines, layout.shown(table.note), "", Style::faint);
    return lines;
}

/// What else a table of the same rows says: its medians become a column of the first table, behind the interval.
void join(SectionTable& into, const SectionTable& other) {
    const auto titles = [](const SectionTable& table) {
        std::vector<std::string> all;
        for (const auto& column : table.columns) all.push_back(column.title);
        return all;
    };
    const auto all = titles(other);
    const auto median = std::find(all.begin(), all.end(), "median");
    const auto number = std::find_if(other.columns.begin(), other.columns.end(), [](auto& c) { return c.number; });
    const auto keys = number - other.columns.begin();
    const auto mine = titles(into);
    auto at = std::find(mine.begin(), mine.end(), "interval");
    if (median == all.end() || at == mine.end() || keys == 0 || mine.size() < all.size()) return;
    if (!std::equal(all.begin(), all.begin() + keys, mine.begin())) return;
    const auto place = at - mine.begin() + 1;
    const std::string name = other.title.substr(0, std::min(other.title.find(" by "), other.title.find(" (")));
    into.columns.insert(into.columns.begin() + place, {"median " + name, true});
    for (auto& row : into.rows) {
        const auto same = std::find_if(other.rows.begin(), other.rows.end(), [&](const auto& theirs) {
            return std::equal(theirs.begin(), theirs.begin() + keys, row.begin(),
                              [](const SectionCell& a, const SectionCell& b) { return a.text == b.text; });
        });
        row.insert(row.begin() + place,
                   same == other.rows.end() ? SectionCell{} : (*same)[static_cast<std::size_t>(median - all.begin())]);
    }
}

/// A row's cells under the columns of the same title; what has none stays in the other reports.
std::vector<SectionCell> placed(std::vector<SectionCell> row, const std::vector<SectionColumn>& from,
                                const std::vector<SectionColumn>& to) {
    std::vector<SectionCell> out(to.size());
    for (std::size_t i = 0; i < to.size(); ++i) {
        const auto same =
            std::find_if(from.begin(), from.end(), [&](auto& column) { return column.title == to[i].title; });
        if (same != from.end()) out[i] = std::move(row[static_cast<std::size_t>(same - from.begin())]);
    }
    return out;
}

/// The first sections that say the same of other data, as one: a line with a section's title stands above its rows.
/// What says nothing new, as the same runs in another format do, is left out.
std::vector<Section> merged(const std::vector<Section>& sections) {
    std::vector<Section> out;
    std::vector<std::vector<std::vector<SectionCell>>> parts; // of the first
    std::vector<SectionColumn> columns;                       // likewise, before others were joined to it
    const auto same_titles = [](const auto& a, const auto& b) {
        return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](auto& x, auto& y) { return x.title == y.title; });
    };
    const auto same_rows = [](const auto& a, const auto& b) {
        return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& x, const auto& y) {
            return std::equal(x.begin(), x.end(), y.begin(), y.end(),
                              [](const SectionCell& p, const SectionCell& q) { return p.text == q.text; });
        });
    };
    for (const Section& section : sections) {
        const bool like_first = !out.empty() && !section.tables.empty() && !out.front().tables.empty() &&
                                section.tables.front().title == out.front().tables.front().title &&
                                same_titles(section.tables.front().columns, columns);
        if (out.empty() || !like_first) {
            out.push_back(section);
            for (std::size_t i = 1; i < section.tables.size(); ++i) join(out.back().tables.front(), section.tables[i]);
            if (out.size() == 1 && !section.tables.empty()) {
                parts.push_back(section.tables.front().rows);
                columns = section.tables.front().columns;
            }
            continue;
        }
        const auto& rows = section.tables.front().rows;
        if (std::any_of(parts.begin(), parts.end(), [&](const auto& part) { return same_rows(part, rows); })) continue;
        parts.push_back(rows);
        SectionTable joined = section.tables.front(), &into = out.front().tables.front();
        for (std::size_t i = 1; i < section.tables.size(); ++i) join(joined, section.tables[i]);
        const auto before = static_cast<std::uint32_t>(into.rows.size());
        for (std::uint32_t i = static_cast<std::uint32_t>(into.importance.size()); i <= before; ++i)
            into.importance.push_back(i);
        into.rows.emplace_back(into.columns.size()).front().text = section.title + ":";
        for (std::size_t i = 0; i < joined.rows.size(); ++i) {
            into.importance.push_back(
                before + 1 + (i < joined.importance.size() ? joined.importance[i] : static_cast<std::uint32_t>(i)));
            into.rows.push_back(placed(std::move(joined.rows[i]), joined.columns, into.columns));
        }
    }
    return out;
}

/// The most important rows, in their order, and where others are left out how many.
Lines cut_table(const Layout& layout, const SectionTable& table) {
    SectionTable cut = table;
    cut.rows.clear();
    std::vector<std::size_t> left_out{0}; // in front of each row that is shown, and behind the last
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
        const std::size_t place = i < table.importance.size() ? table.importance[i] : i;
        if (place >= most_rows) {
            ++left_out.back();
            continue;
        }
        cut.rows.push_back(table.rows[i]);
        left_out.push_back(0);
    }
    Lines all, lines;
    layout.table(all, cut, false);
    const auto tell = [&](std::size_t rows, const char* where) {
        if (rows == 0) return;
        const std::string text = counted(rows, "more row", "more rows") + where;
        lines.push_back({"  " + layout.ellipsis() + " " + text, Style::faint});
    };
    lines.push_back(all.front());
    for (std::size_t i = 0; i < cut.rows.size(); ++i) {
        tell(left_out[i], i > 0 ? " between" : "");
        lines.push_back(all[i + 1]);
    }
    tell(left_out.back(), "");
    return lines;
}

/// A section of "say": its heading, its tables as one, and what its first table notes. Half a comparison misleads: all
/// of it or none.
Block headline(const Layout& layout, const Section& section, int weight) {
    Block block{{}, {}, weight};
    std::string heading = upper(layout.shown(section.title));
    if (!section.tables.empty() && section.tables.front().title != section.title)
        heading += "  " + layout.shown(section.tables.front().title);
    layout.wrap(block.heading, heading, "", Style::heading);
    for (const auto& text : section.text) layout.wrap(block.heading, layout.shown(text), "", Style::plain);
    if (section.tables.empty()) return block;
    const SectionTable& table = section.tables.front();
    Lines lines = cut_table(layout, table);
    if (!table.note.empty()) layout.wrap_short(lines, table.note, "  ", Style::faint, 1);
    block.items.push_back(std::move(lines));
    return block;
}

/// A table in a sentence: its title and its first row.
std::string told(const SectionTable& table) {
    std::string text = table.title.empty() ? "" : table.title + ":";
    if (table.rows.empty()) return text;
    for (const bool numbers : {false, true})
        for (std::size_t i = 0; i < table.columns.size(); ++i) {
            const std::string& cell = table.rows.front()[i].text;
            if (table.columns[i].number != numbers || cell.empty()) continue;
            text += (numbers ? ", " + table.columns[i].title + " " : " ") + cell;
        }
    if (table.rows.size() > 1) text += ". And " + std::to_string(table.rows.size() - 1) + " more.";
    return text;
}

std::string not_ok(const RowCounts& rows) {
    std::string list;
    detail::add_count(list, rows.failed, "failed");
    detail::add_count(list, rows.suspect, "suspect");
    detail::add_count(list, rows.rejected, "rejected");
    detail::add_count(list, rows.published, "published statistics");
    return list + (rows.read ? " of " + counted(*rows.read, "row", "rows") : "");
}

std::string reason_of(const ReportArtifact& file) { return file.reason.empty() ? file.reason_code : file.reason; }

std::vector<std::string> exclusions(const Answers& answers) {
    const ArtifactLists& lists = answers.lists;
    std::vector<std::string> items;
    const auto more = [&](std::size_t n) {
        if (n > 0) items.push_back("and " + std::to_string(n) + " more");
    };
    for (const auto& file : lists.failed.kept) items.push_back(file.path + ": failed, " + reason_of(file));
    more(lists.failed.left_out());
    for (const auto& [path, table] : lists.not_ok.kept) items.push_back(path + ": " + not_ok(table.rows));
    more(lists.not_ok.left_out());
    for (const auto& file : lists.skipped.kept) items.push_back(file.path + ": skipped, " + reason_of(file));
    more(lists.skipped.left_out());
    for (const auto& file : lists.unclaimed.kept) items.push_back(file.path + ": no parser claimed it");
    more(lists.unclaimed.left_out());
    items.insert(items.end(), answers.left_out.begin(), answers.left_out.end());
    return items;
}

/// Each kind in one line that begins with what matters.
std::vector<std::string> short_exclusions(const Answers& answers) {
    const ArtifactLists& lists = answers.lists;
    std::vector<std::string> items;
    for (std::size_t i = 0; i < std::min(most_named, lists.failed.kept.size()); ++i)
        items.push_back(lists.failed.kept[i].path + ": failed, " + reason_of(lists.failed.kept[i]));
    const auto names = [&](const std::string& what, const auto& list, const auto& name_of) {
        std::string text = what + ": ";
        for (std::size_t i = 0; i < list.kept.size(); ++i) text += (i > 0 ? ", " : "") + name_of(list.kept[i]);
        if (!list.empty()) items.push_back(std::move(text));
    };
    const auto path = [](const ReportArtifact& file) { return file.path; };
    if (lists.failed.total > most_named)
        names(std::to_string(lists.failed.total) + " files failed", lists.failed, path);
    names(not_ok(answers.counts.rows), lists.not_ok, [](const TableRows& one) {
        const auto& rows = one.table.rows;
        return one.path + " (" +
               std::to_string(rows.failed.value_or(0) + rows.suspect.value_or(0) + rows.rejected.value_or(0) +
                              rows.published.value_or(0)) +
               ")";
    });
    names(std::to_string(lists.skipped.total) + " skipped", lists.skipped, path);
    names(std::to_string(lists.unclaimed.total) + " unclaimed", lists.unclaimed, path);
    items.insert(items.end(), answers.left_out.begin(), answers.left_out.end());
    return items;
}

/// Worse findings stand out by their sign and colour.
std::string sign_of(const Answers& answers, std::string_view text, Style& style) {
    const auto& lesser = answers.lesser;
    const bool less = std::any_of(lesser.begin(), lesser.end(), [&](const auto& m) { return text.starts_with(m); });
    style = less ? Style::plain : Style::warning;
    if (answers.ascii) return less ? "! " : "x ";
    return less ? "▲ " : "✖ ";
}

/// Several sections under the heading of their place, each line of text an item.
Block listed_under(const Layout& layout, const Answers& answers, std::size_t place, bool in_short) {
    const Look& look = looks[place];
    Block block{{{upper(look.heading), Style::heading}}, {}, look.weight, look.least};
    const auto add = [&](std::string_view text, bool marked) {
        Lines item;
        Style style = Style::plain;
        const std::string bullet = marked ? sign_of(answers, text, style) : "  ";
        if (in_short)
            layout.wrap_short(item, text, bullet, style,
                              answers.roomy                    ? roomy_lines
                              : block.items.size() < most_long ? look.most_lines
                                                               : 1);
        else
            layout.wrap(item, layout.shown(text), bullet, style);
        if (!item.empty()) block.items.push_back(std::move(item));
    };
    const bool marked = answer_places[place].id == "not", excluded = answer_places[place].id == "excluded";
    const auto own = !excluded  ? std::vector<std::string>{}
                     : in_short ? short_exclusions(answers)
                                : exclusions(answers);
    for (const auto& section : answers.places[place]) {
        if (!in_short && section.text.empty() && !section.title.empty()) add(section.title, false);
        for (const auto& text : section.text) add(text, marked);
        if (in_short && excluded && !own.empty()) continue; // the same, row by row
        for (const auto& table : section.tables) {
            if (in_short) {
                add(told(table), marked);
                continue;
            }
            if (!table.title.empty() && table.title != section.title) add(table.title, false);
            block.items.push_back(table_lines(layout, table));
        }
    }
    for (const auto& text : own) add(text, false);
    return block;
}

/// All of a section, its title as the heading.
Block whole(const Layout& layout, const Section& section) {
    Block block;
    layout.wrap(block.heading, upper(layout.shown(section.title)), "", Style::heading);
    for (const auto& text : section.text) layout.wrap(block.heading, layout.shown(text), "", Style::plain);
    for (const auto& table : section.tables) {
        Lines item;
        if (!table.title.empty() && table.title != section.title)
            layout.wrap(item, layout.shown(table.title), "", Style::faint);
        for (auto& line : table_lines(layout, table)) item.push_back(std::move(line));
        block.items.push_back(std::move(item));
    }
    return block;
}

std::vector<Block> blocks_of(const Layout& layout, const Answers& answers, bool in_short) {
    std::vector<Block> blocks;
    const auto add_section = [&](const Section& section, int weight) {
        blocks.push_back(in_short ? headline(layout, section, weight) : whole(layout, section));
    };
    for (std::size_t i = 0; i < answer_places.size(); ++i) {
        if (answer_places[i].id == "say") {
            for (const auto& section : in_short ? merged(answers.places[i]) : answers.places[i])
                add_section(section, blocks.empty() ? looks[i].weight : 1); // others give way to every answer
            continue;
        }
        Block block = listed_under(layout, answers, i, in_short);
        if (!block.items.empty()) blocks.push_back(std::move(block));
    }
    if (blocks.empty()) // only stages that give details: better those than an empty screen
        for (const auto& section : answers.places.back()) add_section(section, 1);
    return blocks;
}

} // namespace

std::vector<Block> all_of(const Layout& layout, const Answers& answers) { return blocks_of(layout, answers, false); }
std::vector<Block> in_short(const Layout& layout, const Answers& answers) { return blocks_of(layout, answers, true); }

} // namespace assay::terminal

#include "parse.hpp"
#include "claims.hpp"

namespace assay::markdown {
namespace {

constexpr std::size_t probe_bytes = std::size_t{64} << 10U;

/// What a text has that only Markdown has.
struct Marks {
    int headings = 0, fences = 0, tables = 0, bullets = 0, links = 0;
    bool front_matter = false;
    int kinds() const {
        return (headings > 0 ? 1 : 0) + (fences > 0 ? 1 : 0) + (tables > 0 ? 1 : 0) + (bullets > 0 ? 1 : 0) +
               (links > 0 ? 1 : 0) + (front_matter ? 1 : 0);
    }
    /// Enough to claim a text that is not named so: comments and shell scripts have `#` lines too.
    bool strong() const { return (headings >= 2 && (fences >= 2 || tables > 0)) || (front_matter && headings >= 1); }
};

bool is_heading(std::string_view line) {
    const auto marks = line.find_first_not_of('#');
    return marks != line.npos && marks >= 1 && marks <= 6 && line[marks] == ' ';
}
bool is_table_rule(std::string_view line) {
    return line.find("--") != line.npos && line.find('|') != line.npos && line.find_first_not_of("|-: \t") == line.npos;
}

/// Without a heading, no text is claimed that is not named so.
bool may_have_heading(std::string_view text) {
    return text.starts_with('#') || text.find("\n#") != text.npos || text.find("\r#") != text.npos;
}

Marks marks(const Lines& lines) {
    Marks found;
    const std::size_t front = front_matter(lines);
    found.front_matter = front > 0;
    bool in_code = false;
    for (std::size_t i = front + 1; i <= lines.count(); ++i) {
        const std::string_view line = lines.text(i);
        const std::string_view text = cell::trim(line);
        if (text.substr(0, 3) == "```" || text.substr(0, 3) == "~~~") {
            ++found.fences;
            in_code = !in_code;
        }
        if (in_code) continue;
        found.headings += is_heading(line) ? 1 : 0;
        found.tables += is_table_rule(text) ? 1 : 0;
        found.bullets += text.substr(0, 2) == "- " || text.substr(0, 2) == "* " ? 1 : 0;
        found.links += text.find("](") != text.npos ? 1 : 0;
    }
    return found;
}

std::string describe(const Marks& m) {
    std::string out;
    const auto add = [&](int count, const char* what) {
        if (count > 0) out += (out.empty() ? "" : ", ") + std::to_string(count) + " " + what;
    };
    add(m.headings, "heading lines");
    add(m.tables, "pipe tables");
    add(m.fences, "code fences");
    add(m.bullets, "list items");
    add(m.links, "links");
    return out.empty() ? "front matter" : out;
}

void send_nodes(const std::vector<Node>& found, Sink& out) {
    Table table = out.table("@nodes",
                            {{.name = "index", .type = Type::integer},
                             {.name = "type"},
                             {.name = "level", .type = Type::integer},
                             {.name = "line", .type = Type::integer},
                             {.name = "text"},
                             {.name = "info"},
                             {.name = "section"}},
                            ASSAY_TABLE_NODES);
    const auto present = [](const std::string& text) {
        return text.empty() ? std::optional<std::string>{} : std::optional<std::string>{text};
    };
    std::int64_t index = 0;
    std::uint64_t line = 1;
    for (const Node& node : found) {
        line = node.line.value_or(line);
        table.at_line(line);
        table.row(index++, node.type, node.level, node.line, node.text, present(node.info), present(node.section));
    }
    table.end();
}

std::string joined(const std::vector<std::string>& cells, std::string_view between) {
    std::string text;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (i > 0) text += between;
        for (const char c : cells[i]) text += c == '\t' ? ' ' : c;
    }
    return text;
}

/// Names the nodes of tables, and puts the rows behind them as they are written, for `1.50` is 1.5 in a typed column.
/// A table that md4c does not see, glued to prose, gets its node here.
std::vector<Node> with_rows(std::vector<Node> found, const Tables& tables) {
    std::vector<Node> all;
    all.reserve(found.size());
    auto table = tables.tables.begin();
    const auto add_rows = [&](bool seen) {
        for (std::size_t i = 0; i < table->rows.size(); ++i) {
            all.push_back({"row", {}, table->lines[i], joined(table->rows[i], "\t"), table->name, table->section, {}});
            if (seen && !table->beyond[i].empty()) // of one that md4c does not see, it is in the paragraph
                all.push_back({"paragraph", {}, table->lines[i], table->beyond[i], {}, table->section, {}});
        }
        ++table;
    };
    const auto add_unseen = [&] {
        all.push_back({"table", {}, table->line, joined(table->columns, "\t"), table->name, table->section, {}});
        add_rows(false);
    };
    for (Node& node : found) {
        while (node.line && table != tables.tables.end() && table->line < *node.line) add_unseen();
        const bool seen = node.type == "table" && table != tables.tables.end() && table->line == node.line;
        if (seen) {
            node.info = table->name;
            if (table->glued) { // what stands before the header is no column
                all.push_back({"paragraph", {}, node.line, table->before, {}, node.section, {}});
                node.text = joined(table->columns, " | ");
            }
        }
        all.push_back(std::move(node));
        if (seen) add_rows(true);
    }
    while (table != tables.tables.end()) add_unseen();
    return all;
}

void remark(const Tables& found, Sink& out) {
    for (const PipeTable& table : found.tables) {
        if (table.glued)
            out.diagnose({.code = "glued-table-header",
                          .message = "other text stands before the header of a pipe table, on its line",
                          .table = table.name,
                          .line = table.line});
        if (!table.long_rows.empty())
            out.diagnose({.code = "ragged-row",
                          .message = "a table row has more cells than its header; the rest is left out",
                          .table = table.name,
                          .line = table.long_rows.front(),
                          .count = table.long_rows.size()});
    }
    for (const std::uint64_t line : found.broken)
        out.diagnose({.code = "broken-table",
                      .message = "a table's delimiter row has no header line with as many cells above it",
                      .line = line});
}

} // namespace

Confidence MarkdownParser::probe(const Head& head) const {
    const bool named = head.named(".md") || head.named(".markdown");
    const std::string_view text = head.bytes.substr(0, probe_bytes);
    Confidence by_name = named ? Confidence{10, "the name's extension"} : Confidence{};
    if (text.find('\0') != text.npos || (!named && !may_have_heading(text))) return by_name;
    const Marks found = marks(Lines{text});
    if (named && found.kinds() > 0) return {found.kinds() > 1 ? 90 : 75, describe(found)};
    if (found.strong()) return {35, describe(found)};
    return by_name;
}

void MarkdownParser::parse(Input& in, Sink& out) {
    std::string_view text = in.view();
    if (text.substr(0, 3) == "\xEF\xBB\xBF") text.remove_prefix(3);
    if (text.find_first_not_of(" \t\r\n") == text.npos) throw Failure{"empty", "there is nothing in it"};
    if (text.substr(0, 4096).find('\0') != text.npos) throw Failure{"binary", "it holds NUL bytes, so it is no text"};
    Repaired repaired;
    if (repair(text, repaired)) {
        out.diagnose({.code = "invalid-utf8",
                      .message = "bytes that are not UTF-8; read as U+FFFD",
                      .line = Lines{text}.at(repaired.first_bad),
                      .offset = repaired.first_bad,
                      .count = repaired.bad_bytes});
        text = repaired.text;
    }
    const Lines lines{text};
    std::vector<Node> found = nodes(text, lines);
    const Tables tables = pipe_tables(lines, found);
    send_nodes(with_rows(std::move(found), tables), out);
    for (const PipeTable& table : tables.tables) send(table, out);
    remark(tables, out);
}

} // namespace assay::markdown

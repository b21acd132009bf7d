#include "tables.hpp"
#include <algorithm>
#include <assay/cell.hpp>
#include <set>

namespace assay::markdown {
namespace {

/// A line without the marks of quotes around it.
std::string_view content(std::string_view line) {
    line = cell::trim(line);
    while (!line.empty() && line.front() == '>') line = cell::trim(line.substr(1));
    return line;
}

std::vector<std::string_view> split(std::string_view line) {
    line = content(line);
    if (!line.empty() && line.front() == '|') line.remove_prefix(1);
    std::vector<std::string_view> cells;
    std::size_t begin = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (line[i] == '\\') {
            ++i;
        } else if (line[i] == '|') {
            cells.push_back(cell::trim(line.substr(begin, i - begin)));
            begin = i + 1;
        }
    }
    if (begin < line.size()) cells.push_back(cell::trim(line.substr(begin)));
    return cells;
}

bool is_delimiter(std::string_view text) {
    text = content(text);
    if (text.find('|') == text.npos || text.find_first_not_of("|-: \t") != text.npos) return false;
    const auto cells = split(text);
    return !cells.empty() && std::all_of(cells.begin(), cells.end(), [](std::string_view c) {
        if (!c.empty() && c.front() == ':') c.remove_prefix(1);
        if (!c.empty() && c.back() == ':') c.remove_suffix(1);
        return !c.empty() && c.find_first_not_of('-') == c.npos;
    });
}

std::vector<std::string> column_names(const std::vector<std::string_view>& header) {
    std::vector<std::string> names;
    std::set<std::string> taken;
    for (std::size_t i = 0; i < header.size(); ++i) {
        std::string name = plain(header[i]);
        if (name.empty()) name = "column_" + std::to_string(i + 1);
        std::string free = name;
        for (int n = 2; !taken.insert(free).second; ++n) free = name + "_" + std::to_string(n);
        names.push_back(std::move(free));
    }
    return names;
}

std::string without_escaped_pipes(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i)
        if (text.substr(i, 2) != "\\|") out += text[i];
    return out;
}

/// Reads rows below the delimiter; answers the first line that is none.
std::size_t read_rows(const Lines& lines, std::size_t line, const std::vector<bool>& verbatim, PipeTable& table) {
    for (; line <= lines.count() && !verbatim[line]; ++line) {
        const std::string_view text = lines.text(line);
        if (text.find('|') == text.npos || (line < lines.count() && is_delimiter(lines.text(line + 1)))) break;
        const auto cells = split(text);
        if (cells.size() > table.columns.size()) table.long_rows.push_back(line);
        auto& row = table.rows.emplace_back(table.columns.size());
        for (std::size_t i = 0; i < std::min(cells.size(), row.size()); ++i)
            row[i] = plain(without_escaped_pipes(cells[i]));
        table.lines.push_back(line);
        auto& beyond = table.beyond.emplace_back();
        for (std::size_t i = row.size(); i < cells.size(); ++i)
            beyond.append(beyond.empty() ? "" : " | ").append(cells[i]);
    }
    return line;
}

std::string section_at(const std::vector<Node>& nodes, std::uint64_t line) {
    std::string section;
    for (const Node& node : nodes) {
        if (!node.line || node.type != "heading") continue;
        if (*node.line > line) break;
        section = node.section.empty() ? node.text : node.section + " > " + node.text;
    }
    return section;
}

} // namespace

Tables pipe_tables(const Lines& lines, const std::vector<Node>& nodes) {
    std::vector<bool> verbatim(lines.count() + 2, false);
    for (const Node& node : nodes)
        if ((node.type == "code" || node.type == "html" || node.type == "front-matter") && node.line)
            for (std::uint64_t line = *node.line; line <= node.last.value_or(*node.line); ++line) verbatim[line] = true;

    Tables found;
    for (std::size_t line = 2; line <= lines.count();) {
        if (verbatim[line] || verbatim[line - 1] || !is_delimiter(lines.text(line))) {
            ++line;
            continue;
        }
        const std::size_t width = split(lines.text(line)).size();
        const std::string_view above = content(lines.text(line - 1));
        auto header = split(above);
        const bool glued = header.size() > width && above.back() == '|';
        if (above.find('|') == above.npos || (header.size() != width && !glued)) {
            found.broken.push_back(line++);
            continue;
        }
        PipeTable table;
        for (std::size_t i = 0; i + width < header.size(); ++i)
            table.before += (i == 0 ? "" : " | ") + plain(header[i]);
        header.erase(header.begin(), header.end() - static_cast<std::ptrdiff_t>(width));
        table.name = "table-" + std::to_string(found.tables.size() + 1);
        table.line = line - 1;
        table.section = section_at(nodes, line - 1);
        table.glued = glued;
        table.columns = column_names(header);
        line = read_rows(lines, line + 1, verbatim, table);
        found.tables.push_back(std::move(table));
    }
    return found;
}

} // namespace assay::markdown

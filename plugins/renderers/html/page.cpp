#include "page.hpp"
#include "escape.hpp"

namespace assay::html {
namespace {

constexpr std::size_t longest_cell = 400; ///< bytes

std::string place_words(const Evidence& evidence) {
    std::string out = clipped(evidence.artifact, longest_cell);
    if (evidence.line)
        out += ':' + std::to_string(*evidence.line);
    else if (evidence.row)
        out += " row " + std::to_string(*evidence.row);
    if (!evidence.pointer.empty()) out += ' ' + clipped(evidence.pointer, longest_cell);
    return out;
}

} // namespace

void Page::section(std::string_view id, std::string_view heading) {
    body += "<section id=\"" + std::string{id} + "\" aria-labelledby=\"" + std::string{id} + "-h\">\n<h2 id=\"" +
            std::string{id} + "-h\">" + text(heading) + "</h2>\n";
}

void Page::heading(int level, std::string_view plain) {
    const std::string tag = 'h' + std::to_string(level);
    body += '<' + tag + '>' + clipped(plain, longest_cell) + "</" + tag + ">\n";
}

void Page::paragraph(std::string_view plain, std::string_view of_class) {
    body += of_class.empty() ? "<p>" : "<p class=\"" + std::string{of_class} + "\">";
    body += clipped(plain, 4 * longest_cell) + "</p>\n";
}

void Page::left_out(std::size_t n, std::string_view one, std::string_view many) {
    if (n > 0)
        body += "<p class=\"more\">… and " + counted(n, one, many) + " more, in " + code(full_report) + ".</p>\n";
}

std::string Page::number(std::string_view plain, const std::string& fact) {
    if (fact.empty() || plain.empty()) return clipped(plain, longest_cell);
    if (known.insert(fact).second) linked.push_back(fact);
    return "<a class=\"fact\" href=\"#" + clipped(fact, 100) + "\">" + clipped(plain, longest_cell) + "</a>";
}

std::string Page::place(const Evidence& evidence) const {
    std::string words = "<code>" + place_words(evidence) + "</code>";
    if (source_url.empty()) return words;
    const std::string to =
        source_address(source_url, evidence.artifact, evidence.line ? std::to_string(*evidence.line) : "");
    return "<a href=\"" + text(to) + "\" rel=\"noreferrer\">" + words + "</a>";
}

TableWriter::TableWriter(Page& page, std::string_view caption, const std::vector<Column>& columns)
    : page_{page}, columns_{columns} {
    page.body += "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"" + clipped(caption, longest_cell) +
                 "\"><table>\n";
    if (!caption.empty()) page.body += "<caption>" + clipped(caption, longest_cell) + "</caption>\n";
    page.body += "<thead><tr>";
    for (const auto& column : columns)
        page.body += std::string{"<th scope=\"col\""} + (column.number ? " class=\"n\">" : ">") +
                     clipped(column.title, longest_cell) + "</th>";
    page.body += "</tr></thead>\n<tbody>\n";
}

bool TableWriter::row(const std::vector<std::string>& cells) {
    if (!page_.has_room()) return false;
    page_.body += "<tr>";
    for (std::size_t i = 0; i < cells.size(); ++i)
        page_.body += (i < columns_.size() && columns_[i].number ? "<td class=\"n\">" : "<td>") + cells[i] + "</td>";
    page_.body += "</tr>\n";
    return true;
}

void TableWriter::end() { page_.body += "</tbody></table></div>\n"; }

std::string digits(Count n) { return n ? std::to_string(*n) : std::string{}; }

std::string code(std::string_view plain) { return "<code>" + clipped(plain, longest_cell) + "</code>"; }

} // namespace assay::html

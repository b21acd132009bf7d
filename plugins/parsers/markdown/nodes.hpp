#pragma once
// The blocks of a document in reading order, by md4c (CommonMark with pipe tables).
#include "source.hpp"
#include <cstdint>
#include <optional>

namespace assay::markdown {

struct Node {
    std::string type; ///< heading, paragraph, list-item, quote, code, html, link, front-matter, table, row
    std::optional<std::int64_t>
        level; ///< of a heading, 1 to 6; of a list item or quote, how deep; of code, 1 if fenced
    std::optional<std::uint64_t> line;   ///< from 1; unknown for blocks without text
    std::string text;                    ///< markup taken off, the lines kept; of a row the cells, with tabs between
    std::string info;                    ///< language of code, target of a link, name of a table
    std::string section;                 ///< headings above, outermost first, joined by " > "
    std::optional<std::uint64_t> last{}; ///< line of its last text
};

std::vector<Node> nodes(std::string_view text, const Lines& lines);

/// The text of inline Markdown, markup taken off.
std::string plain(std::string_view inline_markdown);

} // namespace assay::markdown

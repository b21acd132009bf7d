#pragma once
// Any text as GitHub-flavoured Markdown that renders as that text and nothing else. Hidden characters are written out
// (visible_text.hpp). Intraword underscores stay, since `tokens_s` starts no emphasis and reads better so.
#include <string>
#include <string_view>

namespace assay::markdown {

/// Inline text, also in a table cell.
std::string text(std::string_view plain);

/// Text that begins a line: a paragraph, a list item, a heading.
std::string line(std::string_view plain);

/// A code span, for paths, names and ids; also in a table cell.
std::string code(std::string_view plain);

} // namespace assay::markdown

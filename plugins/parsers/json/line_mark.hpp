#pragma once
// Logs whose lines hold JSON behind a mark: `:::MLLOG {"key": "run_start"}`.
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace assay::json {

struct LineMark {
    std::string text;       ///< with the blanks behind it
    std::size_t marked = 0; ///< lines that begin with it
    std::size_t lines = 0;  ///< that are not blank
};

/// The mark of a content that begins with `head`: at least three lines, one in twenty, begin with the same text, the
/// rest of which is an object, but for one in four of those read. Blanks are no mark. Nothing where the first line is
/// JSON by itself. `complete`: the head is everything.
std::optional<LineMark> line_mark(std::string_view head, bool complete, std::size_t max_depth);

/// Whether all of a line from its first brace on is an object with members.
bool holds_object(std::string_view line, std::size_t max_depth);

} // namespace assay::json

#pragma once
// Formulas and tables in TeX, as Markdown holds them: "$24.7 \pm 2.2$\,ms".
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay::claims {

/// Markup, and what it says in plain text.
struct TexText {
    std::size_t length = 0;
    std::string_view text;
};
/// What begins at `at`, if it is such markup. `math_end`: where the formula that is being read ends; kept by the
/// caller.
std::optional<TexText> tex_at(std::string_view text, std::size_t at, std::size_t& math_end);

/// Cells of a line that is a row of a table: "eager & 0.80 & 0.69 \\"; none where it is no such line.
std::vector<std::string> tex_cells(std::string_view line);
/// Of "\caption{Latency in ms.}"; empty where the line has none.
std::string_view tex_caption(std::string_view line);

} // namespace assay::claims

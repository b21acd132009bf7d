#pragma once
// Text in a given number of terminal columns: wrapping, tables, and blocks that share one screen.
#include <assay/report.hpp>
#include <assay/visible_text.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace assay::terminal {

enum class Style { plain, heading, warning, faint };

struct Line {
    std::string text;
    Style style = Style::plain;
};
using Lines = std::vector<Line>;

class Layout {
  public:
    Layout(std::size_t width, bool ascii) : width_{width}, ascii_{ascii} {}
    std::size_t width() const { return width_; }

    /// Visible text (visible_text.hpp), in ASCII where that was asked for.
    std::string shown(std::string_view text) const;
    /// Cut to `width` columns, with a mark where something is missing.
    std::string fitted(const std::string& shown, std::size_t width) const;
    /// Words over as many lines as needed; the first begins with `bullet`, the others are indented as far.
    void wrap(Lines& out, const std::string& shown, const std::string& bullet, Style style) const;
    /// The same in at most so many lines: what does not fit is left out where a clause ends, with a mark; a short last
    /// sentence is kept.
    void wrap_short(Lines& out, std::string_view text, const std::string& bullet, Style style, std::size_t most) const;
    /// Aligned columns; the widest text columns are cut first, then columns are left out from the right. They are named
    /// where that is wanted.
    void table(Lines& out, const SectionTable& table, bool name_left_out = true) const;
    std::string ellipsis() const { return ascii_ ? "..." : "…"; }

  private:
    std::string padded(const std::string& shown, std::size_t width, bool right) const;
    std::vector<std::size_t> column_widths(const SectionTable& shown, std::size_t columns) const;
    /// Texts of a column that is too narrow for them: what they have in common gives way.
    void shorten(SectionTable& shown, std::size_t column, std::size_t width) const;

    std::size_t width_;
    bool ascii_;
    DisplayWidth display_;
};

} // namespace assay::terminal

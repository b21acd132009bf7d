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

/// A heading with what stands under it. `weight`: its share of a screen too small for all, smallest gives way first.
struct Block {
    Lines lines;
    int weight = 1;
    std::size_t least = 3; ///< lines without which it says nothing
};

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
    /// Aligned columns; the widest text columns are cut first, then columns are left out from the right and named.
    void table(Lines& out, const SectionTable& table) const;
    std::string ellipsis() const { return ascii_ ? "..." : "…"; }

  private:
    std::string padded(const std::string& shown, std::size_t width, bool right) const;
    std::vector<std::size_t> column_widths(const SectionTable& shown, std::size_t columns) const;

    std::size_t width_;
    bool ascii_;
    DisplayWidth display_;
};

/// Cuts blocks so that together they take at most `lines`; what a block lost is counted in its last line.
void fit_screen(std::vector<Block>& blocks, std::size_t lines, const std::string& ellipsis);

} // namespace assay::terminal

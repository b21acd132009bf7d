// The fast lane of the reader: it takes what most records are, and leaves every other to RecordReader::next.
#include "records.hpp"
#include <assay/cell.hpp>

namespace assay::csv {

namespace {

/// Finds the cells of one row after another.
class RowWalk {
  public:
    RowWalk(const char* text, const Dialect& dialect, Specials& specials)
        : text_{text}, dialect_{dialect}, specials_{specials} {}

    /// False where the row is not regular, or goes on behind the buffered text.
    bool take(std::size_t start, std::size_t width, CellRange* cells) {
        from_ = start;
        line_ends = 0;
        for (std::size_t column = 0; column < width; ++column) {
            std::size_t at = specials_.next();
            if (at == Specials::none) return false;
            std::size_t to = at;
            if (text_[at] == dialect_.quote && dialect_.quote != 0) {
                if (at != from_ || !close_quote(to)) return false;
                at = behind_quote(to);
                if (at == Specials::none) return false;
                ++from_;
            }
            const bool last = column + 1 == width;
            if (text_[at] != (last ? dialect_.newline : dialect_.delimiter)) return false;
            if (last && to == at)
                while (to > from_ && text_[to - 1] == '\r') --to;
            cells[column] = {static_cast<std::uint32_t>(from_), static_cast<std::uint32_t>(to)};
            from_ = at + 1;
        }
        ++line_ends;
        return true;
    }
    std::size_t next_row() const { return from_; }
    std::uint64_t line_ends = 0;

  private:
    /// From an opening quote to its closing one.
    bool close_quote(std::size_t& to) {
        do {
            to = specials_.next();
            if (to == Specials::none) return false;
            line_ends += text_[to] == dialect_.newline ? 1U : 0U;
        } while (text_[to] != dialect_.quote);
        return true;
    }
    /// What ends the cell whose closing quote stands at `quote`.
    std::size_t behind_quote(std::size_t quote) {
        const std::size_t at = specials_.next();
        if (at == quote + 1 && text_[at] != dialect_.quote) return at;
        const bool line_end = at == quote + 2 && text_[quote + 1] == '\r' && text_[at] == dialect_.newline;
        return line_end ? at : Specials::none;
    }

    const char* text_;
    const Dialect& dialect_;
    Specials& specials_;
    std::size_t from_ = 0;
};

} // namespace

void RecordReader::next_regular(std::uint64_t until, std::string_view header, RegularRows& out) {
    out.count = out.bytes = 0;
    out.text = buffer_.get();
    out.offset = offset();
    if (dialect_.newline != '\n' || dialect_.skip_space || end_ > max_record) return;
    out.cells.resize(RegularRows::most * out.width);
    out.lines.resize(RegularRows::most);
    const std::size_t first = start_;
    RowWalk walk{buffer_.get(), dialect_, specials_};
    while (out.count < RegularRows::most && offset() < until) {
        if (!walk.take(start_, out.width, out.cells.data() + out.count * out.width)) break;
        const std::string_view name = out.cell(out.count, 0);
        if (name == header || cell::trim(name).empty()) break;
        out.lines[out.count++] = line_;
        line_ += walk.line_ends;
        start_ = walk.next_row();
    }
    out.bytes = start_ - first;
    if (out.count < RegularRows::most) rescan_from(start_);
}

} // namespace assay::csv

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
        escaped.clear();
        for (std::size_t column = 0; column < width; ++column) {
            std::size_t at = specials_.next();
            if (at == Specials::none) return false;
            std::size_t to = at;
            if (text_[at] == dialect_.quote && dialect_.quote != 0) {
                if (at != from_) return false;
                bool doubled = false;
                at = behind_quoted(to, doubled);
                if (at == Specials::none) return false;
                if (doubled) escaped.push_back(column);
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
    std::vector<std::size_t> escaped; ///< columns whose cells hold doubled quotes

  private:
    /// From an opening quote on: `to` is its closing one, the result what ends the cell.
    std::size_t behind_quoted(std::size_t& to, bool& doubled) {
        to = specials_.next();
        while (to != Specials::none) {
            if (text_[to] != dialect_.quote) {
                line_ends += text_[to] == dialect_.newline ? 1U : 0U;
                to = specials_.next();
                continue;
            }
            const std::size_t at = specials_.next();
            if (at == Specials::none) break;
            if (text_[at] != dialect_.quote) {
                const bool line_end = at == to + 2 && text_[to + 1] == '\r' && text_[at] == dialect_.newline;
                return at == to + 1 || line_end ? at : Specials::none;
            }
            if (at != to + 1) break;
            doubled = true;
            to = specials_.next();
        }
        return Specials::none;
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
        CellRange* const cells = out.cells.data() + out.count * out.width;
        if (!walk.take(start_, out.width, cells)) break;
        const std::string_view name = out.cell(out.count, 0);
        const bool name_escaped = !walk.escaped.empty() && walk.escaped.front() == 0;
        if (name_escaped || name == header || cell::trim(name).empty()) break;
        for (const std::size_t column : walk.escaped) unescape(buffer_.get(), cells[column]);
        out.lines[out.count++] = line_;
        line_ += walk.line_ends;
        start_ = walk.next_row();
    }
    out.bytes = start_ - first;
    if (out.count < RegularRows::most) rescan_from(start_);
}

} // namespace assay::csv

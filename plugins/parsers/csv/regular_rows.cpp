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
        specials_.hold();
        from_ = start;
        line_ends = 0;
        escaped.clear();
        return take_unquoted(width, cells) || take_any(width, cells);
    }
    std::size_t next_row() const { return from_; }
    std::uint64_t line_ends = 0;
    std::vector<std::size_t> escaped; ///< columns whose cells hold doubled quotes

  private:
    /// Most rows: the next special characters are a delimiter behind each cell, and the line end. Looks at all before
    /// it decides.
    bool take_unquoted(std::size_t width, CellRange* cells) {
        const std::uint32_t* const ends = specials_.ahead(width);
        if (ends == nullptr || text_[ends[width - 1]] != dialect_.newline) return false;
        const char delimiter = dialect_.delimiter;
        bool regular = true;
        for (std::size_t column = 0; column + 1 < width; ++column) regular &= text_[ends[column]] == delimiter;
        if (!regular) return false;
        cells[0] = {static_cast<std::uint32_t>(from_), ends[0]};
        for (std::size_t column = 1; column < width; ++column) cells[column] = {ends[column - 1] + 1, ends[column]};
        CellRange& last = cells[width - 1];
        while (last.end > last.begin && text_[last.end - 1] == '\r') --last.end;
        specials_.pass(width);
        from_ = ends[width - 1] + 1;
        ++line_ends;
        return true;
    }

    bool take_any(std::size_t width, CellRange* cells) {
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

/// Whether the first cell of the row behind those of `rows` is one that rows begin with.
bool begins_row(const RegularRows& rows, const RowWalk& walk, std::string_view header) {
    const std::string_view name = rows.cell(rows.count, 0);
    const bool escaped = !walk.escaped.empty() && walk.escaped.front() == 0;
    return !escaped && name != header && !cell::is_blank(name);
}

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
        if (!walk.take(start_, out.width, cells) || !begins_row(out, walk, header)) {
            specials_.go_back();
            break;
        }
        for (const std::size_t column : walk.escaped) unescape(buffer_.get(), cells[column]);
        out.lines[out.count++] = line_;
        line_ += walk.line_ends;
        start_ = walk.next_row();
    }
    out.bytes = start_ - first;
    specials_.let_go();
}

} // namespace assay::csv

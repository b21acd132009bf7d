#pragma once
// Text to records and cells (RFC 4180, with what tools do beyond it), in bounded memory.
#include "specials.hpp"
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>
#include <vector>

namespace assay::csv {

struct Dialect {
    char delimiter = ',';
    char quote = '"';        ///< 0: quotes mean nothing
    char newline = '\n';     ///< '\r' for text that has no '\n'; a '\r' before '\n' is dropped
    bool skip_space = false; ///< blanks after a delimiter belong to no cell
};

inline constexpr std::size_t max_columns = 20'000;
inline constexpr std::size_t max_record = 16U << 20U;

struct CellRange {
    std::uint32_t begin, end; ///< bytes from the record's start
};

/// One record; valid until the next is read.
struct Record {
    const char* text = nullptr;
    const CellRange* cells = nullptr;
    std::size_t count = 0;    ///< cells in the record; beyond max_columns + 1 they are counted and not kept
    std::uint64_t line = 0;   ///< where it begins, from 1
    std::uint64_t offset = 0; ///< bytes of text before it
    std::uint32_t size = 0;   ///< bytes, without the line end
    bool ended = true;        ///< false: the text stopped before a line end
    bool stray_quote = false; ///< text behind a closing quote: that cell is kept as it was written

    std::string_view cell(std::size_t index) const {
        return {text + cells[index].begin, cells[index].end - cells[index].begin};
    }
    std::string_view raw() const { return {text, size}; }
};

/// Records that follow one another and hold nothing unusual: as many cells as the table has columns, no quote but
/// around whole cells, a first cell that is not blank. Valid until the next are read.
struct RegularRows {
    static constexpr std::size_t most = 128; ///< so few that text and cells stay in the first-level cache

    const char* text = nullptr;
    std::size_t count = 0, width = 0;
    std::uint64_t offset = 0; ///< bytes of text before the first
    std::size_t bytes = 0;
    std::vector<CellRange> cells; ///< by row; from `text`
    std::vector<std::uint64_t> lines;

    struct Column {
        const char* text;
        const CellRange* first;
        std::size_t width;
        std::string_view operator()(std::size_t row) const {
            const CellRange& range = first[row * width];
            return {text + range.begin, range.end - range.begin};
        }
    };
    Column column(std::size_t index) const { return {text, cells.data() + index, width}; }
    std::string_view cell(std::size_t row, std::size_t index) const { return column(index)(row); }
};

enum class Step {
    record,
    unclosed_quote, ///< the line of the opening quote is dropped; reading goes on behind it. `line`: the quote's
    too_large,      ///< more than max_record; dropped up to its line end
    end
};

class RecordReader {
  public:
    /// Writes some more text, 0 at the end. Room for `room` bytes is given.
    using Source = std::function<std::size_t(char*)>;

    RecordReader(Source source, std::size_t room);
    /// The text from here on, as far as it is buffered; buffers the first block if need be.
    std::string_view ahead();
    void set(const Dialect& dialect);
    /// Passes over text that is no record. Only within ahead().
    void skip(std::size_t bytes, std::uint64_t lines);
    void set_offset(std::uint64_t offset) { base_ = offset; }
    /// Blank lines are passed over.
    Step next(Record& out);
    /// The regular rows from here on, as far as they are buffered and begin before `until` bytes of text; ends before
    /// one whose first cell is `header`. None where the next record has to be read by next(): it then says the same.
    void next_regular(std::uint64_t until, std::string_view header, RegularRows& out);
    std::uint64_t offset() const { return base_ + start_; } ///< of what is read next
    std::uint64_t line() const { return line_; }
    /// Bytes that may be read behind a record.
    static constexpr std::size_t padding = 64;

  private:
    enum class State { plain, quoted, closed };

    Step scan(Record& out);
    void rescan_from(std::size_t at);
    bool refill();
    void start_record();
    bool on_quote(std::size_t at);
    bool leave_quotes(std::size_t at);
    void end_cell(std::size_t at);
    Step end_record(std::size_t at, bool ended, Record& out);
    Step broken_quote(Record& out);
    Step too_large(Record& out);
    void skip_line();
    void unescape(char* text, CellRange& cell) const;

    Source source_;
    std::size_t room_;
    Dialect dialect_;
    std::unique_ptr<char[]> buffer_;
    std::size_t capacity_ = 0, end_ = 0;
    bool source_ended_ = false;
    std::uint64_t base_ = 0; ///< offset of buffer_[0] in the text
    std::uint64_t line_ = 1;

    Specials specials_;     ///< not yet seen
    std::size_t start_ = 0; ///< of the record
    std::size_t cell_ = 0, quote_at_ = 0, closed_at_ = 0;
    std::uint64_t record_line_ = 1, quote_line_ = 1;
    State state_ = State::plain;
    bool cell_escaped_ = false, stray_quote_ = false, any_quoted_ = false;
    std::size_t count_ = 0;
    std::vector<CellRange> cells_;
    std::vector<std::size_t> escaped_; ///< cells with doubled quotes
    int long_searches_ = 0;
};

} // namespace assay::csv

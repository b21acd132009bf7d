#pragma once
// Rows of lines to typed columns, in batches. The columns are those expected, by the head of the content or by an
// earlier reading; where others come, nothing more is given, and cells are only counted.
#include "line_census.hpp"
#include "line_reader.hpp"
#include "rows.hpp"
#include <cstdint>

namespace assay::json {

class LineTable {
  public:
    /// What is read between two multiples of this many bytes is a chunk.
    static constexpr std::uint64_t chunk_bytes = 4U << 20U;

    /// `rows` must know the expected columns, in their order, and no others.
    LineTable(const LineCensus& expected, const RowReader& rows, assay_table_sink& sink);
    /// The first rows of the content, before all others.
    void add_to_sample();
    void begin();
    void add(const Line& line);
    /// False where the columns are not those expected: the table is then not ended.
    bool end(std::uint64_t rejected);
    /// What the cells of a column were.
    const Census& census(std::size_t column) const { return columns_[column].census; }

  private:
    static constexpr std::size_t batch_rows = 4096, batch_bytes = std::size_t{1} << 20U;

    struct Column {
        Type type;
        bool settled; ///< text whatever comes
        ColumnBuilder cells;
        Census before = {}, census = {}; ///< what was expected; of the rows
        /// Of numbers and times: the cells of the batch at hand, before they are handed over at once, and the rows
        /// that have none.
        std::vector<std::uint64_t> words = {};
        std::vector<std::size_t> missing = {};
    };
    Column make_column(Type type, bool settled, const Census& before) const;
    void put(Column& column, const Cell* cell);
    static bool put_word(Column& column, const Cell& cell, std::uint64_t& word);
    ArrowArray take_batch(std::size_t rows);
    bool as_expected() const;
    void flush();

    const LineCensus& expected_;
    const RowReader& rows_;
    assay_table_sink& sink_;
    std::vector<Column> columns_;
    std::vector<std::uint64_t> lines_;
    std::size_t sample_rows_ = 0, bytes_ = 0;
    std::uint64_t chunk_ = 0;
    bool given_ = true; ///< all was as expected so far
};

} // namespace assay::json

#pragma once
// Rows kept as they are: all rows of a table while they take at most a budget of bytes, else a uniform sample of them
// that fits. What is kept is a function of the rows and where they stand, whoever read them, in whatever order.
// An analyzer that declares `needs = {"rows/1"}` reads them in finish:
//     const auto tables = assay::read_kept_rows(corpus.partial(i, "rows/1"));
#include <assay/analyzer.hpp>
#include <assay/column.hpp>
#include <assay/stats/position.hpp>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

/// A cell of a kept row. Text is borrowed from its table and cut after `KeptRows::text_limit` bytes.
struct KeptCell {
    bool present = false;
    Type type = Type::text;
    union {
        double real;
        std::int64_t integer; ///< also bool (0, 1) and time (microseconds)
    };
    std::string_view text = {};
    KeptCell() : integer{0} {}

    /// Finite numbers only.
    std::optional<double> number() const;
};

struct KeptRow {
    stats::Position at;
    std::uint64_t line = ASSAY_UNKNOWN; ///< in the artifact, from 1
    std::uint8_t status = ASSAY_ROW_OK;
};

/// Rows of one table, in the order of the artifact.
class KeptRows {
  public:
    static constexpr std::size_t usual_budget = 256 << 10, text_limit = 1 << 10;

    std::string name;
    std::int32_t kind = ASSAY_TABLE_DATA;
    std::vector<std::string> columns;
    std::uint64_t n_seen = 0; ///< rows that the table has
    std::vector<KeptRow> rows;

    bool complete() const { return rows.size() == n_seen; }
    const KeptCell& cell(std::size_t row, std::size_t column) const { return cells[row * columns.size() + column]; }
    /// SIZE_MAX where there is none.
    std::size_t find(std::string_view column) const;

  private:
    friend std::optional<std::vector<KeptRows>> read_kept_rows(std::string_view partial);
    std::string bytes; ///< what text cells borrow from
    std::vector<KeptCell> cells;
};

/// Empty partial: no tables. Nothing where the bytes are not what KeptRowsFold wrote.
std::optional<std::vector<KeptRows>> read_kept_rows(std::string_view partial);

/// Collects the rows of one table while it is folded.
class KeptRowsFold {
  public:
    explicit KeptRowsFold(std::size_t most_bytes) : budget{most_bytes} {}
    KeptRowsFold(const assay_table& table, std::uint64_t content_hash, std::size_t most_bytes);
    void update(const Batch& batch);
    /// Of other chunks of the same table, kept within the same budget. False: of another table.
    bool merge(const KeptRowsFold& other);

    friend void encode(std::string& out, const KeptRowsFold& fold);
    friend void put_kept(std::string& out, const KeptRowsFold& kept); ///< cut and in order
    friend bool decode(std::string_view& in, KeptRowsFold& fold);

  private:
    struct Entry {
        std::uint64_t key;
        KeptRow row;
        std::size_t offset, size; ///< in `bytes`
    };
    void add(const Batch& batch, std::span<const ColumnView> values, std::size_t row, std::uint64_t key);
    void cut();

    std::size_t budget; ///< not saved
    std::string name;
    std::int32_t kind = ASSAY_TABLE_DATA;
    std::vector<std::pair<std::string, Type>> columns;
    std::uint64_t content = 0, n_seen = 0;
    std::uint64_t end_key = UINT64_MAX; ///< of the first row, by key, that did not fit: from there on none is wanted
    std::size_t weight = 0;
    std::vector<Entry> entries;
    std::string bytes;
};

} // namespace assay

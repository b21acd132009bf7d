#pragma once
// Which cell each row of a table belongs to. A cell's key is the hash of its levels; two of 4,096 cells share one with
// probability 1e-12. Of more cells than the limit those of smallest key are kept: the threshold only falls, so that a
// cell that is kept in the end was kept from its first row on, whatever the order of rows.
#include <assay/analyzer.hpp>
#include <assay/profile.hpp>
#include <cstdint>
#include <queue>

namespace assay::profile {

inline constexpr std::uint32_t no_cell = UINT32_MAX;

/// Rows put together by cell; within a cell in row order.
struct Grouping {
    struct Group {
        std::uint32_t cell, first, size; ///< of `rows`
    };
    std::vector<Group> groups;
    std::vector<std::uint32_t> rows;
};

/// A value as cells and counts of values name it: numbers shortest round trip, true or false; not for times.
std::string value_text(const ColumnView& column, std::size_t row);
std::uint64_t value_hash(const ColumnView& column, std::size_t row);
/// Of each of the rows.
void hash_values(const ColumnView& column, std::span<const std::uint32_t> rows, std::vector<std::uint64_t>& out);

class CellIndex {
  public:
    explicit CellIndex(TableProfile& profile);
    /// Appends the key of each row's cell, and makes the cells that are new.
    void enter(const Batch& batch, std::vector<std::uint64_t>& keys);
    /// The cells of rows that were entered; no_cell where the cell was given up. Valid until the next call.
    const std::vector<std::uint32_t>& cells(const std::vector<std::uint64_t>& keys);
    /// `rows` by cell; rows without a cell are left out.
    void group(const std::vector<std::uint32_t>& rows, const std::vector<std::uint32_t>& cells, Grouping& out);

  private:
    struct Slot {
        std::uint64_t key = 0;
        std::uint32_t cell = no_cell;
    };
    std::size_t place_of(std::uint64_t key) const { return key & (slots.size() - 1); }
    std::size_t next(std::size_t place) const { return (place + 1) & (slots.size() - 1); }
    std::uint32_t find(std::uint64_t key) const;
    void insert(std::uint64_t key, std::uint32_t cell);
    void put(const Slot& slot);
    void remove(std::uint64_t key);
    void make(std::uint64_t key, const Batch& batch, std::size_t row);
    void append_keys(const Batch& batch, std::vector<std::uint64_t>& keys) const;

    TableProfile& table;
    std::vector<std::size_t> columns;
    std::size_t metric_count;
    std::vector<Slot> slots; ///< open addressing, a power of two, at most a quarter full
    std::priority_queue<std::pair<std::uint64_t, std::uint32_t>> largest;
    std::vector<std::uint32_t> cell_of_row, counts;
};

} // namespace assay::profile

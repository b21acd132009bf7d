#include "profile/cells.hpp"
#include <charconv>

namespace assay::profile {

namespace {
constexpr std::uint64_t hash_of_missing = 0xB7E151628AED2A6A; // fractional digits of e
constexpr std::size_t first_slots = 16;                       // most tables have few cells
} // namespace

std::string value_text(const ColumnView& column, std::size_t row) {
    char buffer[32];
    switch (column.type()) {
    case Type::boolean: return column.boolean(row) ? "true" : "false";
    case Type::text: return std::string{column.text(row)};
    case Type::real: return {buffer, std::to_chars(buffer, buffer + sizeof buffer, column.real(row) + 0.0).ptr};
    default: return {buffer, std::to_chars(buffer, buffer + sizeof buffer, column.integer(row)).ptr};
    }
}

std::uint64_t value_hash(const ColumnView& column, std::size_t row) {
    switch (column.type()) {
    case Type::boolean: return stats::hash(std::uint64_t{column.boolean(row)});
    case Type::text: return stats::hash(column.text(row));
    case Type::real: return stats::hash(column.real(row));
    default: return stats::hash(column.integer(row));
    }
}

void hash_values(const ColumnView& column, std::span<const std::uint32_t> rows, std::vector<std::uint64_t>& out) {
    out.resize(rows.size());
    const auto fill = [&](auto value) {
        for (std::size_t i = 0; i < rows.size(); ++i) out[i] = stats::hash(value(rows[i]));
    };
    switch (column.type()) {
    case Type::boolean: return fill([&](std::uint32_t row) { return std::uint64_t{column.boolean(row)}; });
    case Type::text: return fill(column.texts());
    case Type::real: return fill([values = column.reals()](std::uint32_t row) { return values[row]; });
    default: return fill([values = column.integers()](std::uint32_t row) { return values[row]; });
    }
}

CellIndex::CellIndex(TableProfile& profile)
    : table{profile}, columns{profile.dividing()}, metric_count{profile.metrics().size()}, slots(first_slots) {}

std::uint32_t CellIndex::find(std::uint64_t key) const {
    for (std::size_t at = place_of(key);; at = next(at)) {
        if (slots[at].cell == no_cell) return no_cell;
        if (slots[at].key == key) return slots[at].cell;
    }
}

void CellIndex::insert(std::uint64_t key, std::uint32_t cell) {
    if (4 * table.cells.size() > slots.size()) {
        std::vector<Slot> old(2 * slots.size());
        old.swap(slots);
        for (const Slot& slot : old)
            if (slot.cell != no_cell) put(slot);
    }
    put({key, cell});
}

void CellIndex::put(const Slot& slot) {
    std::size_t at = place_of(slot.key);
    while (slots[at].cell != no_cell) at = next(at);
    slots[at] = slot;
}

/// Closes the gap that a removed slot would leave in the runs after it (Knuth, TAOCP 3, 6.4, algorithm R).
void CellIndex::remove(std::uint64_t key) {
    std::size_t gap = place_of(key);
    while (slots[gap].key != key || slots[gap].cell == no_cell) gap = next(gap);
    for (std::size_t at = next(gap); slots[at].cell != no_cell; at = next(at)) {
        const std::size_t home = place_of(slots[at].key);
        if (((at - home) & (slots.size() - 1)) < ((at - gap) & (slots.size() - 1))) continue;
        slots[gap] = slots[at];
        gap = at;
    }
    slots[gap] = {};
}

void CellIndex::make(std::uint64_t key, const Batch& batch, std::size_t row) {
    auto cell = static_cast<std::uint32_t>(table.cells.size());
    if (cell == TableProfile::most_cells) {
        const auto [worst, place] = largest.top();
        if (key > worst) {
            table.dropped_cells.add(key);
            return;
        }
        table.dropped_cells.add(worst);
        largest.pop();
        remove(worst);
        cell = place;
    } else {
        table.cells.emplace_back();
    }
    CellProfile made;
    made.key = key;
    made.levels.reserve(columns.size());
    for (const auto index : columns) {
        const auto column = batch.column(index);
        made.levels.push_back(column.is_null(row) ? Level{} : Level{value_text(column, row)});
    }
    made.metrics.assign(metric_count, NumberProfile{table.cell_cap()});
    table.cells[cell] = std::move(made);
    largest.emplace(key, cell);
    insert(key, cell);
}

void CellIndex::append_keys(const Batch& batch, std::vector<std::uint64_t>& keys) const {
    const std::size_t rows = batch.rows(), before = keys.size();
    keys.resize(before + rows, 0);
    const auto out = std::span{keys}.subspan(before);
    for (const auto index : columns) {
        const auto column = batch.column(index);
        if (column.type() == Type::text && !column.has_nulls())
            for (std::size_t row = 0; row < rows; ++row)
                out[row] = stats::combine(out[row], stats::hash(column.text(row)));
        else
            for (std::size_t row = 0; row < rows; ++row)
                out[row] = stats::combine(out[row], column.is_null(row) ? hash_of_missing : value_hash(column, row));
    }
}

void CellIndex::enter(const Batch& batch, std::vector<std::uint64_t>& keys) {
    const std::size_t before = keys.size();
    append_keys(batch, keys);
    for (std::size_t row = 0; row < batch.rows(); ++row) {
        const std::uint64_t key = keys[before + row];
        if (batch.status()[row] == ASSAY_ROW_PUBLISHED) continue; // divides nothing
        if (row > 0 && key == keys[before + row - 1] && batch.status()[row - 1] != ASSAY_ROW_PUBLISHED) continue;
        if (find(key) == no_cell) make(key, batch, row);
    }
}

const std::vector<std::uint32_t>& CellIndex::cells(const std::vector<std::uint64_t>& keys) {
    cell_of_row.resize(keys.size());
    for (std::size_t row = 0; row < keys.size(); ++row)
        cell_of_row[row] = row > 0 && keys[row] == keys[row - 1] ? cell_of_row[row - 1] : find(keys[row]);
    return cell_of_row;
}

void CellIndex::group(const std::vector<std::uint32_t>& rows, const std::vector<std::uint32_t>& cells, Grouping& out) {
    counts.assign(table.cells.size() + 1, 0);
    std::size_t total = 0;
    for (const auto row : rows)
        if (cells[row] != no_cell) ++counts[cells[row]], ++total;
    out.groups.clear();
    std::uint32_t first = 0;
    for (std::uint32_t cell = 0; cell < table.cells.size(); ++cell) {
        if (counts[cell] == 0) continue;
        out.groups.push_back({cell, first, counts[cell]});
        counts[cell] = first;
        first += out.groups.back().size;
    }
    out.rows.resize(total);
    for (const auto row : rows)
        if (cells[row] != no_cell) out.rows[counts[cells[row]]++] = row;
}

} // namespace assay::profile

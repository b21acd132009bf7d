#include "profile/fold.hpp"
#include "profile/pack.hpp"
#include <algorithm>
#include <cmath>

namespace assay::profile {

namespace {

/// Rows of `rows` by status.
void split(std::span<const std::uint8_t> status, std::vector<std::uint32_t>& ok, std::vector<std::uint32_t>& failed) {
    ok.clear();
    failed.clear();
    ok.reserve(status.size());
    for (std::uint32_t row = 0; row < status.size(); ++row) {
        if (status[row] == ASSAY_ROW_OK)
            ok.push_back(row);
        else if (status[row] == ASSAY_ROW_FAILED)
            failed.push_back(row);
    }
}

/// Notes the line of an extreme that stands between two rows of a chunk; line(row) counts from the first of them.
template <class Line>
void note_lines(Extremes& extremes, std::uint64_t chunk, std::uint64_t first_row, std::size_t rows, Line line) {
    if (!extremes.extrema.min) return;
    const auto note = [&](const stats::Position& at, std::uint64_t& out) {
        if (at.chunk == chunk && at.row >= first_row && at.row - first_row < rows)
            out = line(static_cast<std::size_t>(at.row - first_row));
    };
    note(extremes.extrema.min->at, extremes.min_line);
    note(extremes.extrema.max->at, extremes.max_line);
}

} // namespace

TableFold::TableFold(TableProfile& profile, std::uint64_t content_hash, FoldBuffers buffers)
    : FoldBuffers{std::move(buffers)}, table{profile}, content{content_hash}, data{profile.kind == ASSAY_TABLE_DATA},
      metric_columns{profile.metrics()} {
    timed = std::any_of(profile.columns.begin(), profile.columns.end(), [](const ColumnProfile& column) {
        return column.type == Type::time && !column.document_scope;
    });
    if (data &&
        std::any_of(profile.columns.begin(), profile.columns.end(), [](auto& column) { return column.divides(); }))
        index = std::make_unique<CellIndex>(profile);
}

void TableFold::update(const Batch& batch) {
    count_rows(batch);
    if (!data || batch.rows() == 0) return;
    if (!block.takes(batch)) fold_block(batch.chunk() != block.chunk);
    block.add(batch, metric_columns);
    if (!metric_columns.empty()) add_sample_keys(batch);
    if (index) index->enter(batch, block.keys);
    for (std::size_t column = 0; column < table.columns.size(); ++column) {
        if (table.columns[column].is_metric())
            count_missing(batch, column);
        else
            fold_values(batch, column);
    }
}

FoldBuffers TableFold::finish() {
    fold_block(true);
    return std::move(*this);
}

void TableFold::add_sample_keys(const Batch& batch) {
    const std::size_t before = block.sample_keys.size();
    block.sample_keys.resize(block.rows());
    stats::sample_keys(content, {batch.chunk(), batch.first_row()}, std::span{block.sample_keys}.subspan(before));
}

void TableFold::count_rows(const Batch& batch) {
    split({batch.status(), batch.rows()}, ok_batch_rows, failed_batch_rows);
    table.rows.ok += ok_batch_rows.size();
    table.rows.failed += failed_batch_rows.size();
    table.rows.suspect += static_cast<std::uint64_t>(
        std::count(batch.status(), batch.status() + batch.rows(), std::uint8_t{ASSAY_ROW_SUSPECT}));
}

void TableFold::count_missing(const Batch& batch, std::size_t number) {
    batch.column(number).each_null(
        batch.rows(), [&](std::size_t row) { table.columns[number].n_missing += batch.ok(row) ? 1U : 0U; });
}

void TableFold::fold_block(bool chunk_ends) {
    if (block.rows() == 0) return;
    whole_chunk = chunk_ends && block.first_row == 0;
    if (!crowded && table.cell_cap() == TableProfile::crowded_cap) {
        crowded = true;
        table.fit_cells();
    }
    sort_rows();
    find_sample_rows();
    for (std::size_t m = 0; m < metric_columns.size(); ++m) fold_metric(metric_columns[m], m);
    block.clear();
}

void TableFold::sort_rows() {
    split(block.status, ok_rows, failed_rows);
    packed.resize(block.rows());
    if (!index) return;
    const auto& cells = index->cells(block.keys);
    for (std::size_t row = 0; row < block.rows(); ++row) {
        if (cells[row] == no_cell || block.status[row] == ASSAY_ROW_PUBLISHED) continue;
        RowCounts& counts = table.cells[cells[row]].rows;
        const auto status = block.status[row];
        ++(status == ASSAY_ROW_OK ? counts.ok : status == ASSAY_ROW_FAILED ? counts.failed : counts.suspect);
    }
    index->group(ok_rows, cells, ok_groups);
    index->group(failed_rows, cells, failed_groups);
}

void TableFold::find_sample_rows() {
    sample_rows.clear();
    std::uint64_t highest = 0;
    for (const auto column : metric_columns) highest = std::max(highest, table.columns[column].sample.highest_wanted());
    if (metric_columns.empty()) return;
    for (const auto row : ok_rows)
        if (block.sample_keys[row] <= highest) sample_rows.push_back({row, block.sample_keys[row]});
}

/// `values`: the finite ones of numbers[rows[i]], in order.
void TableFold::add(NumberProfile& out, std::span<const double> values, const double* numbers,
                    std::span<const std::uint32_t> rows) {
    if (values.empty()) return;
    const stats::Range range = stats::range_of(values);
    if (whole_chunk)
        out.moments.add_whole(block.chunk, values);
    else
        out.moments.add(block.chunk, values);
    out.values.add(values, range);
    out.extremes.extrema.add(range, {block.chunk, block.first_row}, [&](double value) {
        const auto row = *std::find_if(rows.begin(), rows.end(), [&](auto r) { return numbers[r] == value; });
        return stats::Extreme{numbers[row], {block.chunk, block.first_row + row}};
    });
    note_lines(out.extremes, block.chunk, block.first_row, block.rows(), [&](auto row) { return block.lines[row]; });
}

void TableFold::fold_metric(std::size_t number, std::size_t metric) {
    ColumnProfile& column = table.columns[number];
    const auto& numbers = block.metrics[metric];
    const std::size_t kept = pack_ok(numbers.data(), block.status, packed.data());
    const std::span<const double> values{packed.data(), kept};
    column.n += kept;
    column.numbers.n_missing += ok_rows.size() - kept;
    column.n_nonfinite = column.numbers.n_missing - column.n_missing;
    column.add_distinct(values);
    add(column.numbers, values, numbers.data(), ok_rows);
    for (const auto& [row, key] : sample_rows)
        if (std::isfinite(numbers[row])) column.sample.add(key, {block.chunk, block.first_row + row}, numbers[row]);
    if (index) fold_cells(numbers, metric);
    if (!failed_rows.empty()) fold_failed(column, numbers, metric);
}

void TableFold::fold_cells(const std::vector<double>& numbers, std::size_t metric) {
    for (const auto& group : ok_groups.groups) {
        const auto rows = std::span{ok_groups.rows}.subspan(group.first, group.size);
        NumberProfile& out = table.cells[group.cell].metrics[metric];
        const std::size_t kept = pack(numbers.data(), rows, packed.data());
        out.n_missing += rows.size() - kept;
        add(out, {packed.data(), kept}, numbers.data(), rows);
    }
}

void TableFold::fold_failed(ColumnProfile& column, const std::vector<double>& numbers, std::size_t metric) {
    const auto usable = [&](std::span<const std::uint32_t> rows) {
        return std::span<const double>{packed.data(), pack(numbers.data(), rows, packed.data())};
    };
    const auto values = usable(failed_rows);
    column.n_failed += values.size();
    column.numbers.failed.add(block.chunk, values);
    if (!index) return;
    for (const auto& group : failed_groups.groups)
        table.cells[group.cell].metrics[metric].failed.add(
            block.chunk, usable(std::span{failed_groups.rows}.subspan(group.first, group.size)));
}

void TableFold::fold_values(const Batch& batch, std::size_t number) {
    const auto view = batch.column(number);
    ColumnProfile& column = table.columns[number];
    for (const auto row : failed_batch_rows) column.n_failed += view.is_null(row) ? 0U : 1U;
    const auto rows = find_values(view, column);
    if (rows.empty()) return;
    hash_values(view, rows, hashes);
    if (column.type == Type::time)
        column.distinct.add(hashes);
    else
        count_values(view, rows, column);
    if (column.is_number() || column.type == Type::time) fold_extremes(batch, view, rows, column);
    const bool sampled = !metric_columns.empty() && column.is_sampled() && (column.type == Type::time || timed);
    if (sampled) sample_values(batch, view, rows, column);
}

/// The ok rows that have a (finite) value; those that have none are counted.
std::span<const std::uint32_t> TableFold::find_values(const ColumnView& view, ColumnProfile& column) {
    if (!view.has_nulls() && column.type != Type::real) {
        column.n += ok_batch_rows.size();
        return ok_batch_rows;
    }
    value_rows.resize(ok_batch_rows.size());
    std::size_t present = 0, kept = 0;
    for (const auto row : ok_batch_rows) {
        value_rows[present] = row;
        present += view.is_null(row) ? 0U : 1U;
    }
    for (std::size_t i = 0; i < present; ++i) {
        value_rows[kept] = value_rows[i];
        kept += column.type != Type::real || std::isfinite(view.real(value_rows[i])) ? 1U : 0U;
    }
    column.n += kept;
    column.n_missing += ok_batch_rows.size() - present;
    column.n_nonfinite += present - kept;
    return std::span{value_rows}.first(kept);
}

/// How often each value occurs. A value is mostly one of the few that came before it in the batch.
void TableFold::count_values(const ColumnView& view, std::span<const std::uint32_t> rows, ColumnProfile& column) {
    constexpr std::size_t worth_remembering = 256; // values: of fewer, making room for texts costs more
    const bool remembers = column.is_number() && rows.size() >= worth_remembering;
    if (remembers) texts.resize(256);
    new_hashes.clear();
    tally.count(hashes, rows, [&](std::uint32_t row, std::uint64_t hash, std::uint64_t times) {
        new_hashes.push_back(hash);
        if (column.type == Type::text) return column.top.add(view.text(row), hash, times);
        if (!remembers) return column.top.add(value_text(view, row), hash, times); // true has the hash of 1
        auto& [known, text] = texts[hash % texts.size()];
        if (text.empty() || known != hash) known = hash, text = value_text(view, row);
        column.top.add(text, hash, times);
    });
    column.distinct.add(new_hashes);
}

void TableFold::fold_extremes(const Batch& batch, const ColumnView& view, std::span<const std::uint32_t> rows,
                              ColumnProfile& column) {
    ordered.resize(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) ordered[i] = view.number(rows[i]);
    Extremes& extremes = column.extremes;
    extremes.extrema.add(stats::range_of(ordered), {batch.chunk(), batch.first_row()}, [&](double value) {
        const auto at = std::find(ordered.begin(), ordered.end(), value);
        return stats::Extreme{
            *at, {batch.chunk(), batch.first_row() + rows[static_cast<std::size_t>(at - ordered.begin())]}};
    });
    note_lines(extremes, batch.chunk(), batch.first_row(), batch.rows(), [&](auto row) { return batch.line(row); });
}

void TableFold::sample_values(const Batch& batch, const ColumnView& view, std::span<const std::uint32_t> rows,
                              ColumnProfile& column) {
    const auto keys = std::span{block.sample_keys}.last(batch.rows());
    for (const auto row : rows)
        if (column.sample.wants(keys[row]))
            column.sample.add(keys[row], {batch.chunk(), batch.first_row() + row},
                              column.type == Type::text ? ColumnProfile::level_mark(view.text(row)) : view.number(row));
}

} // namespace assay::profile

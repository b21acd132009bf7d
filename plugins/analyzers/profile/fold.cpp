#include "profile/fold.hpp"
#include <cmath>
#include <limits>
#include <numeric>

namespace assay::profile {

namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

/// True where no value is NaN or infinite: x - x is 0 only for finite x.
bool all_finite(const double* values, std::size_t count) {
    double sum = 0;
    for (std::size_t i = 0; i < count; ++i) sum += values[i] - values[i];
    return sum == 0;
}

/// Notes the line of an extreme that stands in this batch.
void note_lines(Extremes& extremes, const Batch& batch) {
    if (!extremes.extrema.min) return;
    const auto note = [&](const stats::Position& at, std::uint64_t& line) {
        if (at.chunk == batch.chunk() && at.row >= batch.first_row() && at.row - batch.first_row() < batch.rows())
            line = batch.line(at.row - batch.first_row());
    };
    note(extremes.extrema.min->at, extremes.min_line);
    note(extremes.extrema.max->at, extremes.max_line);
}

} // namespace

TableFold::TableFold(TableProfile& profile, std::uint64_t content_hash)
    : table{profile}, content{content_hash}, data{profile.kind == ASSAY_TABLE_DATA}, metric_columns{profile.metrics()},
      texts(256) {
    if (data && !profile.dividing().empty()) index = std::make_unique<CellIndex>(profile);
}

void TableFold::sort_rows(const Batch& batch) {
    ok_rows.clear();
    failed_rows.clear();
    const auto rows = static_cast<std::uint32_t>(batch.rows());
    for (std::uint32_t row = 0; row < rows; ++row) {
        if (batch.status()[row] == ASSAY_ROW_OK)
            ok_rows.push_back(row);
        else if (batch.status()[row] == ASSAY_ROW_FAILED)
            failed_rows.push_back(row);
    }
    table.rows.ok += ok_rows.size();
    table.rows.failed += failed_rows.size();
    table.rows.suspect += rows - ok_rows.size() - failed_rows.size();
}

void TableFold::update(const Batch& batch) {
    sort_rows(batch);
    if (!data || batch.rows() == 0) return;
    if (!crowded && table.cell_cap() != stats::Values::cell_cap) {
        crowded = true;
        table.fit_cells();
    }
    if (index) {
        const auto& cells = index->assign(batch);
        for (std::size_t row = 0; row < batch.rows(); ++row) {
            if (cells[row] == no_cell) continue;
            RowCounts& counts = table.cells[cells[row]].rows;
            ++(batch.ok(row) ? counts.ok : batch.status()[row] == ASSAY_ROW_FAILED ? counts.failed : counts.suspect);
        }
        index->group(ok_rows, cells, batch, ok_groups);
        index->group(failed_rows, cells, batch, failed_groups);
    }
    sample_keys.resize(ok_rows.size());
    if (!metric_columns.empty())
        for (std::size_t i = 0; i < ok_rows.size(); ++i)
            sample_keys[i] = stats::sample_key(content, {batch.chunk(), batch.first_row() + ok_rows[i]});
    for (std::size_t column = 0, metric = 0; column < table.columns.size(); ++column) {
        if (table.columns[column].is_metric())
            fold_metric(batch, column, metric++);
        else
            fold_values(batch, column);
    }
}

void TableFold::fold_metric(const Batch& batch, std::size_t number, std::size_t metric) {
    const auto view = batch.column(number);
    ColumnProfile& column = table.columns[number];
    const std::size_t rows = batch.rows();
    numbers.resize(rows);
    if (view.type() == Type::real)
        std::copy_n(view.reals(), rows, numbers.begin());
    else
        std::transform(view.integers(), view.integers() + rows, numbers.begin(),
                       [](std::int64_t value) { return static_cast<double>(value); });
    if (view.has_nulls()) {
        for (const auto row : ok_rows) column.n_missing += view.is_null(row) ? 1U : 0U;
        for (std::size_t row = 0; row < rows; ++row)
            if (view.is_null(row)) numbers[row] = none;
    }
    all_usable = !view.has_nulls() && all_finite(numbers.data(), rows);
    fold_ok(column, batch);
    if (index) fold_cells(batch, metric);
    if (!failed_rows.empty()) fold_failed(column, batch, metric);
}

void TableFold::fold_ok(ColumnProfile& column, const Batch& batch) {
    NumberProfile& out = column.numbers;
    std::span<const double> values{numbers};
    if (all_usable && ok_rows.size() == numbers.size()) {
        out.extremes.extrema.add(values, batch.chunk(), batch.first_row());
        for (std::size_t i = 0; i < values.size(); ++i)
            if (column.sample.wants(sample_keys[i]))
                column.sample.add(sample_keys[i], {batch.chunk(), batch.first_row() + i}, values[i]);
    } else {
        packed.clear();
        places.clear();
        for (std::size_t i = 0; i < ok_rows.size(); ++i) {
            const double value = numbers[ok_rows[i]];
            if (!std::isfinite(value)) continue;
            packed.push_back(value);
            places.push_back(batch.first_row() + ok_rows[i]);
            column.sample.add(sample_keys[i], {batch.chunk(), places.back()}, value);
        }
        values = packed;
        out.extremes.extrema.add(values, batch.chunk(), places);
    }
    column.n += values.size();
    out.n_missing += ok_rows.size() - values.size();
    column.n_nonfinite = out.n_missing - column.n_missing;
    if (values.empty()) return;
    out.moments.add(batch.chunk(), values);
    out.values.add(values);
    note_lines(out.extremes, batch);
    hashes.resize(values.size());
    std::transform(values.begin(), values.end(), hashes.begin(), [](double value) { return stats::hash(value); });
    column.distinct.add(hashes);
}

void TableFold::fold_cells(const Batch& batch, std::size_t metric) {
    packed.resize(ok_groups.rows.size());
    for (std::size_t i = 0; i < packed.size(); ++i) packed[i] = numbers[ok_groups.rows[i]];
    for (const auto& group : ok_groups.groups) {
        NumberProfile& out = table.cells[group.cell].metrics[metric];
        std::span<double> values{packed.data() + group.first, group.size};
        std::span<const std::uint64_t> where{ok_groups.positions.data() + group.first, group.size};
        if (!all_usable) {
            places.clear();
            std::size_t kept = 0;
            for (std::size_t i = 0; i < values.size(); ++i) {
                if (!std::isfinite(values[i])) continue;
                places.push_back(where[i]);
                values[kept++] = values[i];
            }
            out.n_missing += values.size() - kept;
            values = values.first(kept);
            where = places;
        }
        if (values.empty()) continue;
        out.moments.add(batch.chunk(), values);
        out.values.add(values);
        out.extremes.extrema.add(values, batch.chunk(), where);
        note_lines(out.extremes, batch);
    }
}

void TableFold::fold_failed(ColumnProfile& column, const Batch& batch, std::size_t metric) {
    const auto gather = [&](std::span<const std::uint32_t> rows) {
        packed.clear();
        for (const auto row : rows)
            if (std::isfinite(numbers[row])) packed.push_back(numbers[row]);
        return std::span<const double>{packed};
    };
    const auto values = gather(failed_rows);
    column.n_failed += values.size();
    column.numbers.failed.add(batch.chunk(), values);
    if (!index) return;
    for (const auto& group : failed_groups.groups)
        table.cells[group.cell].metrics[metric].failed.add(
            batch.chunk(), gather(std::span{failed_groups.rows}.subspan(group.first, group.size)));
}

void TableFold::fold_values(const Batch& batch, std::size_t number) {
    const auto view = batch.column(number);
    ColumnProfile& column = table.columns[number];
    const bool ordered = column.is_number() || column.type == Type::time;
    const auto flush = [&](std::size_t row, std::uint64_t hash, std::uint64_t times) {
        if (column.type == Type::text)
            column.top.add(view.text(row), hash, times);
        else if (column.type != Type::time) {
            auto& [known, text] = texts[hash % texts.size()];
            if (text.empty() || known != hash) known = hash, text = value_text(view, row);
            column.top.add(text, hash, times);
        }
    };
    for (const auto row : failed_rows) column.n_failed += view.is_null(row) ? 0U : 1U;
    hashes.clear();
    std::uint64_t run = 0;
    std::size_t first = 0;
    for (const auto row : ok_rows) {
        if (view.is_null(row)) {
            ++column.n_missing;
            continue;
        }
        if (column.type == Type::real && !std::isfinite(view.real(row))) {
            ++column.n_nonfinite;
            continue;
        }
        ++column.n;
        if (ordered) {
            const double value = view.type() == Type::real ? view.real(row) : static_cast<double>(view.integer(row));
            column.extremes.extrema.add(value, {batch.chunk(), batch.first_row() + row});
        }
        const std::uint64_t hash = value_hash(view, row);
        if (run > 0 && hash == hashes.back()) {
            ++run;
            continue;
        }
        if (run > 0) flush(first, hashes.back(), run);
        hashes.push_back(hash);
        first = row;
        run = 1;
    }
    if (run > 0) flush(first, hashes.back(), run);
    column.distinct.add(hashes);
    if (ordered) note_lines(column.extremes, batch);
}

} // namespace assay::profile

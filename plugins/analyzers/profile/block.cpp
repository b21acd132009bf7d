#include "profile/block.hpp"
#include <assay/vector_targets.hpp>
#include <limits>
#include <span>

namespace assay::profile {

namespace {

ASSAY_VECTORIZED void to_doubles(std::span<const std::int64_t> whole, double* out) {
    for (std::size_t i = 0; i < whole.size(); ++i) out[i] = static_cast<double>(whole[i]);
}

void append_numbers(std::vector<double>& out, const ColumnView& column, std::size_t rows) {
    const std::size_t before = out.size();
    if (before == 0) out.reserve(rows);
    if (column.type() == Type::real) {
        out.insert(out.end(), column.reals(), column.reals() + rows);
    } else {
        out.resize(before + rows);
        to_doubles({column.integers(), rows}, out.data() + before);
    }
    column.each_null(rows, [&](std::size_t row) { out[before + row] = std::numeric_limits<double>::quiet_NaN(); });
}

} // namespace

void Block::add(const Batch& batch, const std::vector<std::size_t>& metric_columns) {
    if (rows() == 0) {
        chunk = batch.chunk();
        first_row = batch.first_row();
        metrics.resize(metric_columns.size());
    }
    status.insert(status.end(), batch.status(), batch.status() + batch.rows());
    if (batch.lines() != nullptr)
        lines.insert(lines.end(), batch.lines(), batch.lines() + batch.rows());
    else
        lines.resize(lines.size() + batch.rows(), ASSAY_UNKNOWN);
    for (std::size_t m = 0; m < metric_columns.size(); ++m)
        append_numbers(metrics[m], batch.column(metric_columns[m]), batch.rows());
}

void Block::clear() {
    status.clear();
    lines.clear();
    keys.clear();
    sample_keys.clear();
    for (auto& metric : metrics) metric.clear();
}

} // namespace assay::profile

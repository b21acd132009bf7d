#include "plan/sample.hpp"
#include <algorithm>
#include <assay/cell.hpp>
#include <assay/outcomes.hpp>
#include <bit>
#include <charconv>
#include <cmath>

namespace assay::plan {

namespace {

template <class T> std::size_t distinct_of(std::vector<T> values) {
    std::sort(values.begin(), values.end());
    return static_cast<std::size_t>(std::unique(values.begin(), values.end()) - values.begin());
}

/// As where a document's scalars are repeated beside its rows.
template <class T> bool are_alike(const std::vector<T>& values) {
    return std::all_of(values.begin(), values.end(), [&](const T& value) { return value == values.front(); });
}

/// Seconds, milliseconds, microseconds or nanoseconds since 1970, in 2001 to 2100.
bool may_be_epoch(double value) {
    return (value >= 1e9 && value < 4.1e9) || (value >= 1e12 && value < 4.1e12) || (value >= 1e15 && value < 4.1e15) ||
           (value >= 1e18 && value < 4.1e18);
}

/// What the text begins with; 0 where that is no number.
double leading_number(std::string_view text) {
    double value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

void sample_texts(ColumnSample& sample, const ColumnView& column) {
    std::size_t bytes = 0;
    sample.cells.reserve(sample.rows);
    for (std::size_t row = 0; row < sample.rows; ++row) {
        if (column.is_null(row) || cell::is_missing(column.text(row))) continue;
        sample.cells.push_back(column.text(row));
        bytes += sample.cells.back().size();
    }
    sample.values = sample.cells.size();
    if (sample.values == 0) return;
    sample.distinct = are_alike(sample.cells) ? 1 : distinct_of(sample.cells);
    sample.length = bytes > 200 * sample.values  ? TextLength::prose
                    : bytes > 80 * sample.values ? TextLength::lengthy
                                                 : TextLength::brief;
    const auto each = [&](auto holds) { return std::all_of(sample.cells.begin(), sample.cells.end(), holds); };
    sample.epoch = each([](std::string_view text) { return may_be_epoch(leading_number(text)); });
    sample.outcomes = each([](std::string_view text) { return is_outcome(text); });
    const auto is_total = [](std::string_view text) { return cell::equals_ignoring_case(text, "aggregated"); };
    if (const auto total = std::find_if(sample.cells.begin(), sample.cells.end(), is_total);
        total != sample.cells.end() && sample.distinct > 1 && std::none_of(total + 1, sample.cells.end(), is_total))
        sample.total = *total;
}

void sample_values(ColumnSample& sample, const ColumnView& column) {
    std::vector<std::uint64_t> bits;
    bits.reserve(sample.rows);
    sample.epoch = true;
    for (std::size_t row = 0; row < sample.rows; ++row) {
        if (column.is_null(row)) continue;
        if (column.type() == Type::real && !std::isfinite(column.real(row))) continue;
        bits.push_back(column.type() == Type::boolean ? std::uint64_t{column.boolean(row)}
                       : column.type() == Type::real  ? std::bit_cast<std::uint64_t>(column.real(row))
                                                      : static_cast<std::uint64_t>(column.integer(row)));
        sample.epoch = sample.epoch && may_be_epoch(column.number(row));
    }
    sample.values = bits.size();
    sample.epoch = sample.epoch && sample.values > 0;
    sample.distinct = bits.empty() ? 0 : are_alike(bits) ? 1 : distinct_of(std::move(bits));
}

} // namespace

ColumnSample sample_of(const ColumnView& column, std::size_t rows) {
    ColumnSample sample;
    sample.rows = std::min(rows, sample_rows);
    if (column.type() == Type::text)
        sample_texts(sample, column);
    else
        sample_values(sample, column);
    return sample;
}

bool is_above_two(const ColumnSample& sample, const ColumnView& column) {
    if (column.type() == Type::text)
        return !sample.cells.empty() && std::all_of(sample.cells.begin(), sample.cells.end(),
                                                    [](std::string_view text) { return leading_number(text) > 2; });
    for (std::size_t row = 0; row < sample.rows; ++row) {
        if (column.is_null(row) || (column.type() == Type::real && !std::isfinite(column.real(row)))) continue;
        if (!(column.number(row) > 2)) return false;
    }
    return sample.values > 0;
}

} // namespace assay::plan

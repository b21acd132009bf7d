#include "gaps/timestamps.hpp"
#include <cmath>

namespace assay::gaps {

namespace {

/// Seconds since 1970 lie between 2001 and 2100; smaller numbers count from elsewhere, but for 0.
std::optional<TimeValue> since_1970(double value) {
    constexpr double year_2001 = 1e9, year_2100 = 4.1e9;
    if (value == 0) return TimeValue{0, 1};
    for (const double scale : {1.0, 1e3, 1e6, 1e9})
        if (value >= year_2001 * scale && value < year_2100 * scale)
            return TimeValue{std::llround(value / scale * 1e6), scale};
    return std::nullopt;
}

std::optional<TimeValue> time_of(std::int32_t type, double value) {
    if (type == ASSAY_TYPE_TIME) return TimeValue{std::llround(value), 0};
    return type == ASSAY_TYPE_INT || type == ASSAY_TYPE_FLOAT ? since_1970(value) : std::nullopt;
}

/// A profile has the times of rows that are ok: here all rows failed.
std::optional<TimeSpan> span_of_kept(const TableView& table, std::size_t column) {
    std::optional<TimeSpan> out;
    for (std::size_t row = 0; table.rows != nullptr && row < table.rows->rows.size(); ++row) {
        const auto time = time_in(table, row, column);
        const std::uint64_t line = table.rows->rows[row].line;
        if (!time) continue;
        if (!out) out = {time->us, time->us, time->scale, time->scale, line, line};
        if (time->us < out->min) out->min = time->us, out->min_scale = time->scale, out->min_line = line;
        if (time->us > out->max) out->max = time->us, out->max_scale = time->scale, out->max_line = line;
    }
    return out;
}

bool is_timestamp(const assay_column& column) { return column.role == ASSAY_ROLE_TIMESTAMP; }

} // namespace

const std::vector<std::size_t>& timestamps_of(const TableView& table) {
    static const std::vector<std::size_t> none;
    return table.is_data() && table.profile != nullptr ? table.where<is_timestamp>() : none;
}

std::optional<TimeSpan> span_of(const TableView& table, std::size_t column) {
    const Extremes& extremes = table.profile->columns[column].extremes;
    if (!extremes.extrema.min) return span_of_kept(table, column);
    const auto type = table.columns[column].type;
    const auto min = time_of(type, extremes.extrema.min->value), max = time_of(type, extremes.extrema.max->value);
    if (!min || !max || (max->us == 0 && type != ASSAY_TYPE_TIME)) return std::nullopt;
    return TimeSpan{min->us, max->us, min->scale, max->scale, extremes.min_line, extremes.max_line};
}

std::optional<TimeValue> time_in(const TableView& table, std::size_t kept_row, std::size_t column) {
    const KeptCell& cell = table.rows->cell(kept_row, column);
    if (!cell.present) return std::nullopt;
    if (cell.type == Type::time) return TimeValue{cell.integer, 0};
    const auto number = cell.number();
    return number ? time_of(table.columns[column].type, *number) : std::nullopt;
}

} // namespace assay::gaps

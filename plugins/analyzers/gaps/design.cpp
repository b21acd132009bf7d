#include "gaps/design.hpp"
#include "gaps/wording.hpp"
#include <algorithm>
#include <array>
#include <assay/stats/quantile.hpp>
#include <map>

namespace assay::gaps {

namespace {

bool is_speed_unit(std::string_view unit) { return is_duration_unit(unit) || unit.ends_with("/s"); }

std::string_view last_part(std::string_view name) { return name.substr(name.rfind('.') + 1); }

/// Columns that divide rows by how they were measured.
std::vector<std::size_t> condition_columns(const TableView& table, bool with_stimulus) {
    std::vector<std::size_t> out;
    for (const auto c : table.profile->dividing()) {
        const ColumnProfile& column = table.profile->columns[c];
        if (is_repeat(column.name) || (!with_stimulus && data::is_stimulus(column.name))) continue;
        if (out.size() < most_conditions) out.push_back(c);
    }
    return out;
}

void sort_by_time(const TableView& table, std::vector<std::size_t>& rows) {
    const std::size_t time = time_column(table);
    if (time == SIZE_MAX) return;
    const auto at = [&](std::size_t row) { return time_of(table.rows->cell(row, time)); };
    if (!std::all_of(rows.begin(), rows.end(), [&](auto row) { return at(row).has_value(); })) return;
    std::stable_sort(rows.begin(), rows.end(), [&](auto a, auto b) { return *at(a) < *at(b); });
}

std::optional<double> median_of(const TableView& table, std::size_t column) {
    std::vector<double> values;
    for (std::size_t row = 0; row < table.rows->rows.size(); ++row)
        if (const auto value = table.rows->cell(row, column).number();
            value && table.rows->rows[row].status == ASSAY_ROW_OK)
            values.push_back(*value);
    std::sort(values.begin(), values.end());
    return stats::median(values);
}

std::size_t load_column(const TableView& table) {
    static constexpr std::string_view words[]{"load", "startup", "init", "initialization", "loading"};
    for (std::size_t c = 0; c < table.columns.size(); ++c)
        if (is_performance(table.columns[c]) && is_duration_unit(view(table.columns[c].unit)) &&
            data::has_word(view(table.columns[c].name), words))
            return c;
    return SIZE_MAX;
}

/// A duration that holds this load in its row and to which it adds more than a share; SIZE_MAX where there is none.
std::size_t whole_of(const TableView& table, std::size_t row, std::size_t load, double value, double share) {
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
        if (c == load || !is_performance(table.columns[c]) ||
            view(table.columns[c].unit) != view(table.columns[load].unit))
            continue;
        const auto whole = table.rows->cell(row, c).number();
        if (whole && *whole >= value && value > share * *whole) return c;
    }
    return SIZE_MAX;
}

} // namespace

bool is_performance(const data::Metric& metric) { return metric.is_headline() && is_speed_unit(metric.unit); }

bool is_performance(const assay_column& column) {
    return column.role == ASSAY_ROLE_METRIC && column.aggregate == 0 && column.document_scope == 0 &&
           column.direction != ASSAY_DIRECTION_UNKNOWN && is_speed_unit(view(column.unit)) &&
           (column.type == ASSAY_TYPE_FLOAT || column.type == ASSAY_TYPE_INT);
}

bool has_performance(const TableView& table) {
    for (const assay_column& column : table.columns)
        if (is_performance(column)) return true;
    return false;
}

bool is_repeat(std::string_view name) {
    static constexpr std::string_view words[]{"run",  "repeat",    "rep",     "repetition", "trial",
                                              "seed", "iteration", "attempt", "timestamp"};
    static constexpr std::string_view numbers[]{"_id", "_index", "_idx", "_no", "_number"};
    std::string_view last = last_part(name);
    for (const auto number : numbers)
        if (last.ends_with(number)) last.remove_suffix(number.size());
    return data::has_word(last.substr(last.find_last_of("_- ") + 1), words);
}

bool is_condition_sensor(std::string_view name) {
    static constexpr std::string_view words[]{"fan",  "temperature", "temp",        "power", "clock", "clocks",
                                              "util", "utilization", "utilisation", "watts", "rpm",   "frequency"};
    return data::has_word(name, words);
}

bool is_sensor(std::string_view name) {
    static constexpr std::string_view words[]{"voltage", "current", "pstate",  "memory",
                                              "mem",     "disk",    "network", "swap"};
    return is_condition_sensor(name) || data::has_word(name, words) || last_part(name) == "cpu_percent" ||
           last_part(name) == "gpu_percent";
}

bool is_telemetry(const TableView& table) {
    if (!table.is_data() || table.profile == nullptr || time_column(table) == SIZE_MAX) return false;
    std::size_t sensors = 0, metrics = 0;
    for (const auto m : table.profile->metrics()) {
        if (table.profile->columns[m].document_scope) continue;
        ++metrics;
        sensors += is_sensor(table.profile->columns[m].name) ? 1U : 0U;
    }
    return sensors > 0 && sensors * 2 >= metrics;
}

namespace {
constexpr std::array<std::string_view, 7> count_names{"samples_per_run", "samples", "n_samples", "num_samples",
                                                      "sample_count",    "n",       "count"};
std::size_t count_column(const TableView& table) {
    for (const auto name : count_names)
        for (std::size_t c = 0; c < table.columns.size(); ++c)
            if (table.columns[c].type == ASSAY_TYPE_INT && last_part(view(table.columns[c].name)) == name) return c;
    return SIZE_MAX;
}
} // namespace

std::optional<double> own_count(const TableView& table, std::size_t kept_row) {
    const std::size_t column = count_column(table);
    return column == SIZE_MAX ? std::nullopt : table.rows->cell(kept_row, column).number();
}

bool holds_summaries(const TableView& table) {
    static constexpr std::string_view more[]{"iterations", "rounds", "repetitions"};
    if (count_column(table) != SIZE_MAX) return true;
    for (const assay_column& column : table.columns) {
        if (column.type == ASSAY_TYPE_INT && data::has_word(view(column.name), more)) return true;
        if (column.aggregate != 0 && column.document_scope == 0 && is_speed_unit(view(column.unit))) return true;
    }
    return false;
}

std::size_t time_column(const TableView& table) {
    std::size_t best = SIZE_MAX;
    std::uint64_t most = 0;
    for (std::size_t c = 0; table.profile != nullptr && c < table.columns.size(); ++c) {
        const auto& column = table.columns[c];
        if (column.document_scope != 0 || (column.role != ASSAY_ROLE_TIMESTAMP && column.type != ASSAY_TYPE_TIME))
            continue;
        const ColumnProfile& seen = table.profile->columns[c];
        const auto distinct = seen.distinct.count(seen.n).value;
        if (distinct > most) most = distinct, best = c;
    }
    return most > 1 ? best : SIZE_MAX;
}

std::optional<double> time_of(const KeptCell& cell) {
    if (!cell.present) return std::nullopt;
    if (cell.type == Type::time) return static_cast<double>(cell.integer);
    const auto number = cell.number();
    if (!number || *number < 1e9) return std::nullopt;
    if (*number < 1e11) return *number * 1e6;
    if (*number < 1e14) return *number * 1e3;
    return *number < 1e17 ? *number : *number / 1e3;
}

std::vector<Run> runs_of(const TableView& table, bool by_stimulus) {
    if (table.rows == nullptr || table.profile == nullptr || !table.rows->complete()) return {};
    const auto conditions = condition_columns(table, by_stimulus);
    std::map<std::vector<std::string>, Run> runs;
    for (std::size_t row = 0; row < table.rows->rows.size(); ++row) {
        if (table.rows->rows[row].status != ASSAY_ROW_OK) continue;
        std::vector<std::string> key;
        for (const auto c : conditions) key.push_back(text_of(table.rows->cell(row, c)));
        Run& run = runs[key];
        if (run.rows.empty())
            for (std::size_t i = 0; i < conditions.size(); ++i)
                run.levels += (i > 0 ? ", " : "") + table.rows->columns[conditions[i]] + "=" + key[i];
        run.rows.push_back(row);
    }
    std::vector<Run> out;
    for (auto& [key, run] : runs) {
        sort_by_time(table, run.rows);
        out.push_back(std::move(run));
    }
    return out;
}

bool has_free_stimulus(const TableView& table) {
    for (const ColumnProfile& column : table.profile->columns)
        if (!column.divides() && data::is_stimulus(column.name) && column.type == Type::text &&
            column.distinct.count(column.n).value > 1)
            return true;
    return false;
}

ColdRows cold_rows(const TableView& table, double share) {
    constexpr double far = 3; // times the median
    ColdRows out;
    if (table.rows == nullptr || table.profile == nullptr || holds_summaries(table)) return out;
    out.column = load_column(table);
    if (out.column == SIZE_MAX) return out;
    const auto median = median_of(table, out.column);
    if (!median || *median < 0) return out;
    for (std::size_t row = 0; row < table.rows->rows.size(); ++row) {
        if (table.rows->rows[row].status != ASSAY_ROW_OK) continue;
        const auto load = table.rows->cell(row, out.column).number();
        if (!load || *load <= far * *median || *load <= 0) continue;
        const std::size_t whole = whole_of(table, row, out.column, *load, share);
        if (whole == SIZE_MAX) continue;
        if (out.whole == SIZE_MAX) out.whole = whole;
        out.rows.push_back(row);
    }
    return out;
}

} // namespace assay::gaps

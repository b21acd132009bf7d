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

constexpr std::array<std::string_view, 7> count_names{"samples_per_run", "samples", "n_samples", "num_samples",
                                                      "sample_count",    "n",       "count"};

bool is_of_load(const assay_column& column) {
    static constexpr std::string_view words[]{"load", "startup", "init", "initialization", "loading"};
    return is_performance(column) && is_duration_unit(view(column.unit)) && data::has_word(view(column.name), words);
}

/// Its name or its statistics tell that a row stands for many observations.
bool tells_summaries(const assay_column& column) {
    static constexpr std::string_view words[]{"iterations", "rounds", "repetitions"};
    return (column.type == ASSAY_TYPE_INT && data::has_word(view(column.name), words)) ||
           (column.aggregate != 0 && column.document_scope == 0 && is_speed_unit(view(column.unit)));
}

bool tells_time(const assay_column& column) {
    return column.document_scope == 0 && (column.role == ASSAY_ROLE_TIMESTAMP || column.type == ASSAY_TYPE_TIME);
}

std::size_t first_of(const std::vector<std::size_t>& columns) { return columns.empty() ? SIZE_MAX : columns.front(); }

std::size_t find_count(const Strided<assay_column>& columns) {
    for (const auto name : count_names)
        for (std::size_t c = 0; c < columns.size(); ++c)
            if (columns[c].type == ASSAY_TYPE_INT && last_part(view(columns[c].name)) == name) return c;
    return SIZE_MAX;
}

/// What the columns of a plan are for.
struct Design {
    explicit Design(const Strided<assay_column>& plan)
        : performance{columns_where(plan, [](auto& column) { return is_performance(column); })},
          times{columns_where(plan, tells_time)}, load{first_of(columns_where(plan, is_of_load))},
          count{find_count(plan)}, summaries{count != SIZE_MAX || !columns_where(plan, tells_summaries).empty()} {
        for (std::size_t c = 0; c < plan.size(); ++c) {
            const auto name = view(plan[c].name);
            if (divides(plan[c]) && !is_repeat(name)) {
                if (all_conditions.size() < most_conditions) all_conditions.push_back(c);
                if (conditions.size() < most_conditions && !data::is_stimulus(name)) conditions.push_back(c);
            }
            if (!divides(plan[c]) && plan[c].type == ASSAY_TYPE_TEXT && data::is_stimulus(name))
                free_stimuli.push_back(c);
            if (is_metric(plan[c]) && plan[c].document_scope == 0) {
                ++metrics;
                sensors += is_sensor(name) ? 1U : 0U;
            }
        }
    }
    std::vector<std::size_t> performance, times;
    std::size_t load, count;
    bool summaries;
    std::vector<std::size_t> conditions, all_conditions; ///< divide rows by how they were measured; with what was asked
    std::vector<std::size_t> free_stimuli;
    std::size_t metrics = 0, sensors = 0;
};

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

const std::vector<std::size_t>& performance_columns(const TableView& table) {
    return table.known<Design>().performance;
}

bool has_performance(const TableView& table) { return !performance_columns(table).empty(); }

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
    const Design& design = table.known<Design>();
    return design.sensors > 0 && design.sensors * 2 >= design.metrics;
}

std::optional<double> own_count(const TableView& table, std::size_t kept_row) {
    const std::size_t column = table.known<Design>().count;
    return column == SIZE_MAX ? std::nullopt : table.rows->cell(kept_row, column).number();
}

bool holds_summaries(const TableView& table) { return table.known<Design>().summaries; }

std::size_t time_column(const TableView& table) {
    std::size_t best = SIZE_MAX;
    std::uint64_t most = 0;
    if (table.profile == nullptr) return best;
    for (const auto c : table.known<Design>().times) {
        const ColumnProfile& seen = table.profile->columns[c];
        const auto distinct = seen.count_distinct().value;
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
    if (table.rows == nullptr || table.profile == nullptr || !table.rows->complete() ||
        table.profile->rows.ok < fewest_in_run)
        return {};
    const Design& design = table.known<Design>();
    const auto& conditions = by_stimulus ? design.all_conditions : design.conditions;
    const KeptRows& rows = *table.rows;
    std::map<std::vector<std::string>, Run> runs;
    Run* run = nullptr; // of the row before: mostly the next one's, too
    for (std::size_t row = 0; row < rows.rows.size(); ++row) {
        if (rows.rows[row].status != ASSAY_ROW_OK) continue;
        const auto as_before = [&](auto c) {
            return table.columns[c].document_scope != 0 || same_text(rows.cell(run->rows.back(), c), rows.cell(row, c));
        };
        if (run == nullptr || !std::all_of(conditions.begin(), conditions.end(), as_before)) {
            std::vector<std::string> key;
            for (const auto c : conditions) key.push_back(text_of(rows.cell(row, c)));
            run = &runs[std::move(key)];
        }
        run->rows.push_back(row);
    }
    std::vector<Run> out;
    for (auto& [key, found] : runs) {
        if (found.rows.size() < fewest_in_run) continue;
        for (std::size_t i = 0; i < conditions.size(); ++i)
            found.levels += (i > 0 ? ", " : "") + rows.columns[conditions[i]] + "=" + key[i];
        sort_by_time(table, found.rows);
        out.push_back(std::move(found));
    }
    return out;
}

bool has_stimulus_levels(const TableView& table) {
    const Design& design = table.known<Design>();
    return design.all_conditions != design.conditions;
}

bool has_free_stimulus(const TableView& table) {
    const auto varies = [&](std::size_t c) {
        const ColumnProfile& column = table.profile->columns[c];
        return column.count_distinct().value > 1;
    };
    const auto& columns = table.known<Design>().free_stimuli;
    return std::any_of(columns.begin(), columns.end(), varies);
}

ColdRows cold_rows(const TableView& table, double share) {
    constexpr double far = 3; // times the median
    ColdRows out;
    if (table.rows == nullptr || table.profile == nullptr || holds_summaries(table)) return out;
    out.column = table.known<Design>().load;
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

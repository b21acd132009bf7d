// Times within a table: rows that go back in time, and durations that do not add up.
#include "gaps/family.hpp"
#include "gaps/timestamps.hpp"
#include "gaps/wording.hpp"
#include <algorithm>
#include <array>
#include <cmath>

namespace assay::gaps {

namespace {

// ---- T4

std::string say_disorder(const Group& group, double) {
    return k_of_n(group, "steps from row to row") + " do not go forward in time: " + most_frequent(group, 3);
}

const Rule disorder{.id = "T4",
                    .slug = "timestamps-not-in-order",
                    .severity = Severity::medium,
                    .definition = "In a series whose times else go forward, a few rows go back or stand still. Rows of "
                                  "other parameters (another host, another sensor) are a series of their own.",
                    .fix = "Look whether the clock was set, files were joined, or rows were written twice.",
                    .looks_at = "series of 10 rows with times",
                    .statement = say_disorder,
                    .threshold = {"largest share of the steps, beyond which rows are in another order", 0.1}};

/// Columns that tell one series from another: they repeat, and are neither measured nor times.
std::vector<std::size_t> keys_of_series(const TableView& table) {
    std::vector<std::size_t> out;
    for (std::size_t c = 0; c < table.profile->columns.size(); ++c) {
        const ColumnProfile& column = table.profile->columns[c];
        const auto role = column.role;
        if (column.is_metric() || role == ASSAY_ROLE_TIMESTAMP || role == ASSAY_ROLE_STATUS || column.document_scope)
            continue;
        if (column.n > 0 && column.count_distinct().value * 2 <= column.n) out.push_back(c);
    }
    return out;
}

void look_at_order_of_times(const Member& at, const std::string& subject, Hits& hits) {
    constexpr std::uint64_t fewest_steps = 9;
    const TableView& table = *at.table;
    const auto& times = timestamps_of(table);
    const auto c = std::find_if(times.begin(), times.end(), [&](auto t) { return !table.columns[t].document_scope; });
    if (c == times.end() || table.rows == nullptr) return;
    const auto keys = keys_of_series(table);
    std::map<std::string, std::int64_t> last;
    std::vector<std::size_t> back, same;
    std::uint64_t steps = 0;
    for (std::size_t row = 0; row < table.rows->rows.size(); ++row) {
        const auto time = time_in(table, row, *c);
        if (!time) continue;
        std::string key;
        for (const auto k : keys) key += text_of(table.rows->cell(row, k)) + '\n';
        const auto [before, first] = last.try_emplace(key, time->us);
        if (first) continue;
        ++steps;
        if (time->us < before->second) back.push_back(row);
        if (time->us == before->second) same.push_back(row);
        before->second = time->us;
    }
    if (steps < fewest_steps) return;
    hits.looked(disorder, subject, steps, !table.rows->complete());
    const auto most = hits.threshold(disorder) * static_cast<double>(steps);
    for (const auto& [rows, what] : {std::pair{&back, "back in time"}, std::pair{&same, "the same time again"}}) {
        if (static_cast<double>(rows->size()) > most) continue;
        for (const auto row : *rows) hits.add(disorder, {subject, at.artifact->row(table, row, {*c}), 1, what});
    }
}

// ---- T6

std::string say_sums(const Group& group, double) {
    return k_of_n(group, "rows") +
           " have a total that is not the sum of its parts, as it is elsewhere: " + most_frequent(group, 2);
}

const Rule wrong_sum{.id = "T6",
                     .slug = "durations-do-not-add-up",
                     .severity = Severity::medium,
                     .definition =
                         "In four fifths of the rows durations add up to the total beside them within 5 %, in "
                         "the others they do not.",
                     .fix = "Look at these rows: a part is missing, counted twice, or of another run.",
                     .looks_at = "tables with a total duration and its parts",
                     .statement = say_sums,
                     .threshold = {"share of the total", 0.05}};

struct TotalOfParts {
    std::size_t total;
    std::vector<std::size_t> parts;
};

bool is_part_or_total(const assay_column& column) {
    static constexpr std::string_view neither[]{"user", "sys",    "system", "cpu",  "real",    "wall",  "mean",
                                                "avg",  "std",    "ttft",   "warm", "average", "first", "per",
                                                "cold", "warmup", "stddev", "sd",   "timeout", "idle",  "last"};
    return is_metric(column) && column.aggregate == 0 && is_duration_unit(view(column.unit)) &&
           !data::has_word(view(column.name), neither);
}

/// `total_s` of `load_s`, `eval_s`: durations of one unit that end alike and are no statistics of each other.
struct TotalsOfParts {
    explicit TotalsOfParts(const Strided<assay_column>& plan) {
        static constexpr std::string_view totals[]{"total", "overall"};
        const auto durations = columns_where(plan, is_part_or_total);
        for (const auto total : durations) {
            const std::string_view name = view(plan[total].name);
            if (!data::has_word(name, totals)) continue;
            const auto words = name_words(name);
            TotalOfParts sum{total, {}};
            for (const auto part : durations) {
                const std::string_view other = view(plan[part].name);
                if (part == total || data::has_word(other, totals) || order_in_name(other) ||
                    view(plan[part].unit) != view(plan[total].unit))
                    continue;
                if (name_words(other).back() == words.back()) sum.parts.push_back(part);
            }
            if (sum.parts.size() >= 2) all.push_back(std::move(sum));
        }
    }
    std::vector<TotalOfParts> all;
};

void look_at_sums(const Member& at, const std::string& subject, Hits& hits) {
    constexpr std::size_t fewest = 5;
    const TableView& table = *at.table;
    if (table.rows == nullptr) return;
    for (const TotalOfParts& sum : table.known<TotalsOfParts>().all) {
        std::vector<std::pair<std::size_t, double>> off; ///< row, share of the total that is missing or too much
        for (std::size_t row = 0; row < table.rows->rows.size(); ++row) {
            const auto total = table.rows->cell(row, sum.total).number();
            if (table.rows->rows[row].status != ASSAY_ROW_OK || !total || *total <= 0) continue;
            double parts = 0;
            for (const auto part : sum.parts) parts += table.rows->cell(row, part).number().value_or(0);
            off.emplace_back(row, std::abs(parts - *total) / *total);
        }
        const double most = hits.threshold(wrong_sum);
        const auto wrong = static_cast<std::size_t>(
            std::count_if(off.begin(), off.end(), [&](const auto& row) { return row.second > most; }));
        if (off.size() < fewest || wrong * 5 > off.size()) continue;
        hits.looked(wrong_sum, subject, off.size(), !table.rows->complete());
        for (const auto& [row, share] : off)
            if (share > most)
                hits.add(wrong_sum, {subject, at.artifact->row(table, row, {sum.total, sum.parts[0], sum.parts[1]}), 1,
                                     table.rows->columns[sum.total], share});
    }
}

void look_at_series(const Member& at, Hits& hits) {
    look_at_order_of_times(at, at.table->title, hits);
    look_at_sums(at, at.table->title, hits);
}

constexpr std::array series_rules{&disorder, &wrong_sum};

} // namespace

const Family series_family{.name = "Time within a table", .rules = series_rules, .table = look_at_series};

} // namespace assay::gaps

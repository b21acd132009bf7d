// What a column holds: one value only, numbers among texts, keys that stand twice.
#include "gaps/by_column.hpp"
#include "gaps/family.hpp"
#include "gaps/wording.hpp"
#include <algorithm>
#include <array>
#include <assay/cell.hpp>
#include <assay/stats/hash.hpp>

namespace assay::gaps {

namespace {

// ---- C4

std::string say_constant(const Group& group, double) {
    return k_of_n(group, "columns") + " hold one value throughout: " + most_frequent(group, 6);
}

const Rule constant{.id = "C4",
                    .slug = "constant-column",
                    .severity = Severity::info,
                    .definition = "A metric or parameter has the same value in 5 rows or more.",
                    .fix = "Nothing, where it was held constant on purpose; such a column explains no difference.",
                    .looks_at = "datasets of 5 rows",
                    .statement = say_constant};

/// The only value; nothing where there are several or none.
std::optional<std::string> only_value(const ColumnProfile& column) {
    if (column.n == 0 || column.count_distinct().value != 1) return std::nullopt;
    if (const auto& lowest = column.numbers.extremes.extrema.min) return number_text(lowest->value);
    const auto most = column.top.most_frequent(1);
    return most.empty() ? std::nullopt : std::optional{short_text(most.front().text, 30)};
}

struct OneValue {
    std::optional<std::string> value;
    std::uint64_t n = 0;
    bool varies = false;
    void append(const OneValue& later) {
        varies |= later.varies || value != later.value;
        n += later.n;
    }
};
using OneValues = ByColumn<OneValue>;

void note_values(const Member& at, OneValues& all) {
    const auto& columns = at.table->profile->columns;
    for (std::size_t c = 0; c < columns.size(); ++c) {
        const ColumnProfile& column = columns[c];
        if (column.document_scope || (column.role != ASSAY_ROLE_METRIC && column.role != ASSAY_ROLE_PARAMETER) ||
            column.n == 0)
            continue;
        OneValue& seen = all.at(*at.table, c);
        if (!seen.varies) {
            auto value = only_value(column);
            seen.varies = !value || (seen.n > 0 && seen.value != value);
            seen.value = std::move(value);
        }
        seen.n += column.n;
    }
}

void look_for_constants(const DatasetView& view, Hits& hits) {
    constexpr std::uint64_t fewest = 5;
    for (const auto& [name, seen] : hits.noted<OneValues>().of(view.index)) {
        if (seen.n < fewest) continue;
        hits.looked(constant, view.dataset->title);
        if (!seen.varies)
            hits.add(constant, {view.dataset->title,
                                {.artifact = view.dataset->sources.front().path, .excerpt = name},
                                1,
                                name + "=" + *seen.value});
    }
}

// ---- C5

std::string say_mixed(const Group& group, double) {
    return k_of_n(group, "values") +
           " are texts among numbers, so that the column is read as text: " + most_frequent(group, 4);
}

/// Weight 1: no parameter, whose numbers may have names beside them (auto, default).
Severity grade_mixed(const Group& group) { return group.worst >= 1 ? Severity::medium : Severity::info; }

const Rule mixed{.id = "C5",
                 .slug = "mixed-types",
                 .severity = Severity::medium,
                 .definition = "More than half of a column's values are numbers, and more than 1 % are not; info for "
                               "parameters, which may be called `auto`.",
                 .fix = "Leave cells without a value empty, and put remarks into a column of their own.",
                 .looks_at = "columns of text with 5 values",
                 .statement = say_mixed,
                 .grade = grade_mixed};

void look_for_mixed(const Member& at, const std::string& title, Hits& hits) {
    constexpr std::uint64_t fewest = 5;
    const TableView& table = *at.table;
    if (table.rows == nullptr || table.rows->rows.size() < fewest) return;
    for (const auto c : table.where<is_text>()) {
        std::uint64_t numbers = 0;
        std::vector<std::size_t> texts;
        for (std::size_t row = 0; row < table.rows->rows.size(); ++row) {
            const KeptCell& cell = table.rows->cell(row, c);
            if (!cell.present) continue;
            if (cell::number(cell.text))
                ++numbers;
            else
                texts.push_back(row);
        }
        const std::uint64_t n = numbers + texts.size();
        if (n < fewest) continue;
        const std::string subject = title + ", " + std::string{view(table.columns[c].name)};
        hits.looked(mixed, subject, n, !table.rows->complete());
        if (texts.empty() || texts.size() * 100 < n || numbers * 2 <= n) continue;
        for (const auto row : texts)
            hits.add(mixed,
                     {subject, at.artifact->row(table, row, {c}), 1, short_text(table.rows->cell(row, c).text, 30),
                      table.columns[c].role == ASSAY_ROLE_PARAMETER ? 0.0 : 1.0});
    }
}

// ---- C6

std::string say_double_key(const Group& group, double) {
    return k_of_n(group, "rows") + " repeat the parameters and the number of an earlier row with other values";
}

const Rule double_key{.id = "C6",
                      .slug = "key-not-unique",
                      .severity = Severity::high,
                      .definition = "In a table that numbers its repetitions, rows agree in all parameters and in that "
                                    "number, and differ in what was measured; other rows are told apart by them.",
                      .fix = "Find out which of them counts: a run was appended to an older one, or a parameter is not "
                             "recorded.",
                      .looks_at = "tables that number their repetitions",
                      .statement = say_double_key,
                      .threshold = {"largest share of the rows, beyond which the columns are no key", 0.2},
                      .answer = Answer::must_not_say};

/// All that is not measured; empty where no column numbers the repetitions.
struct Key {
    explicit Key(const Strided<assay_column>& plan) {
        static constexpr std::string_view repeats[]{"repeat", "rep",       "repetition", "trial", "attempt",
                                                    "iter",   "iteration", "replicate",  "run"};
        bool numbered = false;
        for (std::size_t c = 0; c < plan.size(); ++c) {
            const bool repeat = plan[c].type == ASSAY_TYPE_INT && data::has_word(view(plan[c].name), repeats);
            numbered |= repeat;
            if (is_metric(plan[c]) && !repeat)
                metrics.push_back(c);
            else if (plan[c].role != ASSAY_ROLE_STATUS)
                columns.push_back(c);
        }
        if (!numbered || metrics.empty()) columns.clear();
        for (const auto c : columns)
            if (plan[c].document_scope == 0) within.push_back(c);
    }
    std::vector<std::size_t> columns, metrics;
    std::vector<std::size_t> within; ///< of the columns those that are not the same in all rows of a table
};

/// Equal for equal texts: what is not there is as an empty text.
std::uint64_t hash_of(const KeptCell& cell) {
    if (!cell.present || cell.type == Type::text) return stats::hash(cell.present ? cell.text : std::string_view{});
    return cell.type == Type::real ? stats::hash(cell.real) : stats::hash(cell.integer);
}

void look_for_double_keys(const Member& at, const std::string& title, Hits& hits) {
    const TableView& table = *at.table;
    const auto& [columns, metrics, within] = table.known<Key>();
    if (columns.empty() || table.rows == nullptr) return;
    const auto hash_in = [&](std::size_t row, const std::vector<std::size_t>& of) {
        std::uint64_t hash = 0;
        for (const auto c : of) hash = stats::combine(hash, hash_of(table.rows->cell(row, c)));
        return hash;
    };
    std::vector<std::pair<std::uint64_t, std::size_t>> keys; // and their rows
    for (std::size_t row = 0; row < table.rows->rows.size(); ++row)
        if (table.rows->rows[row].status == ASSAY_ROW_OK) keys.emplace_back(hash_in(row, within), row);
    std::sort(keys.begin(), keys.end());
    std::vector<std::size_t> again;
    for (std::size_t first = 0, i = 1; i < keys.size(); ++i) {
        if (keys[i].first != keys[first].first)
            first = i;
        else if (hash_in(keys[i].second, metrics) != hash_in(keys[first].second, metrics))
            again.push_back(keys[i].second);
    }
    std::sort(again.begin(), again.end());
    const std::uint64_t n = keys.size();
    if (n == 0 || static_cast<double>(again.size()) > hits.threshold(double_key) * static_cast<double>(n)) return;
    hits.looked(double_key, title, n, !table.rows->complete());
    for (const auto row : again)
        hits.add(double_key, {title, at.artifact->row(table, row, {columns.front(), metrics.front()})});
}

void look_at_columns(const Member& at, Hits& hits) {
    note_values(at, hits.notes<OneValues>());
    look_for_mixed(at, at.table->title, hits);
    look_for_double_keys(at, at.table->title, hits);
}

constexpr std::array column_rules{&constant, &mixed, &double_key};

} // namespace

const Family columns_family{
    .name = "Columns", .rules = column_rules, .table = look_at_columns, .dataset = look_for_constants};

} // namespace assay::gaps

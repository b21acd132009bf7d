#include "plan/repetitions.hpp"
#include "plan/name_words.hpp"
#include "plan/roles.hpp"
#include "plan/units.hpp"
#include <algorithm>
#include <array>
#include <assay/cell.hpp>
#include <charconv>

namespace assay::plan {

namespace {

constexpr std::size_t fewest = 3, most = 1024;

/// "latency_ms_run_3": of the metric "latency_ms" the repetition 3.
struct Numbered {
    std::string metric;
    std::int64_t number = 0;
};

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool parts_words(char c) { return c == '_' || c == '-' || c == '.' || c == ' ' || c == '#'; }

bool counts_repetitions(std::string_view word) {
    static constexpr auto words = std::to_array<std::string_view>(
        {"run", "rep", "repeat", "repetition", "trial", "iteration", "iter", "attempt", "round", "replicate"});
    return std::any_of(words.begin(), words.end(),
                       [&](std::string_view known) { return cell::equals_ignoring_case(word, known); });
}

std::string_view without_marks(std::string_view text) {
    while (!text.empty() && parts_words(text.front())) text.remove_prefix(1);
    while (!text.empty() && parts_words(text.back())) text.remove_suffix(1);
    return text;
}

/// Of the digits [begin, end) of a name. The text around the word and the number is the metric.
std::optional<Numbered> numbered_by(std::string_view name, std::size_t begin, std::size_t end) {
    std::size_t word_end = begin;
    while (word_end > 0 && parts_words(name[word_end - 1])) --word_end;
    std::size_t word = word_end;
    while (word > 0 && is_letter(name[word - 1])) --word;
    const bool ends = end == name.size() || parts_words(name[end]);
    if (end - begin > 4 || !ends || !counts_repetitions(name.substr(word, word_end - word))) return std::nullopt;
    Numbered out{std::string{without_marks(name.substr(0, word))}};
    if (const auto behind = without_marks(name.substr(end)); !behind.empty())
        out.metric += (out.metric.empty() ? "" : "_") + std::string{behind};
    std::from_chars(name.data() + begin, name.data() + end, out.number);
    return out;
}

std::optional<Numbered> numbered(std::string_view name) {
    for (std::size_t begin = 0; begin < name.size(); ++begin) {
        if (!cell::is_digit(name[begin])) continue;
        std::size_t end = begin;
        while (end < name.size() && cell::is_digit(name[end])) ++end;
        if (auto found = numbered_by(name, begin, end)) return found;
        begin = end;
    }
    return std::nullopt;
}

/// The columns of one metric, in their order.
struct Family {
    std::string metric;
    std::vector<std::uint32_t> columns;
    std::vector<std::int64_t> numbers;
};

/// Whole numbers that repeat look like a parameter elsewhere.
bool may_repeat(const ColumnPlan& column) {
    return (column.role == ASSAY_ROLE_METRIC || column.role == ASSAY_ROLE_PARAMETER) &&
           column.role_source == ASSAY_SOURCE_INFERRED && !column.document_scope &&
           (column.type == Type::integer || column.type == Type::real);
}

/// None where a column is numbered alike but cannot become rows, such as texts or a status of each repetition: its
/// cells would be lost, or said of all repetitions.
std::vector<Family> families(const std::vector<ColumnPlan>& columns) {
    std::vector<Family> out;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const auto name = numbered(columns[i].name);
        if (!name) continue;
        if (!may_repeat(columns[i])) return {};
        auto family =
            std::find_if(out.begin(), out.end(), [&](const Family& known) { return known.metric == name->metric; });
        if (family == out.end()) {
            if (out.size() == most) return {};
            family = out.insert(out.end(), Family{name->metric, {}, {}});
        }
        family->columns.push_back(static_cast<std::uint32_t>(i));
        family->numbers.push_back(name->number);
    }
    return out;
}

bool is_series(const Family& family, const std::vector<ColumnPlan>& columns) {
    if (family.columns.size() < fewest || family.columns.size() > most) return false;
    for (std::size_t i = 1; i < family.columns.size(); ++i)
        if (family.numbers[i] != family.numbers[i - 1] + 1 ||
            columns[family.columns[i]].unit != columns[family.columns[0]].unit)
            return false;
    return true;
}

std::vector<bool> members(const std::vector<Family>& all, std::size_t columns) {
    std::vector<bool> member(columns, false);
    for (const Family& family : all)
        for (const auto column : family.columns) member[column] = true;
    return member;
}

bool are_repetitions(const std::vector<Family>& all, const std::vector<ColumnPlan>& columns) {
    if (all.empty()) return false;
    for (const Family& family : all)
        if (!is_series(family, columns) || family.numbers != all.front().numbers) return false;
    const auto member = members(all, columns.size());
    // A metric without repetitions would be counted once for each of them.
    for (std::size_t i = 0; i < columns.size(); ++i)
        if (!member[i] && columns[i].role == ASSAY_ROLE_METRIC && !columns[i].aggregate && !columns[i].document_scope)
            return false;
    return true;
}

/// The number of a repeat, with or without a word before it: rows that differ in it are of one thing.
bool tells_repeats_apart(const ColumnPlan& column) {
    const auto words = name_words(column.name);
    return !words.empty() && (counts_repetitions(words.back()) || words.back() == "seed");
}

/// A row as written is one thing, and what tells these rows apart tells things apart: its repetitions have cells of
/// their own.
void tell_things_apart(ColumnPlan& column) {
    if (column.role != ASSAY_ROLE_IDENTIFIER || column.role_source != ASSAY_SOURCE_INFERRED || column.document_scope ||
        tells_repeats_apart(column))
        return;
    column.role = ASSAY_ROLE_PARAMETER;
    column.dimension = true;
    column.role_reason = "tells apart what has repetitions side by side";
}

ColumnPlan repetition_column() {
    ColumnPlan out;
    out.name = out.label = "repetition";
    out.type = Type::integer;
    out.role = ASSAY_ROLE_IDENTIFIER;
    out.role_reason = "numbers columns side by side";
    return out;
}

ColumnPlan metric_column(const Family& family, const std::vector<ColumnPlan>& columns) {
    const ColumnPlan &first = columns[family.columns.front()], &last = columns[family.columns.back()];
    ColumnPlan out = first;
    if (out.label == out.name) out.label.clear();
    out.name = family.metric.empty() ? "value" : family.metric;
    if (out.label.empty()) out.label = out.name;
    out.pointer.clear();
    out.role = ASSAY_ROLE_METRIC;
    out.dimension = false;
    out.role_reason = "repetitions side by side, '" + first.name + "' to '" + last.name + "'";
    if (const auto unit = unit_of_name(out.name); unit && out.unit.empty()) {
        out.unit = unit->symbol;
        out.unit_source = ASSAY_SOURCE_INFERRED;
        out.unit_reason = unit->reason;
    }
    if (out.direction == ASSAY_DIRECTION_UNKNOWN) out.direction = direction_of(out.name, out.unit);
    for (const auto column : family.columns)
        if (columns[column].type == Type::real) out.type = Type::real;
    return out;
}

/// What the pipeline says of a column by the name that reports show.
void apply_rule(ColumnPlan& column, const Rules& rules) {
    for (const ColumnRule& rule : rules.columns) {
        if (!matches_name(rule.pattern, column.name)) continue;
        if (rule.unit) column.unit = *rule.unit, column.unit_source = ASSAY_SOURCE_PIPELINE;
        if (rule.unit) column.unit_reason = "the pipeline says so";
        if (rule.role) column.role = *rule.role, column.role_source = ASSAY_SOURCE_PIPELINE;
        if (rule.role) column.role_reason = "the pipeline says so";
        if (rule.role) column.aggregate = false; // a metric of the pipeline was measured
        if (rule.direction) column.direction = *rule.direction;
        if (rule.label) column.label = *rule.label;
        return;
    }
}

bool names_differ(const std::vector<ColumnPlan>& columns) {
    std::vector<std::string_view> names;
    for (const ColumnPlan& column : columns) names.push_back(column.name);
    std::sort(names.begin(), names.end());
    return std::adjacent_find(names.begin(), names.end()) == names.end();
}

} // namespace

TablePlan one_row_a_repetition(TablePlan plan, const Rules& rules) {
    if (plan.kind != ASSAY_TABLE_DATA) return plan;
    const auto all = families(plan.columns);
    if (!are_repetitions(all, plan.columns)) return plan;
    TablePlan out;
    out.name = plan.name;
    out.kind = plan.kind;
    out.failed = plan.failed, out.suspect = plan.suspect, out.published = plan.published;
    out.status_inferred = plan.status_inferred;
    out.repetitions = all.front().numbers;
    const auto add = [&](ColumnPlan column, std::vector<std::uint32_t> from) {
        out.columns.push_back(std::move(column));
        out.sources.push_back(std::move(from));
    };
    const auto member = members(all, plan.columns.size());
    for (std::uint32_t i = 0; i < plan.columns.size(); ++i) {
        if (member[i]) continue;
        add(plan.columns[i], {i});
        // Stated once for all repetitions.
        out.columns.back().document_scope |= plan.columns[i].aggregate;
        tell_things_apart(out.columns.back());
    }
    add(repetition_column(), {});
    for (const Family& family : all) {
        add(metric_column(family, plan.columns), family.columns);
        apply_rule(out.columns.back(), rules);
    }
    if (!names_differ(out.columns)) return plan;
    out.written = std::make_shared<const TablePlan>(std::move(plan));
    return out;
}

} // namespace assay::plan

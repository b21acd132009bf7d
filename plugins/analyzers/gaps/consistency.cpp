// Arithmetic within a table: parts and totals, rates and what they are computed from, what must add up.
#include "gaps/design.hpp"
#include "gaps/family.hpp"
#include "gaps/wording.hpp"
#include <algorithm>
#include <array>
#include <cmath>

namespace assay::gaps {

namespace {

/// A number column of a table with its resolution: half of the last place that any of its values has.
struct Numbers {
    std::size_t column;
    std::vector<std::optional<double>> values; ///< per kept row; nothing where the row is not ok
    double half_step = 0;
};

Numbers numbers_of(const TableView& table, std::size_t column) {
    Numbers out{column, {}, 0};
    std::size_t decimals = 0;
    for (std::size_t row = 0; row < table.rows->rows.size(); ++row) {
        const KeptCell& cell = table.rows->cell(row, column);
        const bool ok = table.rows->rows[row].status == ASSAY_ROW_OK;
        out.values.push_back(ok ? cell.number() : std::nullopt);
        if (!ok || cell.type != Type::real) continue;
        const std::string text = text_of(cell);
        const auto point = text.find('.');
        if (text.find('e') != std::string::npos)
            decimals = 17;
        else if (point != std::string::npos)
            decimals = std::max(decimals, text.size() - point - 1);
    }
    out.half_step = 0.5 * std::pow(10.0, -static_cast<double>(decimals));
    return out;
}

bool is_number_column(const assay_column& column) {
    return (column.type == ASSAY_TYPE_INT || column.type == ASSAY_TYPE_FLOAT) && column.document_scope == 0;
}

// ---- X1

std::string say_parts(const Group& group, double) {
    return k_of_n(group, "columns of parts") + " do not add up to their total: " + most_frequent(group, 4);
}

const Rule parts_and_total{.id = "X1",
                           .slug = "parts-do-not-sum",
                           .severity = Severity::high,
                           .definition = "Shares of one whole add up to between 80 and 120 %, but not to 100 % within "
                                         "rounding; or a row called total holds counts that the other rows do not add "
                                         "up to.",
                           .fix = "Find which part is missing or counted twice.",
                           .looks_at = "columns of shares, or tables with a row of totals",
                           .statement = say_parts,
                           .answer = Answer::must_not_say};

void look_at_shares(const DatasetView::Member& at, const std::string& title, Hits& hits) {
    static constexpr std::string_view words[]{"share", "fraction", "proportion"};
    const TableView& table = *at.table;
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
        if (!is_number_column(table.columns[c]) || !data::has_word(view(table.columns[c].name), words)) continue;
        const Numbers shares = numbers_of(table, c);
        double sum = 0, n = 0;
        for (const auto& value : shares.values)
            if (value) sum += *value, ++n;
        const double whole = view(table.columns[c].unit) == "%" || sum > 10 ? 100 : 1;
        if (n < 2 || sum < 0.8 * whole || sum > 1.2 * whole) continue;
        hits.looked(parts_and_total, title);
        if (std::abs(sum - whole) > 0.005 * whole + n * shares.half_step)
            hits.add(parts_and_total, {title, at.artifact->row(table, 0, {c}), 1,
                                       table.rows->columns[c] + " adds up to " + number_text(sum)});
    }
}

/// The one row that is called total; SIZE_MAX where there is none or several.
std::size_t row_of_totals(const TableView& table) {
    std::size_t out = SIZE_MAX;
    for (std::size_t row = 0; row < table.rows->rows.size(); ++row)
        for (std::size_t c = 0; c < table.columns.size(); ++c) {
            const KeptCell& cell = table.rows->cell(row, c);
            if (!cell.present || cell.type != Type::text) continue;
            if (cell.text != "total" && cell.text != "Total" && cell.text != "TOTAL") continue;
            if (out != SIZE_MAX) return SIZE_MAX;
            out = row;
            break;
        }
    return out;
}

void look_at_totals(const DatasetView::Member& at, const std::string& title, Hits& hits) {
    const TableView& table = *at.table;
    if (table.rows->rows.size() < 3 || table.rows->rows.size() > 1000) return;
    const std::size_t total = row_of_totals(table);
    if (total == SIZE_MAX) return;
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
        const std::string_view unit = view(table.columns[c].unit);
        if (!is_number_column(table.columns[c]) || table.columns[c].role != ASSAY_ROLE_METRIC ||
            table.columns[c].aggregate != 0 || !unit.starts_with('{') || unit.find('/') != std::string_view::npos)
            continue;
        const Numbers counts = numbers_of(table, c);
        double sum = 0, n = 0;
        for (std::size_t row = 0; row < counts.values.size(); ++row)
            if (row != total && counts.values[row]) sum += *counts.values[row], ++n;
        if (n < 2 || !counts.values[total]) continue;
        hits.looked(parts_and_total, title);
        if (std::abs(sum - *counts.values[total]) > 0.005 * std::abs(sum) + n * counts.half_step)
            hits.add(parts_and_total, {title, at.artifact->row(table, total, {c}), 1,
                                       table.rows->columns[c] + " adds up to " + number_text(sum) + ", not to " +
                                           number_text(*counts.values[total])});
    }
}

// ---- X2

std::string say_derived(const Group& group, double threshold) {
    return k_of_n(group, "rows") + " hold rates more than " + number_text(threshold * 100) +
           " % away from count over time, which the other rows keep: " + most_frequent(group, 3);
}

const Rule derived{.id = "X2",
                   .slug = "derived-disagrees",
                   .severity = Severity::medium,
                   .definition =
                       "In at least four fifths of 5 or more rows a rate is a count over a time of the same row; "
                       "in the others it is off, beyond rounding.",
                   .fix = "Compute the rate again from its parts, and find how these rows came about.",
                   .looks_at = "tables with a rate, a count and a duration",
                   .statement = say_derived,
                   .threshold = {"relative difference", 0.01}};

struct Relation {
    const Numbers* count = nullptr;
    const Numbers* time = nullptr;
    std::uint64_t n = 0;
    std::vector<std::size_t> off; ///< rows
};

Relation compare(const Numbers& rate, const Numbers& count, const Numbers& time, double seconds, double most) {
    Relation out{&count, &time, 0, {}};
    for (std::size_t row = 0; row < rate.values.size(); ++row) {
        const auto &r = rate.values[row], &c = count.values[row], &t = time.values[row];
        if (!r || !c || !t || *r <= 0 || *c <= 0 || *t <= 0) continue;
        ++out.n;
        const double counted_to = count.half_step < 0.5 ? count.half_step / *c : 0; // whole counts are exact
        const double rounding = rate.half_step / *r + time.half_step / *t + counted_to;
        if (std::abs(*r * *t * seconds / *c - 1) > most + rounding) out.off.push_back(row);
    }
    return out;
}

void look_at_rates(const DatasetView::Member& at, const std::string& title, Hits& hits) {
    constexpr std::size_t most_columns = 12;
    const TableView& table = *at.table;
    std::vector<Numbers> rates, counts, times;
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
        const assay_column& column = table.columns[c];
        if (!is_number_column(column) || column.aggregate != 0) continue;
        const std::string_view unit = view(column.unit);
        auto* to = unit.ends_with("/s")                                    ? &rates
                   : is_duration_unit(unit)                                ? &times
                   : unit.starts_with('{') || unit.empty() || unit == "By" ? &counts
                                                                           : nullptr;
        if (to == nullptr || (to == &counts && column.role != ASSAY_ROLE_METRIC && unit.empty())) continue;
        if (to->size() < most_columns) to->push_back(numbers_of(table, c));
    }
    for (const Numbers& rate : rates) {
        std::optional<Relation> best;
        for (const Numbers& count : counts)
            for (const Numbers& time : times) {
                Relation one = compare(rate, count, time, seconds_in(view(table.columns[time.column].unit)),
                                       hits.threshold(derived));
                if (one.n >= 5 && (!best || one.off.size() < best->off.size())) best = std::move(one);
            }
        if (!best || best->off.size() * 5 > best->n) continue;
        hits.looked(derived, title, best->n, !table.rows->complete());
        for (const auto row : best->off)
            hits.add(derived,
                     {title, at.artifact->row(table, row, {rate.column, best->count->column, best->time->column}), 1,
                      table.rows->columns[rate.column] + " is not " + table.rows->columns[best->count->column] + " / " +
                          table.rows->columns[best->time->column]});
    }
}

// ---- X7

std::string say_conservation(const Group& group, double) {
    return k_of_n(group, "rows") + " do not keep what others keep: " + most_frequent(group, 3);
}

const Rule conservation{.id = "X7",
                        .slug = "sums-not-kept",
                        .severity = Severity::medium,
                        .definition = "Prompt and completion tokens are not the total, or hits and misses not the "
                                      "accesses, in fewer than half of the rows of a table.",
                        .fix = "Find what is counted twice or not at all in these rows.",
                        .looks_at = "tables with whole counts of parts and their total",
                        .statement = say_conservation};

struct Sum {
    std::size_t a, b, total;
};

std::size_t find_count(const TableView& table, std::span<const std::string_view> words,
                       std::span<const std::string_view> kinds, std::span<const std::string_view> but) {
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
        const std::string_view name = view(table.columns[c].name);
        if (table.columns[c].type == ASSAY_TYPE_INT && table.columns[c].document_scope == 0 &&
            data::has_word(name, words) && (kinds.empty() || data::has_word(name, kinds)) && !data::has_word(name, but))
            return c;
    }
    return SIZE_MAX;
}

std::vector<Sum> sums_of(const TableView& table) {
    static constexpr std::string_view prompt[]{"prompt", "input"}, made[]{"completion", "output", "generated", "eval"},
        tokens[]{"tokens", "count"}, total[]{"total"}, token[]{"tokens"}, hit[]{"hits"}, miss[]{"misses"},
        all[]{"accesses", "lookups", "references"}, not_made[]{"prompt", "input", "total"}, none[]{"rate"};
    std::vector<Sum> out{
        {find_count(table, prompt, tokens, total), find_count(table, made, tokens, not_made),
         find_count(table, total, token, prompt)},
        {find_count(table, hit, {}, none), find_count(table, miss, {}, none), find_count(table, all, {}, none)}};
    std::erase_if(out, [](auto& sum) { return sum.a == SIZE_MAX || sum.b == SIZE_MAX || sum.total == SIZE_MAX; });
    return out;
}

void look_at_sums(const DatasetView::Member& at, const std::string& title, Hits& hits) {
    const TableView& table = *at.table;
    for (const Sum& sum : sums_of(table)) {
        const Numbers a = numbers_of(table, sum.a), b = numbers_of(table, sum.b), total = numbers_of(table, sum.total);
        std::uint64_t n = 0;
        std::vector<std::size_t> off;
        for (std::size_t row = 0; row < total.values.size(); ++row) {
            if (!a.values[row] || !b.values[row] || !total.values[row]) continue;
            ++n;
            if (*a.values[row] + *b.values[row] != *total.values[row]) off.push_back(row);
        }
        if (n == 0 || off.size() * 2 >= n) continue; // they are no parts of this total
        hits.looked(conservation, title, n, !table.rows->complete());
        for (const auto row : off)
            hits.add(conservation, {title, at.artifact->row(table, row, {sum.a, sum.b, sum.total}), 1,
                                    table.rows->columns[sum.a] + " + " + table.rows->columns[sum.b] + " is not " +
                                        table.rows->columns[sum.total]});
    }
}

void look_at_consistency(const DatasetView& view, Hits& hits) {
    const std::string& title = view.dataset->title;
    for (const auto& source : view.dataset->sources) {
        const auto at = view.member(*source);
        if (at.table->rows == nullptr || at.table->rows->rows.empty()) continue;
        if (at.table->rows->complete()) {
            look_at_shares(at, title, hits);
            look_at_totals(at, title, hits);
        }
        look_at_rates(at, title, hits);
        look_at_sums(at, title, hits);
    }
}

constexpr std::array consistency_rules{&parts_and_total, &derived, &conservation};

} // namespace

const Family consistency_family{
    .name = "Consistency within a table", .rules = consistency_rules, .dataset = look_at_consistency};

} // namespace assay::gaps

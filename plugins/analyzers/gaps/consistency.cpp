// Arithmetic within a table: parts and totals, rates and what they are computed from, what must add up.
#include "gaps/design.hpp"
#include "gaps/family.hpp"
#include "gaps/wording.hpp"
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace assay::gaps {

namespace {

/// A number column of a table with its resolution: half of the last place that any of its values has.
struct Numbers {
    std::size_t column;
    std::vector<std::optional<double>> values; ///< per kept row; nothing where the row is not ok
    double half_step = 0;
};

/// Of the shortest text that reads back the same; 17 where it has an exponent.
std::size_t decimals_of(double value) {
    char text[32];
    const std::string_view shown{text, static_cast<std::size_t>(std::to_chars(text, text + 32, value).ptr - text)};
    if (shown.find('e') != std::string_view::npos) return 17;
    const auto point = shown.find('.');
    return point == std::string_view::npos ? 0 : shown.size() - point - 1;
}

Numbers numbers_of(const TableView& table, std::size_t column) {
    Numbers out{column, {}, 0};
    out.values.reserve(table.rows->rows.size());
    std::size_t decimals = 0;
    for (std::size_t row = 0; row < table.rows->rows.size(); ++row) {
        const KeptCell& cell = table.rows->cell(row, column);
        out.values.push_back(table.rows->rows[row].status == ASSAY_ROW_OK ? cell.number() : std::nullopt);
        if (cell.type == Type::real && out.values.back()) decimals = std::max(decimals, decimals_of(cell.real));
    }
    out.half_step = 0.5 * std::pow(10.0, -static_cast<double>(decimals));
    return out;
}

bool is_number_column(const assay_column& column) { return is_number(column) && column.document_scope == 0; }

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

bool is_share(const assay_column& column) {
    static constexpr std::string_view words[]{"share", "fraction", "proportion"};
    return is_number_column(column) && data::has_word(view(column.name), words);
}

void look_at_shares(const Member& at, const std::string& title, Hits& hits) {
    const TableView& table = *at.table;
    for (const auto c : table.where<is_share>()) {
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
        for (const auto c : table.where<is_text>()) {
            const KeptCell& cell = table.rows->cell(row, c);
            if (!cell.present) continue;
            if (cell.text != "total" && cell.text != "Total" && cell.text != "TOTAL") continue;
            if (out != SIZE_MAX) return SIZE_MAX;
            out = row;
            break;
        }
    return out;
}

/// Measured counts of things, not of things per time.
bool is_count(const assay_column& column) {
    const std::string_view unit = view(column.unit);
    return is_number_column(column) && column.role == ASSAY_ROLE_METRIC && column.aggregate == 0 &&
           unit.starts_with('{') && unit.find('/') == std::string_view::npos;
}

void look_at_totals(const Member& at, const std::string& title, Hits& hits) {
    const TableView& table = *at.table;
    const auto& columns = table.where<is_count>();
    if (columns.empty() || table.rows->rows.size() < 3 || table.rows->rows.size() > 1000) return;
    const std::size_t total = row_of_totals(table);
    if (total == SIZE_MAX) return;
    for (const auto c : columns) {
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

/// Columns that a rate may be computed from.
struct RateColumns {
    explicit RateColumns(const Strided<assay_column>& plan) {
        constexpr std::size_t most_columns = 12;
        for (std::size_t c = 0; c < plan.size(); ++c) {
            if (!is_number_column(plan[c]) || plan[c].aggregate != 0) continue;
            const std::string_view unit = view(plan[c].unit);
            auto* to = unit.ends_with("/s")                                    ? &rates
                       : is_duration_unit(unit)                                ? &times
                       : unit.starts_with('{') || unit.empty() || unit == "By" ? &counts
                                                                               : nullptr;
            if (to == nullptr || (to == &counts && plan[c].role != ASSAY_ROLE_METRIC && unit.empty())) continue;
            if (to->size() < most_columns) to->push_back(c);
        }
    }
    bool possible() const { return !rates.empty() && !counts.empty() && !times.empty(); }
    std::vector<std::size_t> rates, counts, times;
};

void look_at_rates(const Member& at, const std::string& title, Hits& hits) {
    constexpr std::size_t fewest_rows = 5;
    const TableView& table = *at.table;
    const RateColumns& columns = table.known<RateColumns>();
    if (!columns.possible() || table.rows->rows.size() < fewest_rows) return;
    const auto numbers_in = [&](const std::vector<std::size_t>& of) {
        std::vector<Numbers> out;
        for (const auto c : of) out.push_back(numbers_of(table, c));
        return out;
    };
    const auto rates = numbers_in(columns.rates), counts = numbers_in(columns.counts),
               times = numbers_in(columns.times);
    for (const Numbers& rate : rates) {
        std::optional<Relation> best;
        for (const Numbers& count : counts)
            for (const Numbers& time : times) {
                Relation one = compare(rate, count, time, seconds_in(view(table.columns[time.column].unit)),
                                       hits.threshold(derived));
                if (one.n >= fewest_rows && (!best || one.off.size() < best->off.size())) best = std::move(one);
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

std::size_t find_count(const Strided<assay_column>& columns, std::span<const std::string_view> words,
                       std::span<const std::string_view> kinds, std::span<const std::string_view> but) {
    for (std::size_t c = 0; c < columns.size(); ++c) {
        const std::string_view name = view(columns[c].name);
        if (columns[c].type == ASSAY_TYPE_INT && columns[c].document_scope == 0 && data::has_word(name, words) &&
            (kinds.empty() || data::has_word(name, kinds)) && !data::has_word(name, but))
            return c;
    }
    return SIZE_MAX;
}

struct Sums {
    explicit Sums(const Strided<assay_column>& plan);
    std::vector<Sum> all;
};

Sums::Sums(const Strided<assay_column>& plan) {
    static constexpr std::string_view prompt[]{"prompt", "input"}, made[]{"completion", "output", "generated", "eval"},
        tokens[]{"tokens", "count"}, total[]{"total"}, token[]{"tokens"}, hit[]{"hits"}, miss[]{"misses"},
        looked_up[]{"accesses", "lookups", "references"}, not_made[]{"prompt", "input", "total"}, none[]{"rate"};
    all = {{find_count(plan, prompt, tokens, total), find_count(plan, made, tokens, not_made),
            find_count(plan, total, token, prompt)},
           {find_count(plan, hit, {}, none), find_count(plan, miss, {}, none), find_count(plan, looked_up, {}, none)}};
    std::erase_if(all, [](auto& sum) { return sum.a == SIZE_MAX || sum.b == SIZE_MAX || sum.total == SIZE_MAX; });
}

void look_at_sums(const Member& at, const std::string& title, Hits& hits) {
    const TableView& table = *at.table;
    for (const Sum& sum : table.known<Sums>().all) {
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

void look_at_consistency(const Member& at, Hits& hits) {
    if (at.table->rows == nullptr || at.table->rows->rows.empty()) return;
    const std::string& title = at.table->title;
    if (at.table->rows->complete()) {
        look_at_shares(at, title, hits);
        look_at_totals(at, title, hits);
    }
    look_at_rates(at, title, hits);
    look_at_sums(at, title, hits);
}

constexpr std::array consistency_rules{&parts_and_total, &derived, &conservation};

} // namespace

const Family consistency_family{
    .name = "Consistency within a table", .rules = consistency_rules, .table = look_at_consistency};

} // namespace assay::gaps

#include "profile/facts.hpp"
#include <assay/stats/display.hpp>
#include <assay/stats/moments.hpp>
#include <cmath>
#include <set>

namespace assay::profile {

namespace {

constexpr std::uint32_t rank = 300;

struct Place {
    const Corpus& corpus;
    const assay_artifact& artifact;
    const assay_table_record& record;
    const TableProfile& table;
    std::string name; ///< of the table, made unique in its artifact
};

std::string_view direction_name(std::int32_t direction) {
    if (direction == ASSAY_DIRECTION_HIGHER) return "higher";
    return direction == ASSAY_DIRECTION_LOWER ? "lower" : "";
}

void select(Fact& fact, const Place& place, const ColumnProfile& column, std::string_view statistic) {
    JsonWriter json;
    json.object().field("artifact", view(place.artifact.path)).field("table", place.table.name);
    json.field("column", column.name).field("rows", "ok").field("statistic", statistic).end();
    fact.selector = json.text();
}

/// What all facts of a column have in common.
Fact fact_of(const Place& place, const ColumnProfile& column, const assay_column& plan) {
    Fact fact;
    fact.kind = "profile";
    fact.subject = {{"artifact", std::string{view(place.artifact.path)}}, {"table", place.name}};
    fact.metric = column.name;
    fact.n = column.n;
    fact.n_failed = place.record.rows_failed;
    fact.n_suspect = place.record.rows_suspect;
    fact.n_missing = column.n_missing + column.n_nonfinite;
    fact.direction = direction_name(plan.direction);
    return fact;
}

Evidence evidence_of(const Place& place, const stats::Extreme& extreme, std::uint64_t line) {
    Evidence evidence{std::string{view(place.artifact.path)}};
    if (line != ASSAY_UNKNOWN)
        evidence.line = line;
    else if (extreme.at.chunk == 0)
        evidence.row = extreme.at.row + 1;
    return evidence;
}

const char* distinct_method(const stats::DistinctCount& count) {
    return count.approx ? "distinct values, HyperLogLog (standard error 0.8 %)" : "distinct values";
}

void give_metric(const Place& place, const ColumnProfile& column, const assay_column& plan, Fragment& out) {
    const NumberProfile& numbers = column.numbers;
    if (column.n == 0) return;
    const char* over = column.aggregate ? " over published statistics" : "";
    Fact fact = fact_of(place, column, plan);
    const auto give = [&](std::string_view stat, double value, std::string_view method, bool approximate = false,
                          std::vector<Evidence> evidence = {}) {
        fact.stat = stat;
        select(fact, place, column, stat);
        fact.value = value;
        fact.display = approximate ? stats::approximately(stats::display(value)) : stats::display(value);
        fact.unit = stat != "n" && stat != "distinct" ? view(plan.unit) : "";
        fact.method.assign(method).append(over);
        fact.approximate = approximate;
        fact.evidence = std::move(evidence);
        out.add(fact, rank);
    };
    const auto low = numbers.extremes.extrema.min, high = numbers.extremes.extrema.max;
    const auto at_min = evidence_of(place, *low, numbers.extremes.min_line);
    if (column.n == 1) return give("value", low->value, "the only value", false, {at_min});
    if (column.document_scope) return; // the document's own table has it
    if (low->value == high->value) {
        give("n", static_cast<double>(column.n), "rows with a finite value");
        return give("value", low->value, "the same in all rows", false, {at_min});
    }
    const stats::Moments moments = numbers.moments.total();
    give("n", static_cast<double>(column.n), "rows with a finite value");
    if (const auto mean = stats::mean(moments)) give("mean", *mean, "arithmetic mean");
    stats::Values values = numbers.values;
    const auto give_quantile = [&](std::string_view stat, double p) {
        if (const auto q = values.quantile(p))
            give(stat, q->value,
                 q->approx ? std::string{"type-7 quantile, "} + stats::LogSketch::method : "type-7 quantile",
                 q->approx);
    };
    give_quantile("median", 0.5);
    if (const auto sd = stats::sd(moments)) give("sd", *sd, "sample standard deviation, n-1");
    give("min", low->value, "smallest value", false, {at_min});
    give("max", high->value, "largest value", false, {evidence_of(place, *high, numbers.extremes.max_line)});
    give_quantile("p25", 0.25);
    give_quantile("p75", 0.75);
    const auto distinct = column.count_distinct();
    give("distinct", static_cast<double>(distinct.value), distinct_method(distinct), distinct.approx);
}

void give_distinct(const Place& place, const ColumnProfile& column, const assay_column& plan, Fragment& out) {
    const auto count = column.count_distinct();
    Fact fact = fact_of(place, column, plan);
    fact.stat = "distinct";
    select(fact, place, column, fact.stat);
    fact.value = static_cast<double>(count.value);
    fact.display = stats::display(*fact.value);
    if (count.approx) fact.display = stats::approximately(std::move(fact.display));
    fact.direction.clear();
    fact.approximate = count.approx;
    fact.method = distinct_method(count);
    out.add(fact, rank);
}

void give_table(const Place& place, Fragment& out) {
    const auto plans = columns(*place.record.plan);
    if (plans.size() != place.table.columns.size()) return;
    for (std::size_t i = 0; i < plans.size(); ++i) {
        const ColumnProfile& column = place.table.columns[i];
        if (column.is_metric())
            give_metric(place, column, plans[i], out);
        else if (!column.document_scope) // the document's own table has them
            give_distinct(place, column, plans[i], out);
    }
}

void give_rest(std::uint64_t rest, std::uint64_t most, Fragment& out) {
    Fact fact;
    fact.kind = "profile";
    fact.subject = {{"scope", "tables without profile facts"}};
    fact.metric = "tables";
    fact.stat = "count";
    fact.value = static_cast<double>(rest);
    fact.display = stats::display(*fact.value);
    fact.method = "data tables beyond the option 'tables' (" + std::to_string(most) + ")";
    const auto id = out.add(fact, 1);
    Section section{.title = "Table profiles"};
    section.tables.push_back(
        {"Tables whose profile is not among the facts", {{"tables", true}}, {{{fact.display, id}}}, fact.method});
    out.add(section);
}

} // namespace

void give_facts(const Corpus& corpus, std::uint64_t most, Fragment& out) {
    std::uint64_t given = 0, rest = 0;
    const auto all = corpus.artifacts();
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (all[i].duplicate_of != SIZE_MAX || all[i].n_tables == 0) continue;
        if (given == most) { // the rest is only counted
            if (!corpus.partial(i).empty())
                for (const auto& record : tables(all[i])) rest += record.plan->kind == ASSAY_TABLE_DATA ? 1U : 0U;
            continue;
        }
        const auto profile = read_profile(corpus.partial(i));
        if (!profile) throw BadState{"the saved profile of " + std::string{view(all[i].path)} + " is damaged"};
        std::multiset<std::string_view> names;
        const auto records = tables(all[i]);
        for (std::size_t t = 0; t < records.size(); ++t) {
            const auto name = view(records[t].plan->name);
            const auto* table = find_table(*profile, t, name);
            if (table == nullptr || table->kind != ASSAY_TABLE_DATA) continue;
            if (given == most) {
                ++rest;
                continue;
            }
            ++given;
            names.insert(name);
            const auto times = names.count(name);
            const std::string unique = std::string{name} + (times > 1 ? " (" + std::to_string(times) + ")" : "");
            give_table({corpus, all[i], records[t], *table, unique}, out);
        }
    }
    if (rest > 0) give_rest(rest, most, out);
}

} // namespace assay::profile

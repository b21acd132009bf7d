// A ratio, a share, a change, a difference or a sum of two numbers that the document gives, as the data have these.
#include "claims/relation.hpp"
#include "claims/judge.hpp"
#include "claims/judging.hpp"
#include "claims/words.hpp"
#include <algorithm>
#include <array>
#include <assay/stats/display.hpp>
#include <cmath>

namespace assay::claims {

namespace {

/// What a percentage behind "34 %" is of, by the words of its phrase: "34 % more than" is of the smaller.
Relation direction_of(const std::string& text) {
    const bool more =
        has_any(text, {"higher", "larger", "bigger", " more", "longer", "increase", "above", "grew", "grow"});
    const bool less = has_any(text, {" lower", "smaller", "fewer", " less", "shorter", "reduc", "decrease", "below",
                                     "dropped", "fell", "shrank", "shrink"}); // "slower" may be more of a time
    return more == less ? Relation::percent : more ? Relation::more : Relation::less;
}

} // namespace

Relation by_speed(Relation relation, const std::string& said, const Datum& datum) {
    if (relation != Relation::percent) return relation;
    const bool fast = has_any(said, {"faster", "quicker", "lead", "ahead", "gain"});
    const bool slow = has_any(said, {"slower", " cost", " lose", " loss", "behind"});
    if (fast == slow) return relation;
    if (datum.unit.ends_with("/s")) return fast ? Relation::more : Relation::less;
    const bool time = datum.unit == "s" || datum.unit == "ms" || datum.unit == "us" || datum.unit == "ns";
    return time && slow && has_any(said, {"slower"}) ? Relation::more : relation;
}

Relation relation_of(const Quantity& q, const std::string& said, const std::string& behind) {
    if (q.kind != Kind::number || q.spelled) return Relation::none;
    if (q.unit.measure == Measure::percent) {
        if (q.signed_) return q.value > 0 ? Relation::more : Relation::less; // "+31 %"
        if (!compares(said)) return Relation::share;
        const Relation beside = direction_of(behind);
        return beside == Relation::percent && !compares(behind) ? direction_of(said) : beside;
    }
    if (q.unit.measure == Measure::ratio) return Relation::ratio;
    if (!q.unit.known() && has_any(said, {"factor", "ratio", "times "})) return Relation::ratio;
    if (has_any(said, {"difference", "gap", "delta", "apart", "margin"})) return Relation::difference;
    return Relation::none;
}

double result_of(Relation relation, double first, double second) {
    switch (relation) {
    case Relation::percent: return 100 * std::abs(first / second - 1);
    case Relation::more: return 100 * (std::max(first / second, second / first) - 1);
    case Relation::less: return 100 * (1 - std::min(first / second, second / first));
    case Relation::share: return 100 * first / second;
    case Relation::difference: return std::abs(first - second);
    default: return first / second;
    }
}

Verdict relation_verdict(Relation relation, const Datum& x, const Datum& y, double first, double second) {
    Verdict v;
    v.status = Status::supported;
    const double result = result_of(relation, first, second);
    v.expected = result;
    const std::string unit = relation == Relation::ratio ? "1" : relation == Relation::difference ? x.unit : "%";
    v.reason = stats::display(first) + " against " + stats::display(second) + " (" + x.column +
               (x.column == y.column ? "" : " and " + y.column) + ") is " + stats::display(result) +
               (unit == "1"                      ? "x"
                : unit.empty() || unit[0] == '{' ? ""
                                                 : " " + unit);
    v.datum.emplace();
    v.datum->stat = "comparison";
    v.datum->column = x.column;
    v.datum->selector = v.reason;
    v.datum->value = result;
    v.datum->unit = unit;
    return v;
}

static bool is_count(const Datum& datum) { return datum.stat == "count"; }

bool compares(const std::string& text) {
    static constexpr std::array<std::string_view, 31> words{
        "faster",   "slower", "higher",  "lower",      "smaller",  "larger",   "more than", "less than",
        "better",   "worse",  "improve", "reduc",      "increase", "decrease", "speedup",   "gain",
        "loss",     "longer", "shorter", "difference", "delta",    "versus",   "vs",        "compared",
        "overhead", "change", " more",   "fewer",      " less",    "above",    "below"};
    return std::any_of(words.begin(), words.end(), [&](auto w) { return text.find(w) != text.npos; });
}

/// Is what tells two data apart, the rows or the file, named around a claim, `least` as near?
bool Judging::both_named(const Datum& x, const Datum& y, const Context& context, double least) {
    const bool same_file = x.artifact == y.artifact && x.selector == y.selector;
    if (same_file == (x.rows == y.rows)) return false;
    const auto names = [&](const Datum& datum) {
        std::set<std::size_t> out;
        const std::string path = datum.artifact < world_.paths.size() ? world_.paths[datum.artifact] : datum.selector;
        for (const std::string& text : {datum.rows, path})
            for (const auto& [part, share] : contexts_.names_in(text))
                if (share == 1) out.insert(part);
        return out;
    };
    const auto a = names(x), b = names(y);
    bool any = false;
    for (const auto& [own, other] : {std::pair{&a, &b}, std::pair{&b, &a}}) {
        double best = -1;
        for (const std::size_t part : *own)
            if (other->count(part) == 0 && world_.entity[part]) best = std::max(best, context.weight[part]);
        if (best >= 0 && best < least) return false;
        any = any || best >= least;
    }
    return any;
}

/// A column of one value beside the other in its table: the limit, the capacity, all there is.
bool Judging::is_limit(const Datum& datum, const Datum& other) const {
    if (datum.artifact != other.artifact || datum.table != other.table || datum.column == other.column ||
        datum.unit != other.unit || std::abs(datum.value) < std::abs(other.value))
        return false;
    const auto own = concepts(datum.metric), others = concepts(other.metric);
    if (std::none_of(own.begin(), own.end(), [&](const auto& word) { return holds(others, word); })) return false;
    const auto at = place_of(datum);
    if (!at) return false;
    const auto all = numbers(world_.tables[at->table], at->column, world_.tables[at->table].ok);
    return !all.empty() && std::all_of(all.begin(), all.end(), [&](double x) { return x == all[0]; });
}

/// Is it the sign of the change from the cell that stands first to the other?
static bool changes_so(const Claim& one, const Claim& other, const Quantity& q) {
    const bool in_order = one.cell < other.cell;
    const double change = (in_order ? other : one).quantity.value - (in_order ? one : other).quantity.value;
    return (change > 0) == (q.value > 0);
}

/// Claims whose numbers this one may relate, nearest first; `near`: how many of these stand beside it.
std::vector<std::size_t> Judging::operands_around(std::size_t index, std::size_t& near) const {
    const Claim& claim = document_.claims[index];
    const Statement& s = document_.statements[claim.statement];
    std::vector<std::size_t> beside, others;
    for (std::size_t i = index > 60 ? index - 60 : 0; i < document_.claims.size() && i < index + 60; ++i) {
        const Claim& other = document_.claims[i];
        const Statement& there = document_.statements[other.statement];
        const Quantity& o = other.quantity;
        if (i == index || o.kind != Kind::number || o.spelled || other.high || o.unit.measure == Measure::ratio)
            continue;
        if (claim.quantity.unit.measure == Measure::percent && o.unit.measure == Measure::percent) continue;
        const bool row = s.form == Statement::Form::row;
        const bool here =
            other.statement == claim.statement ||
            (!row && i < index && other.statement + 1 == claim.statement && there.form == Statement::Form::sentence);
        (here && o.digits > 1 ? beside : others).push_back(i);
    }
    const auto distance = [&](std::size_t i) { return i > index ? 2 * (i - index) : index - i; };
    const auto nearer = [&](std::size_t a, std::size_t b) { return distance(a) < distance(b); };
    std::sort(beside.begin(), beside.end(), nearer);
    if (beside.size() > 6) beside.resize(6);
    near = beside.size();
    std::sort(others.begin(), others.end(), nearer);
    beside.insert(beside.end(), others.begin(), others.end());
    return beside;
}

/// A row that sums the rows above it: all of these are as the data have them.
std::optional<Verdict> Judging::total_row(std::size_t index) {
    const Claim& claim = document_.claims[index];
    const Statement& s = document_.statements[claim.statement];
    const auto first = concepts(s.first);
    const bool told = std::any_of(first.begin(), first.end(), [](const auto& word) {
        return word == "total" || word == "sum" || word == "all" || word == "overall";
    });
    if (s.form != Statement::Form::row || !told || claim.cell == 0 || s.row < 2) return std::nullopt;
    double sum = 0;
    std::size_t rows = 0;
    bool of_counts = true;
    for (std::size_t i = index; i-- > 0 && document_.claims[i].statement + s.row >= claim.statement;) {
        const Claim& other = document_.claims[i];
        if (other.cell != claim.cell || document_.statements[other.statement].table != s.table) continue;
        if (other.statement == claim.statement) return std::nullopt;
        const Verdict& v = measured(i);
        if (v.status != Status::supported || !v.datum) return std::nullopt;
        sum += other.quantity.value;
        of_counts = of_counts && is_count(*v.datum);
        ++rows;
    }
    // Each of them may be rounded, of counts none.
    const double slack = of_counts ? 0 : claim.quantity.step / 2 * (1 + std::sqrt(static_cast<double>(rows)));
    const bool equal = std::abs(sum - claim.quantity.value) <= slack;
    if (rows < 2 || rows != s.row || !(equal || of_counts)) return std::nullopt;
    Verdict v;
    v.status = equal ? Status::supported : Status::contradicted;
    v.expected = sum;
    v.reason = "the " + std::to_string(rows) + " rows above, which the data support, sum to " + stats::display(sum);
    v.datum.emplace();
    v.datum->stat = "count";
    v.datum->column = claim.cell < s.columns->size() ? (*s.columns)[claim.cell] : "";
    v.datum->selector = v.reason;
    v.datum->value = sum;
    return v;
}

std::optional<Verdict> Judging::derived(std::size_t index, const Context& context) {
    const Claim& claim = document_.claims[index];
    const Statement& s = document_.statements[claim.statement];
    const Quantity& q = claim.quantity;
    const bool row = s.form == Statement::Form::row && claim.cell < s.columns->size();
    const std::string said = lower(row ? (*s.columns)[claim.cell] + " " + s.cells[claim.cell] : s.text + " " + s.label);
    const std::string& text = text_around(s, claim);
    const Relation relation = relation_of(q, said, lower(text.substr(q.end, 30)));
    if (claim.high || q.kind != Kind::number) return std::nullopt;
    if (auto total = total_row(index)) return total;
    if (relation == Relation::none) return std::nullopt;
    std::size_t near = 0;
    const auto others = operands_around(index, near);
    const auto directions = directions_in(s, claim);
    for (std::size_t i = 1; i < others.size(); ++i)
        for (std::size_t k = 0; k < i; ++k) {
            const bool beside = i < near, in_row = row && beside && q.signed_;
            if (q.digits < 2 && !beside) return std::nullopt;
            const Verdict &x = measured(others[k]), &y = measured(others[i]);
            if (in_row && q.digits < 2 && !changes_so(document_.claims[others[k]], document_.claims[others[i]], q))
                continue;
            if (!x.expected || !y.expected || !x.datum || !y.datum) continue;
            const double a = x.datum->value, b = y.datum->value;
            if (a == 0 || b == 0) continue;
            const bool of_counts = is_count(*x.datum) && is_count(*y.datum);
            // A part of a whole may be another column of the same rows: loading, of the time to the first token.
            const bool parts = relation == Relation::share && beside && x.datum->artifact == y.datum->artifact &&
                               x.datum->rows == y.datum->rows && x.datum->line == y.datum->line &&
                               x.datum->stat == y.datum->stat && !x.datum->unit.empty() &&
                               x.datum->unit == y.datum->unit;
            const bool of_limit =
                relation == Relation::share && beside && (is_limit(*x.datum, *y.datum) || is_limit(*y.datum, *x.datum));
            if (!of_counts && !parts && !of_limit && (x.datum->metric != y.datum->metric || x.datum->metric.empty()))
                continue;
            if (q.digits < 2 && !in_row && !(of_counts && relation == Relation::share)) continue;
            if (of_counts && !beside) continue;
            if (!beside) {
                if (x.status != Status::supported || y.status != Status::supported) continue;
                if (x.datum->column != y.datum->column || x.datum->stat != y.datum->stat) continue;
            }
            const Relation meant = by_speed(relation, said, *x.datum);
            if (!rounds_to(result_of(meant, a, b), q) && !rounds_to(result_of(meant, b, a), q)) continue;
            if (!beside && !may_be_of(s, claim, *x.datum)) continue;
            const bool of_two = relation != Relation::share && !of_counts;
            const auto order = of_two ? ordered(directions, *x.datum, *y.datum, !beside) : Ordered{{}, false, false};
            if (!order) continue;
            const Datum &own = order->swapped ? *y.datum : *x.datum, &base = order->swapped ? *x.datum : *y.datum;
            if (order->known && !relates(q, meant, order->direction, own, base)) continue;
            for (const auto& [first, second] : {std::pair{a, b}, std::pair{b, a}}) {
                if (!rounds_to(result_of(meant, first, second), q)) continue;
                if (beside || both_named(*x.datum, *y.datum, context, relation == Relation::share ? 0.85 : 0.4))
                    return relation_verdict(meant, *x.datum, *y.datum, first, second);
            }
        }
    return std::nullopt;
}

} // namespace assay::claims

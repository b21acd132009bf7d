// Claims of a comparison: "34 % higher than", "2.1x", a table's column of differences. They are computed anew from what
// the data give for both sides, never from the document's own numbers.
#include "claims/judge.hpp"
#include "claims/judging.hpp"
#include "claims/words.hpp"
#include <algorithm>
#include <array>
#include <assay/stats/display.hpp>
#include <cmath>

namespace assay::claims {

namespace {

bool compares(const std::string& text) {
    static constexpr std::array<std::string_view, 27> words{
        "faster", "slower",  "higher",  "lower",    "smaller",  "larger",   "more than", "less than", "better",
        "worse",  "improve", "reduc",   "increase", "decrease", "speedup",  "gain",      "loss",      "difference",
        "delta",  "longer",  "shorter", "versus",   "vs",       "compared", "overhead",  "change",    "more "};
    return std::any_of(words.begin(), words.end(), [&](auto w) { return text.find(w) != text.npos; });
}

struct Marker {
    std::size_t begin, end;
};
/// Where the other side of a comparison begins: "... than X".
std::optional<Marker> marker(const std::string& text, std::size_t from) {
    static constexpr std::array<std::string_view, 8> words{" than ", " versus ",  " vs. ",         " vs ",
                                                           " over ", " against ", " relative to ", " compared to "};
    std::optional<Marker> found;
    for (const auto word : words) {
        const auto at = text.find(word, from);
        if (at != text.npos && (!found || at < found->begin)) found = Marker{at, at + word.size()};
    }
    return found;
}

/// The number that the data give for a comparison of `a` with the base `b`, in the claim's unit.
std::vector<double> compared(double a, double b, const Quantity& q, bool times) {
    std::vector<double> out;
    if (b == 0 || a == 0) return out;
    if (q.unit.measure == Measure::percent) {
        out.push_back(std::abs(a / b - 1) * 100);
        if (times) out.push_back(std::abs(b / a - 1) * 100);
    } else {
        out.push_back(std::max(a / b, b / a));
    }
    return out;
}

Verdict verdict_of(const Quantity& q, double a, double b, bool times, const std::string& what) {
    Verdict v;
    v.status = Status::contradicted;
    const auto all = compared(a, b, q, times);
    for (const double value : all) {
        if (!v.expected) v.expected = value;
        const bool holds = q.bound == '>' ? value >= q.value : q.bound == '<' ? value <= q.value : rounds_to(value, q);
        if (holds) v.status = Status::supported, v.expected = value;
    }
    if (all.empty()) v.status = Status::unsupported;
    const std::string unit = q.unit.measure == Measure::percent ? " %" : "x";
    v.reason = stats::display(a) + " against " + stats::display(b) + " (" + what + ")";
    if (v.expected) {
        v.reason += " is " + stats::display(*v.expected) + unit;
        v.datum.emplace();
        v.datum->stat = "comparison";
        v.datum->column = what;
        v.datum->selector = v.reason;
        v.datum->value = *v.expected;
        v.datum->unit = q.unit.measure == Measure::percent ? "%" : "1";
    }
    return v;
}

/// Two numbers of one measure that stand beside a comparison: cells of its row, or "(102.85 vs 76.59 tok/s)".
std::vector<std::size_t> operands(const Document& document, std::size_t index) {
    const Claim& claim = document.claims[index];
    const Statement& s = document.statements[claim.statement];
    std::vector<std::size_t> out;
    const auto usable = [&](const Claim& c) {
        return c.quantity.kind == Kind::number && c.quantity.unit.measure != Measure::percent &&
               c.quantity.unit.measure != Measure::ratio && !c.high && c.quantity.unit.known();
    };
    if (s.form == Statement::Form::row) {
        for (std::size_t i = index; i-- > 0 && out.size() < 3 && document.claims[i].statement == claim.statement;)
            if (document.claims[i].cell < claim.cell && usable(document.claims[i])) out.insert(out.begin(), i);
    } else {
        for (std::size_t i = claim.peers_begin; i < claim.peers_end && out.size() < 3; ++i) {
            const Claim& c = document.claims[i];
            // "102.85 vs 76.59 tok/s": the unit stands behind the second.
            const bool bare = !c.quantity.unit.known() && i + 1 < claim.peers_end && usable(document.claims[i + 1]);
            if (i != index && c.quantity.kind == Kind::number && (usable(c) || bare) &&
                c.quantity.begin > claim.quantity.end)
                out.push_back(i);
        }
    }
    if (out.size() != 2) out.clear();
    return out;
}

} // namespace

std::optional<Verdict> Judging::comparison(std::size_t index, const Context& context) {
    const Claim& claim = document_.claims[index];
    const Statement& s = document_.statements[claim.statement];
    const Quantity& q = claim.quantity;
    if (q.unit.measure != Measure::percent && q.unit.measure != Measure::ratio) return std::nullopt;
    const bool row = s.form == Statement::Form::row && claim.cell < s.columns->size();
    const std::string& text = row ? s.cells[claim.cell] : s.text;
    const std::string said = lower(row ? (*s.columns)[claim.cell] + " " + text : text + " " + s.label);
    if (!compares(said)) return std::nullopt;
    const auto both = operands(document_, index);
    if (both.size() == 2) {
        const auto a = measured(both[0]).expected, b = measured(both[1]).expected;
        if (!a || !b) {
            Verdict v;
            v.reason = "it compares numbers of which the data do not have both";
            return v;
        }
        return verdict_of(q, *a, *b, false, document_.claims[both[0]].text + " and " + document_.claims[both[1]].text);
    }
    const auto other = marker(text, 0);
    if (!other || claim.high) return std::nullopt;
    const auto stop = text.find_first_of(",;(.", other->end);
    const std::string theirs = text.substr(other->end, stop == text.npos ? stop : stop - other->end);
    std::string ours = text.substr(0, other->begin) + " " + s.label;
    if (row) ours += " " + s.text.substr(0, s.text.find(text));
    Context a = contexts_.side(context, ours, theirs, false), b = contexts_.side(context, theirs, ours, true);
    // "faster" says no more than that times or rates are meant.
    const bool vague =
        said.find("throughput") == said.npos && said.find("speed") == said.npos && said.find("token") == said.npos;
    for (Context* side : {&a, &b}) {
        if (side->stat.empty()) side->stat = "mean";
        std::erase_if(side->settings, [&](const Setting& x) { return x.value == q.value; });
        if (!vague) continue;
        std::erase(side->near, "rate");
        if (!row) continue;
        for (std::size_t i = 0; i < claim.cell; ++i)
            if (!quantities(s.cells[i]).empty() && unit_in_heading((*s.columns)[i]).known()) {
                side->near = concepts((*s.columns)[i]);
                side->unit = unit_in_heading((*s.columns)[i]);
                break;
            }
    }
    Datum one, two;
    const auto x = expected_value(world_, a, nullptr, &one);
    if (!x) return std::nullopt;
    const auto y = expected_value(world_, b, &one, &two);
    if (!y || one.unit != two.unit || one.metric != two.metric) return std::nullopt;
    if (one.artifact == two.artifact && one.table == two.table && one.rows == two.rows) return std::nullopt;
    const bool times = one.unit == "s" || one.unit == "ms" || one.unit == "us" || one.unit == "ns";
    return verdict_of(q, *x, *y, times,
                      one.column + (one.rows.empty() ? "" : ", " + one.rows) + " and " +
                          (two.rows.empty() ? two.table : two.rows));
}

std::optional<Verdict> Judging::derived(std::size_t index) {
    const Claim& claim = document_.claims[index];
    const Statement& s = document_.statements[claim.statement];
    const Quantity& q = claim.quantity;
    if (q.kind != Kind::number || claim.high || q.digits < 2) return std::nullopt;
    const bool row = s.form == Statement::Form::row && claim.cell < s.columns->size();
    const std::string said = lower(row ? (*s.columns)[claim.cell] + " " + s.cells[claim.cell] : s.text + " " + s.label);
    const bool percent = q.unit.measure == Measure::percent;
    const bool ratio = q.unit.measure == Measure::ratio ||
                       (!q.unit.known() && (said.find("factor") != said.npos || said.find("ratio") != said.npos ||
                                            said.find("times ") != said.npos));
    if (!percent && !ratio) return std::nullopt;
    // Numbers of the same row, of the same or the last sentence, nearest first.
    std::vector<std::size_t> others;
    for (std::size_t i = index > 12 ? index - 12 : 0; i < document_.claims.size() && i < index + 8; ++i) {
        const Claim& other = document_.claims[i];
        const Quantity& o = other.quantity;
        const bool near = other.statement == claim.statement ||
                          (!row && i < index && other.statement + 1 == claim.statement &&
                           document_.statements[other.statement].form == Statement::Form::sentence);
        if (!near || i == index || o.kind != Kind::number || o.digits < 2 || other.high) continue;
        if (o.unit.measure == Measure::ratio || (percent && o.unit.measure == Measure::percent)) continue;
        others.push_back(i);
    }
    const auto distance = [&](std::size_t i) { return i > index ? 2 * (i - index) : index - i; };
    std::sort(others.begin(), others.end(), [&](std::size_t a, std::size_t b) { return distance(a) < distance(b); });
    if (others.size() > 6) others.resize(6);
    for (std::size_t i = 1; i < others.size(); ++i)
        for (std::size_t k = 0; k < i; ++k) {
            const Verdict &x = measured(others[k]), &y = measured(others[i]);
            if (!x.expected || !y.expected || !x.datum || !y.datum || *x.expected == 0 || *y.expected == 0) continue;
            if (x.datum->metric != y.datum->metric || x.datum->metric.empty()) continue;
            const double a = x.datum->value, b = y.datum->value;
            if (a == 0 || b == 0) continue;
            for (const auto& [first, second] : {std::pair{a, b}, std::pair{b, a}}) {
                std::vector<double> results;
                if (ratio) results.push_back(first / second);
                if (percent && compares(said)) results.push_back(100 * std::abs(first / second - 1));
                if (percent && !compares(said)) results.push_back(100 * first / second);
                for (const double result : results) {
                    if (!rounds_to(result, q)) continue;
                    Verdict v;
                    v.status = Status::supported;
                    v.expected = result;
                    v.reason = stats::display(first) + " against " + stats::display(second) + " (" + x.datum->column +
                               ") is " + stats::display(result) + (percent ? " %" : "x");
                    v.datum.emplace();
                    v.datum->stat = "comparison";
                    v.datum->column = x.datum->column;
                    v.datum->selector = v.reason;
                    v.datum->value = result;
                    v.datum->unit = percent ? "%" : "1";
                    return v;
                }
            }
        }
    return std::nullopt;
}

} // namespace assay::claims

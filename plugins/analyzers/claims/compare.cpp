// Claims of a comparison: "34 % higher than", "2.1x", a table's column of differences. They are computed anew from what
// the data give for both sides, never from the document's own numbers.
#include "claims/judge.hpp"
#include "claims/judging.hpp"
#include "claims/relation.hpp"
#include "claims/words.hpp"
#include <algorithm>
#include <array>
#include <assay/stats/display.hpp>
#include <cmath>

namespace assay::claims {

namespace {

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

std::optional<Verdict> Judging::comparison(std::size_t index) {
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
    return std::nullopt;
}

} // namespace assay::claims

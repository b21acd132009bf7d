// Claims of a comparison: "34 % higher than", "2.1x", a table's column of differences. They are computed anew from what
// the data give for both sides, never from the document's own numbers.
#include "claims/judge.hpp"
#include "claims/judging.hpp"
#include "claims/relation.hpp"
#include "claims/words.hpp"
#include <utility>

namespace assay::claims {

namespace {

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
    const std::string& text = text_around(s, claim);
    const std::string said = lower(row ? (*s.columns)[claim.cell] + " " + text : text + " " + s.label);
    if (!compares(said) || (!row && q.unit.measure == Measure::percent && !compares(clause_around(text, q))))
        return std::nullopt;
    const auto both = operands(document_, index);
    if (both.size() != 2) return std::nullopt;
    const Verdict &x = measured(both[0]), &y = measured(both[1]);
    if (!x.expected || !y.expected || !x.datum || !y.datum) {
        Verdict v;
        v.reason = "it compares numbers of which the data do not have both";
        return v;
    }
    double a = *x.expected, b = *y.expected;
    if (a == 0 || b == 0) return std::nullopt;
    const bool ratio = q.unit.measure == Measure::ratio;
    if (ratio && a < b) std::swap(a, b);
    const Relation relation = ratio ? Relation::ratio : Relation::percent;
    const double value = result_of(relation, a, b);
    Verdict v = relation_verdict(relation, *x.datum, *y.datum, a, b);
    const bool holds = q.bound == '>' ? value >= q.value : q.bound == '<' ? value <= q.value : rounds_to(value, q);
    if (!holds) v.status = Status::contradicted;
    return v;
}

} // namespace assay::claims

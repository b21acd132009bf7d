#include "claims/consistency.hpp"
#include "claims/judge.hpp"
#include "claims/words.hpp"
#include <algorithm>
#include <cmath>
#include <map>

namespace assay::claims {

namespace {

std::string place_text(const Document& document, const Claim& claim) {
    return claim.text + " in: " + document.statements[claim.statement].text.substr(0, 120);
}

/// A share of a whole, said to be more than all of it.
bool past_all(const Document& document, const Claim& claim) {
    if (claim.quantity.unit.measure != Measure::percent || claim.quantity.value <= 100 || claim.quantity.signed_)
        return false;
    const Statement& s = document.statements[claim.statement];
    std::string said = lower(s.form == Statement::Form::row && claim.cell < s.columns->size()
                                 ? (*s.columns)[claim.cell] + " " + s.first
                                 : s.text);
    for (const std::string_view whole : {"utilization", "utilisation", "of total", "of all", "share", "success rate",
                                         "failure rate", "accuracy", "coverage", "hit rate", "efficiency"})
        if (said.find(whole) != said.npos) return true;
    return false;
}

/// "101 files in total: CSV (28), JSON (44) and Markdown (20)": the sum where it is another, else nothing.
std::optional<std::string> wrong_sum(const Document& document, const Statement& s,
                                     const std::vector<std::size_t>& claims) {
    double total = 0, sum = 0;
    std::size_t parts = 0;
    bool named = false;
    for (const std::size_t i : claims) {
        const Quantity& q = document.claims[i].quantity;
        if (q.kind != Kind::number || q.unit.known() || q.step < 1 || q.bound != 0 || q.of != SIZE_MAX ||
            document.claims[i].high)
            return std::nullopt;
        const std::size_t from = q.begin > 12 ? q.begin - 12 : 0;
        const std::string around = lower(s.text.substr(from, q.end - from + 12));
        const bool bracketed =
            q.begin > 0 && s.text[q.begin - 1] == '(' && q.end < s.text.size() && s.text[q.end] == ')';
        if (!named && around.find("total") != around.npos)
            named = true, total = q.value;
        else if (bracketed)
            sum += q.value, ++parts;
        else
            return std::nullopt;
    }
    if (!named || parts < 2 || sum == total) return std::nullopt;
    return std::to_string(static_cast<long long>(sum)) + " is the sum, " +
           std::to_string(static_cast<long long>(total)) + " the total given";
}

} // namespace

std::vector<Fired> inconsistencies(const Document& document, const std::vector<Verdict>& verdicts) {
    Fired shares{&parts_and_totals}, twice{&stated_twice};
    std::map<std::size_t, std::vector<std::size_t>> by_statement;
    std::map<std::string, std::vector<std::size_t>> by_datum;
    for (std::size_t i = 0; i < document.claims.size(); ++i) {
        const Claim& claim = document.claims[i];
        if (past_all(document, claim)) shares.places.emplace_back(claim.line, place_text(document, claim));
        if (document.statements[claim.statement].form == Statement::Form::sentence)
            by_statement[claim.statement].push_back(i);
        const auto& datum = verdicts[i].datum;
        // Of a single row only: a statistic may be meant in several ways.
        if (datum && datum->line > 0 && datum->n == 1 && !claim.high && claim.quantity.bound == 0 &&
            !claim.quantity.about)
            by_datum[std::to_string(datum->artifact) + '\n' + datum->table + '\n' + std::to_string(datum->line) + '\n' +
                     datum->column]
                .push_back(i);
    }
    for (const auto& [statement, claims] : by_statement)
        if (claims.size() > 2)
            if (const auto wrong = wrong_sum(document, document.statements[statement], claims))
                shares.places.emplace_back(document.statements[statement].line, *wrong);
    for (const auto& [datum, claims] : by_datum) {
        const Claim& first = document.claims[claims.front()];
        for (const std::size_t i : claims) {
            const Claim& other = document.claims[i];
            const double slack =
                (first.quantity.step * first.quantity.unit.scale + other.quantity.step * other.quantity.unit.scale) / 2;
            const double a = first.quantity.value * first.quantity.unit.scale,
                         b = other.quantity.value * other.quantity.unit.scale;
            if (first.quantity.unit.measure == other.quantity.unit.measure && std::abs(a - b) > slack * (1 + 1e-9))
                twice.places.emplace_back(other.line,
                                          other.text + "; line " + std::to_string(first.line) + " has " + first.text);
        }
    }
    std::vector<Fired> out;
    for (Fired* fired : {&shares, &twice}) {
        std::sort(fired->places.begin(), fired->places.end());
        if (!fired->places.empty()) out.push_back(std::move(*fired));
    }
    return out;
}

} // namespace assay::claims

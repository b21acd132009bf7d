// Claims whose number the data say: looked up by value, and taken where the words around it agree.
#include "claims/count.hpp"
#include "claims/judging.hpp"
#include "claims/words.hpp"
#include <algorithm>
#include <assay/stats/display.hpp>
#include <cmath>
#include <set>

namespace assay::claims {

void Judging::find_sources() {
    const ValueIndex& index = *world_.index;
    sources_.document.assign(world_.tables.size(), 0);
    sources_.places.resize(world_.tables.size());
    for (std::size_t i = 0; i < document_.claims.size() && i < most_claims; ++i) {
        const Claim& claim = document_.claims[i];
        if (claim.quantity.kind != Kind::number || claim.quantity.digits < 3) continue;
        const auto& all = candidates(i, *context_of(i));
        std::set<std::size_t> tables;
        for (const Ranked& r : all)
            if (r.score > 2 && r.score > all[0].score - 0.6) tables.insert(index.groups[r.said->group].table);
        if (tables.empty() || tables.size() > 6) continue;
        for (const std::size_t table : tables) {
            const double share = 1.0 / static_cast<double>(tables.size());
            sources_.document[table] += share;
            sources_.places[table].emplace_back(claim.statement, share);
        }
    }
}

Signature Judging::signature_of(const Said& said) const {
    const std::size_t table = world_.index->groups[said.group].table;
    return {false, table, world_.tables[table].columns[said.column].name_id, said.stat};
}

Signature Judging::of_kind(const Signature& own) const { return {true, world_.kinds[own.place], own.column, own.stat}; }

bool Judging::votes(const Claim& claim) {
    const Quantity& q = claim.quantity;
    if (q.kind != Kind::number || q.digits < 2 || claim.high || q.bound != 0) return false;
    return q.digits > 2 || q.step < 1 || q.unit.known();
}

void Judging::find_votes() {
    for (std::size_t i = 0; i < document_.claims.size() && i < most_claims; ++i) {
        const Quantity& q = document_.claims[i].quantity;
        if (!votes(document_.claims[i])) continue;
        candidates(i, *context_of(i)); // and what fits
        const double weight = q.digits == 2 ? 0.5 : q.digits == 3 ? 0.8 : 1;
        std::set<Signature> given;
        for (const Fit& fit : fits_[i]) {
            const Signature own = signature_of(*fit.said);
            for (const Signature& signature : {own, of_kind(own)})
                if ((signature.of_kind ? fit.in_kind : fit.in_table) && given.insert(signature).second)
                    sources_.votes[signature].push_back({i, weight});
        }
    }
}

double Judging::proximity(const Claim& one, const Claim& other) const {
    const Statement &a = document_.statements[one.statement], &b = document_.statements[other.statement];
    if (a.form == Statement::Form::row && b.form == Statement::Form::row && a.table == b.table)
        return one.cell == other.cell ? 1 : one.statement == other.statement ? 0.7 : 0.4;
    if (one.statement == other.statement) return 1;
    const std::size_t distance =
        one.statement > other.statement ? one.statement - other.statement : other.statement - one.statement;
    if (a.headings != b.headings) return 0.1;
    return distance <= 2 ? 0.6 : distance <= 5 ? 0.4 : 0.2;
}

double Judging::agreement(std::size_t index, const Said& said) const {
    constexpr std::size_t around = 60; // claims
    double best = 0;
    const Signature own = signature_of(said);
    for (const Signature& signature : {own, of_kind(own)}) {
        const auto votes = sources_.votes.find(signature);
        if (votes == sources_.votes.end()) continue;
        double sum = 0;
        std::set<std::string> different; // the same number again is no other
        different.insert(document_.claims[index].text);
        const auto first =
            std::lower_bound(votes->second.begin(), votes->second.end(), index > around ? index - around : 0,
                             [](const auto& vote, std::size_t claim) { return vote.claim < claim; });
        for (auto vote = first; vote != votes->second.end() && vote->claim < index + around; ++vote) {
            const Claim& other = document_.claims[vote->claim];
            if (vote->claim == index) continue;
            const double near = proximity(document_.claims[index], other);
            if (different.insert(other.text).second) sum += vote->weight * near;
        }
        best = std::max(best, signature.of_kind ? 0.8 * sum : sum);
    }
    return best;
}

const std::vector<Ranked>& Judging::candidates(std::size_t index, const Context& context) {
    if (!candidates_[index]) {
        const Quantity& q = document_.claims[index].quantity;
        const Ranking ranking{world_, context};
        candidates_[index] = ranking.find(q);
        if (votes(document_.claims[index])) fits_[index] = ranking.fits(q);
    }
    return *candidates_[index];
}

std::optional<Verdict> Judging::found(std::size_t index, const Context& context, double doubt) {
    const Claim& claim = document_.claims[index];
    if (claim.quantity.kind != Kind::number || claim.high || claim.quantity.bound != 0) return std::nullopt;
    auto all = candidates(index, context);
    const auto counts = counted_rows(document_, claim, context);
    const auto counts_other = [&](const Said& said) {
        return counts &&
               !may_count(world_.tables[world_.index->groups[said.group].table].columns[said.column], *counts);
    };
    std::erase_if(all, [&](const Ranked& r) { return counts_other(*r.said); });
    constexpr double agreed = 1.5, most_agreed = 2.5, most_bonus = 1.6;
    if (index < fits_.size() && !fits_[index].empty()) {
        const Ranking ranking{world_, context};
        for (const Fit& fit : fits_[index])
            if (!counts_other(*fit.said) && agreement(index, *fit.said) >= agreed)
                all.push_back(ranking.ranked(*fit.said, fit.converted, claim.quantity, true));
    }
    if (all.empty()) return std::nullopt;
    const auto score = [&](const Ranked& r) {
        return r.score + sources_.worth(world_.index->groups[r.said->group].table, claim.statement) +
               most_bonus * std::min(1.0, agreement(index, *r.said) / most_agreed);
    };
    const Ranked& best =
        *std::max_element(all.begin(), all.end(), [&](const auto& a, const auto& b) { return score(a) < score(b); });
    // Few digits agree by chance: the words have to say the more.
    const int digits = claim.quantity.digits;
    const bool rounded = digits < 2 && std::abs(best.converted - claim.quantity.value) > 1e-9;
    const double least = rounded ? 3.0 : digits < 3 ? 2.2 : digits == 3 ? 2.0 : 1.6;
    if (score(best) < least + doubt || !context.unresolved.empty()) return std::nullopt;
    if (odd(index, signature_of(*best.said), context)) return std::nullopt;
    return said_by(best);
}

std::optional<Verdict> Judging::found_range(std::size_t index, const Context& context) {
    constexpr double least = 2.2;
    const Claim& claim = document_.claims[index];
    if (!claim.high || claim.quantity.kind != Kind::number || !context.unresolved.empty()) return std::nullopt;
    if (holds(context.near, "interval")) return std::nullopt;
    const Ranking ranking{world_, context};
    const auto all = ranking.extents(claim.quantity, *claim.high);
    const auto score = [&](const Ranked& r) {
        return r.score + sources_.worth(world_.index->groups[r.said->group].table, claim.statement);
    };
    const auto best =
        std::max_element(all.begin(), all.end(), [&](const auto& a, const auto& b) { return score(a) < score(b); });
    if (best == all.end() || score(*best) < least) return std::nullopt;
    Verdict v = said_by(*best);
    const Group& group = world_.index->groups[best->said->group];
    const auto values = numbers(world_.tables[group.table], best->said->column, group.rows);
    v.reason += ", the largest " + stats::display(*std::max_element(values.begin(), values.end()));
    v.datum->stat = "range";
    return v;
}

bool Judging::odd(std::size_t index, const Datum& datum, const Context& context) const {
    const auto at = place_of(datum);
    if (!at) return false;
    const DataColumn& column = world_.tables[at->table].columns[at->column];
    const bool own = datum.stat == column.stat; // of a single row, say of means
    const auto stat = own ? stat_names.begin() : std::find(stat_names.begin(), stat_names.end(), datum.stat);
    if (stat == stat_names.end()) return false;
    return odd(index, Signature{false, at->table, column.name_id, static_cast<Stat>(stat - stat_names.begin())},
               context);
}

bool Judging::odd(std::size_t index, const Signature& own, const Context& context) const {
    const Claim& claim = document_.claims[index];
    std::map<Signature, double> company;
    const std::size_t from = index > 40 ? index - 40 : 0, to = std::min(index + 40, fits_.size());
    for (std::size_t i = from; i < to; ++i) {
        const Claim& other = document_.claims[i];
        const bool beside = other.cell == SIZE_MAX ? other.statement == claim.statement : proximity(claim, other) == 1;
        if (i == index || !beside || other.quantity.digits < 3) continue;
        std::set<Signature> given;
        for (const Fit& fit : fits_[i]) {
            const Signature signature = signature_of(*fit.said);
            if (given.insert(signature).second) company[signature] += 1;
        }
    }
    const auto at = company.find(own);
    const double mine = at == company.end() ? 0 : at->second;
    const bool stat_said = context.edge != 0 || context.stat_beside;
    std::optional<Ranking> ranking; // seldom needed
    for (const auto& [other, many] : company) {
        if (many < 2 || many < mine + 2 || other.column != own.column) continue;
        if (other.place == own.place) {
            if (other.stat != own.stat && !stat_said) return true;
            continue;
        }
        if (!ranking) ranking.emplace(world_, context);
        if (ranking->best_subject(other.place) > ranking->best_subject(own.place) + 0.1) return true;
    }
    return false;
}

bool Judging::only_value(std::size_t table, std::size_t column, const Context& context) const {
    const DataColumn& own = world_.tables[table].columns[column];
    for (std::size_t t = 0; t < world_.tables.size(); ++t)
        for (const DataColumn& other : world_.tables[t].columns)
            if (other.words == own.words && other.parents == own.parents && !context.scope.excludes(t))
                if (other.values.size() != 1 || other.values[0].number != own.values[0].number) return false;
    return true;
}

std::optional<Verdict> Judging::setting_said(std::size_t index, const Context& context) {
    const Claim& claim = document_.claims[index];
    if (claim.quantity.kind != Kind::number || claim.high || claim.quantity.bound != 0) return std::nullopt;
    const Ranking ranking{world_, context};
    for (const Ranked& r : candidates(index, context)) {
        const DataTable& table = world_.tables[world_.index->groups[r.said->group].table];
        const DataColumn& column = table.columns[r.said->column];
        const bool of_all = column.values.size() < 2 && column.stat.empty() && r.said->stat == Stat::value;
        if (of_all && r.said->raw == claim.quantity.value && ranking.metric(*r.said) >= 0.9 &&
            (ranking.meant(*r.said) ||
             (column.values.size() == 1 &&
              only_value(world_.index->groups[r.said->group].table, r.said->column, context))))
            return said_by(r);
    }
    return std::nullopt;
}

Verdict Judging::said_by(const Ranked& best) const {
    const Group& group = world_.index->groups[best.said->group];
    const DataTable& table = world_.tables[group.table];
    Verdict v;
    v.status = Status::supported;
    const DataColumn& column = table.columns[best.said->column];
    v.datum.emplace();
    v.datum->artifact = table.artifact;
    v.datum->table = table.name;
    v.datum->column = column.source.name;
    const bool single = best.said->stat == Stat::value;
    v.datum->stat = single && !column.stat.empty() ? column.stat
                                                   : std::string{stat_names[static_cast<std::size_t>(best.said->stat)]};
    v.datum->rows = group.text;
    v.datum->value = best.said->raw;
    v.datum->unit = best.said->stat == Stat::cv ? "%" : column.source.unit;
    const bool warm = best.said->stat == Stat::warm_mean || best.said->stat == Stat::warm_median;
    v.datum->n =
        best.said->row != UINT32_MAX ? 1 : numbers(table, best.said->column, group.rows).size() - (warm ? 1U : 0U);
    if (best.said->row != UINT32_MAX) v.datum->line = (*table.rows)[best.said->row].line;
    for (const auto& word : column.words) v.datum->metric += word + ' ';
    v.expected = best.converted;
    v.reason = told(*v.datum, table.path, false);
    return v;
}

} // namespace assay::claims

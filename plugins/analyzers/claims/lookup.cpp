// Claims whose number the data say: looked up by value, and taken where the words around it agree.
#include "claims/judging.hpp"
#include <algorithm>
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

const std::vector<Ranked>& Judging::candidates(std::size_t index, const Context& context) {
    if (!candidates_[index]) candidates_[index] = Ranking{world_, context}.find(document_.claims[index].quantity);
    return *candidates_[index];
}

std::optional<Verdict> Judging::found(std::size_t index, const Context& context, double doubt) {
    const Claim& claim = document_.claims[index];
    if (claim.quantity.kind != Kind::number || claim.high || claim.quantity.bound != 0) return std::nullopt;
    const auto& all = candidates(index, context);
    if (all.empty()) return std::nullopt;
    const auto score = [&](const Ranked& r) {
        return r.score + sources_.worth(world_.index->groups[r.said->group].table, claim.statement);
    };
    const Ranked& best =
        *std::max_element(all.begin(), all.end(), [&](const auto& a, const auto& b) { return score(a) < score(b); });
    const Group& group = world_.index->groups[best.said->group];
    const DataTable& table = world_.tables[group.table];
    // Few digits agree by chance: the words have to say the more.
    const int digits = claim.quantity.digits;
    const double least = digits < 3 ? 2.2 : digits == 3 ? 2.0 : 1.6;
    if (score(best) < least + doubt || !context.unresolved.empty()) return std::nullopt;
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

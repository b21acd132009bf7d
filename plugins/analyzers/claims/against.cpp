// A relation of a number that stands beside it to one of its column that is named alone: "0.578 ms, 65 % below eager".
#include "claims/judging.hpp"
#include "claims/relation.hpp"
#include "claims/words.hpp"
#include <algorithm>
#include <cmath>

namespace assay::claims {

namespace {

struct Span {
    double low = 0, high = 0;
};

/// What may stand in such a relation to a value, whichever of the two is the base.
std::vector<Span> related_to(double x, Relation relation, const Quantity& q) {
    const double half = q.step / 2 * (1 + 1e-6), low = std::abs(q.value) - half, high = std::abs(q.value) + half;
    std::vector<Span> out;
    const auto add = [&](double a, double b) { out.push_back({std::min(a, b), std::max(a, b)}); };
    const auto factor = [&](double least, double most) {
        if (least > 0) add(x * least, x * most), add(x / most, x / least);
    };
    if (relation == Relation::ratio) factor(low, high);
    if (relation == Relation::difference) add(x + low, x + high), add(x - high, x - low);
    if (relation == Relation::more || relation == Relation::percent) factor(1 + low / 100, 1 + high / 100);
    if (relation == Relation::less || relation == Relation::percent) factor(1 - high / 100, 1 - low / 100);
    return out;
}

/// The one statistic that a text names.
std::string statistic_in(const std::string& text) {
    std::string out;
    for (const auto& word : concepts(text))
        if (const auto stat = statistic(word); !stat.empty() && stat != "count" && stat != "range") out = stat;
    return out;
}

bool is_single(const std::string& stat) { return stat == "value" || stat == "mean"; }

} // namespace

std::optional<Judging::Place> Judging::place_of(const Datum& datum) const {
    for (std::size_t t = 0; t < world_.tables.size(); ++t) {
        const DataTable& table = world_.tables[t];
        if (table.artifact != datum.artifact || table.name != datum.table) continue;
        for (std::size_t c = 0; c < table.columns.size(); ++c)
            if (table.columns[c].source.name == datum.column) return Place{t, c};
    }
    return std::nullopt;
}

bool Judging::is_of_base(const Said& said, const Base& base, const Datum& x, const Place& at) const {
    const Group& group = world_.index->groups[said.group];
    const DataTable& table = world_.tables[group.table];
    const DataColumn& column = table.columns[said.column];
    const bool single = said.stat == Stat::value;
    const std::string own =
        single && !column.stat.empty() ? column.stat : std::string{stat_names[static_cast<std::size_t>(said.stat)]};
    const std::string& wanted = base.stat.empty() ? x.stat : base.stat;
    if (own != wanted && !(is_single(own) && is_single(wanted))) return false;
    if (!base.stat.empty() && own != base.stat && said.row == UINT32_MAX) return false;
    const auto& x_parts = world_.tables[at.table].parts;
    const auto bears = [&](const DataTable& of, const std::vector<std::size_t>& parts, std::size_t part) {
        return std::binary_search(parts.begin(), parts.end(), part) ||
               std::binary_search(of.parts.begin(), of.parts.end(), part);
    };
    for (const std::size_t part : base.things)
        if (!bears(table, group.parts, part)) return false;
    for (const double value : base.settings)
        if (std::none_of(group.settings.begin(), group.settings.end(),
                         [&](const auto& setting) { return setting.second == value; }))
            return false;
    if (base.things.empty()) return group.table == at.table;
    // Of something that the number beside it is not of.
    const auto of_x = things_in(x.rows);
    return std::any_of(base.things.begin(), base.things.end(), [&](std::size_t part) {
        return std::find(of_x.begin(), of_x.end(), part) == of_x.end() &&
               !std::binary_search(x_parts.begin(), x_parts.end(), part);
    });
}

Judging::Base Judging::base_of(const Direction& direction) const {
    Base base{things_in(direction.base), statistic_in(direction.base), {}};
    for (const Quantity& number : quantities(direction.base))
        if (number.kind == Kind::number && !number.unit.known()) base.settings.push_back(number.value);
    return base;
}

std::optional<Verdict> Judging::held_against(const Quantity& q, Relation relation, const Direction& direction,
                                             const Datum& x, const Place& at, const Context& context) const {
    constexpr double as_near = 0.35; // names that say as much
    const Base base = base_of(direction);
    if (base.things.empty() && base.stat.empty()) return std::nullopt;
    const ValueIndex& index = *world_.index;
    const std::uint32_t name = world_.tables[at.table].columns[at.column].name_id;
    Context theirs = contexts_.side(context, direction.base, direction.subject, true);
    theirs.stat = base.stat;
    const Ranking ranking{world_, theirs};
    for (const Span& span : related_to(x.value, relation, q)) {
        auto y = std::lower_bound(index.said.begin(), index.said.end(), span.low,
                                  [](const Said& said, double value) { return said.raw < value; });
        for (; y != index.said.end() && y->raw <= span.high; ++y) {
            const Group& group = index.groups[y->group];
            const DataColumn& column = world_.tables[group.table].columns[y->column];
            if (column.name_id != name || column.source.unit != x.unit || group.failed ||
                !is_of_base(*y, base, x, at) || ranking.kind_behind(*y) > as_near)
                continue;
            const Verdict other = said_by({&*y, 0, y->raw});
            if (relates(q, relation, direction, x, *other.datum))
                return relation_verdict(relation, x, *other.datum, x.value, y->raw);
        }
    }
    return std::nullopt;
}

std::optional<Verdict> Judging::against(std::size_t index, const Context& context) {
    constexpr std::size_t most_back = 2;
    const Claim& claim = document_.claims[index];
    const Statement& s = document_.statements[claim.statement];
    const Quantity& q = claim.quantity;
    const std::string& text = text_around(s, claim);
    const Relation relation = relation_of(q, lower(s.text + " " + s.label), lower(text.substr(q.end, 30)));
    if (s.form == Statement::Form::row || claim.high || q.digits < 2 || relation == Relation::none ||
        relation == Relation::share)
        return std::nullopt;
    const auto directions = directions_in(s, claim);
    for (std::size_t i = index; i-- > claim.peers_begin && i + most_back >= index;) {
        const Measure measure = document_.claims[i].quantity.unit.measure;
        if (document_.claims[i].quantity.kind != Kind::number || document_.claims[i].high ||
            measure == Measure::percent || measure == Measure::ratio)
            continue;
        const Verdict& x = measured(i);
        if (x.status != Status::supported || !x.datum || x.datum->value == 0) continue;
        const auto at = place_of(*x.datum);
        if (!at || !may_be_of(s, claim, *x.datum)) continue;
        const Relation meant = by_speed(relation, lower(s.text), *x.datum);
        for (const Direction& direction : directions)
            if (auto found = held_against(q, meant, direction, *x.datum, *at, context)) return found;
    }
    return std::nullopt;
}

} // namespace assay::claims

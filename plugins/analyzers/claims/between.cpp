// Relations of two data that a statement names and the document need not give: "alpha is 1.3x as fast as beta".
#include "claims/judging.hpp"
#include "claims/relation.hpp"
#include "claims/words.hpp"
#include <algorithm>
#include <set>

namespace assay::claims {

namespace {

constexpr double as_near = 0.35; ///< names that say as much

bool same_rows(const Datum& x, const Datum& y) {
    return x.artifact == y.artifact && x.table == y.table && x.rows == y.rows && x.n == y.n;
}

/// Statistics that a text names, in order.
std::vector<std::string> stats_named(const std::string& text) {
    std::vector<std::string> out;
    for (const auto& word : concepts(text)) {
        std::string stat = statistic(word);
        if (stat == "best" || stat == "worst" || stat.empty() || stat == "count" || stat == "range") continue;
        if (std::find(out.begin(), out.end(), stat) == out.end()) out.push_back(std::move(stat));
    }
    return out;
}

/// Two that are named alone, in one metric that is named, and differ otherwise whichever way it is reckoned.
std::optional<Verdict> contradicted_pair(const Quantity& q, Relation relation, const std::vector<Meant>& some,
                                         const std::vector<Meant>& others) {
    const auto only = [](const std::vector<Meant>& all) {
        return std::count_if(all.begin(), all.end(), [](const Meant& m) { return m.behind <= as_near; }) == 1;
    };
    const auto nearer = [](const Meant& a, const Meant& b) { return a.behind < b.behind; };
    if (!only(some) || !only(others)) return std::nullopt;
    const Datum &x = std::min_element(some.begin(), some.end(), nearer)->datum,
                &y = std::min_element(others.begin(), others.end(), nearer)->datum;
    if (x.column != y.column || same_rows(x, y) || x.value == 0 || y.value == 0) return std::nullopt;
    const bool ratio = relation == Relation::ratio;
    for (const Relation any : {Relation::ratio, Relation::more, Relation::less})
        for (const auto& [a, b] : {std::pair{x.value, y.value}, std::pair{y.value, x.value}})
            if ((any == Relation::ratio) == ratio && rounds_to(result_of(any, a, b), q)) return std::nullopt;
    Verdict v = relation_verdict(relation, x, y, x.value, y.value);
    v.status = Status::contradicted;
    return v;
}

} // namespace

std::vector<std::pair<std::size_t, std::size_t>> Judging::names_paired(const std::string& text) const {
    constexpr std::size_t most = 10; ///< bounds the time, and what agrees by chance
    std::vector<std::size_t> named;
    for (const auto& [part, share] : contexts_.names_in(text))
        if (share >= 0.7 && world_.entity[part] && !world_.slots[part].empty()) named.push_back(part);
    std::vector<std::pair<std::size_t, std::size_t>> out;
    for (std::size_t a = 0; a < named.size(); ++a)
        for (std::size_t b = a + 1; b < named.size() && out.size() < most; ++b) {
            const auto &x = world_.slots[named[a]], &y = world_.slots[named[b]];
            if (std::any_of(x.begin(), x.end(),
                            [&](auto slot) { return std::find(y.begin(), y.end(), slot) != y.end(); }))
                out.emplace_back(named[a], named[b]);
        }
    return out;
}

std::optional<Verdict> Judging::between(std::size_t index, const Context& context) {
    const Claim& claim = document_.claims[index];
    const Statement& s = document_.statements[claim.statement];
    const Quantity& q = claim.quantity;
    const bool row = s.form == Statement::Form::row && claim.cell < s.columns->size();
    const std::string& own = row ? s.cells[claim.cell] : s.text;
    const std::string text = row ? s.first + " " + (*s.columns)[claim.cell] + " " + own : s.text + " " + s.label;
    const std::string said = lower(text);
    const Relation relation = relation_of(q, said, lower(own.substr(q.end, 30)));
    if (claim.high || q.digits < 2 || relation == Relation::none) return std::nullopt;
    const auto verdict = [&](const Datum& x, const Datum& y) -> std::optional<Verdict> {
        if (x.value == 0 || y.value == 0 || x.unit != y.unit) return std::nullopt;
        const Relation meant = by_speed(relation, said, x);
        for (const auto& [a, b] : {std::pair{&x, &y}, std::pair{&y, &x}})
            if (rounds_to(result_of(meant, a->value, b->value), q))
                return relation_verdict(meant, *a, *b, a->value, b->value);
        return std::nullopt;
    };
    auto stats = stats_named(text);
    // Of one subject.
    const auto data = data_meant(world_, context, stats.empty() ? std::vector<std::string>{""} : stats);
    for (const auto& [x, table, off] : data)
        for (const auto& [y, other, off_too] : data) {
            if (off > as_near || off_too > as_near || !same_rows(x, y)) continue;
            const bool of_stats = x.column == y.column && x.stat != y.stat && relation != Relation::share;
            const bool of_metrics = x.column != y.column && x.stat == y.stat && relation == Relation::share;
            if (of_stats || of_metrics)
                if (auto found = verdict(x, y)) return found;
        }
    if (relation == Relation::share) return std::nullopt;
    if (stats.size() != 1) stats = {"mean"};
    Context heard = context;
    hear_metrics_before(index, heard);
    for (const auto& [a, b] : names_paired(text)) {
        const auto some = data_meant(world_, contexts_.side(heard, world_.parts[a], world_.parts[b], false), stats),
                   others = data_meant(world_, contexts_.side(heard, world_.parts[b], world_.parts[a], true), stats);
        for (const auto& [x, table, off] : some)
            for (const auto& [y, other, off_too] : others) {
                const bool alike = world_.kinds[table] == world_.kinds[other];
                const double most = (alike ? 2 : 1) * as_near + (q.digits > 2 ? 1 : 0); // the more digits agree
                if (x.column != y.column || same_rows(x, y) || off + off_too > most) continue;
                if (auto found = verdict(x, y)) return found;
            }
    }
    const auto than = text.find(" than ");
    if (row || than == text.npos) return std::nullopt;
    const std::string ours = text.substr(0, than),
                      theirs = text.substr(than + 6, text.find_first_of(",;(.", than) - than - 6);
    return contradicted_pair(q, relation, data_meant(world_, contexts_.side(context, ours, theirs, false), stats),
                             data_meant(world_, contexts_.side(context, theirs, ours, true), stats));
}

void Judging::hear_metrics_before(std::size_t index, Context& context) {
    constexpr std::size_t most = 24, most_metrics = 3;
    std::set<std::string> metrics;
    for (std::size_t i = index, back = 0; i-- > 0 && back < most && metrics.size() < most_metrics; ++back) {
        const Claim& other = document_.claims[i];
        if (document_.statements[other.statement].headings !=
            document_.statements[document_.claims[index].statement].headings)
            break;
        const Verdict& v = measured(i);
        if (v.status != Status::supported || !v.datum || !metrics.insert(v.datum->metric).second) continue;
        for (std::size_t word = 0; word < world_.vocabulary.size(); ++word)
            if ((" " + v.datum->metric).find(" " + world_.vocabulary[word] + " ") != std::string::npos) {
                context.heard[word] = std::max(context.heard[word], 0.8);
                context.in_near[word] = context.in_wide[word] = true;
            }
    }
}

} // namespace assay::claims

// Relations of two data that a statement names and the document need not give: "alpha is 1.3x as fast as beta".
#include "claims/direction.hpp"
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

/// As the number comes out: of the first against the second, or the other way round.
Verdict told_as(const Quantity& q, Relation relation, const Datum& x, const Datum& y) {
    return rounds_to(result_of(relation, x.value, y.value), q) ? relation_verdict(relation, x, y, x.value, y.value)
                                                               : relation_verdict(relation, y, x, y.value, x.value);
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

std::vector<std::size_t> Judging::things_in(const std::string& text) const {
    std::vector<std::size_t> out;
    for (const auto& [part, share] : contexts_.names_in(text))
        if (share >= 0.7 && world_.entity[part] && !world_.slots[part].empty()) out.push_back(part);
    return out;
}

bool Judging::share_slot(std::size_t part, std::size_t other) const {
    const auto &x = world_.slots[part], &y = world_.slots[other];
    return std::any_of(x.begin(), x.end(), [&](auto slot) { return std::find(y.begin(), y.end(), slot) != y.end(); });
}

std::vector<Judging::Pair> Judging::names_paired(const std::string& text,
                                                 const std::vector<Direction>& directions) const {
    constexpr std::size_t most = 10, most_of_many = 4; ///< bounds the time, and what agrees by chance
    const auto named = things_in(text);
    std::vector<Pair> out;
    for (const Direction& direction : directions) {
        const auto bases = things_in(direction.base);
        auto own = things_in(direction.subject);
        const auto is_base = [&](std::size_t part) {
            return std::find(bases.begin(), bases.end(), part) != bases.end();
        };
        for (const bool all : {false, true}) {
            for (const std::size_t base : bases)
                for (const std::size_t part : all ? named : own)
                    if (!is_base(part) && share_slot(part, base) && out.size() < most)
                        out.push_back({part, base, direction, true});
            if (!out.empty()) return out;
        }
    }
    for (std::size_t a = 0; a < named.size(); ++a)
        for (std::size_t b = a + 1; b < named.size() && out.size() < (named.size() > 3 ? most_of_many : most); ++b)
            if (share_slot(named[a], named[b])) out.push_back({named[a], named[b], {}, false});
    return out;
}

bool Judging::is_of(const Meant& meant, std::size_t own, std::size_t other) const {
    bool rows_own = false, rows_other = false;
    for (const auto& [part, share] : contexts_.names_in(meant.datum.rows)) {
        rows_own = rows_own || (part == own && share >= 0.7);
        rows_other = rows_other || (part == other && share >= 0.7);
    }
    if (rows_own || rows_other) return rows_own && !rows_other;
    const auto& parts = world_.tables[meant.table].parts;
    return std::binary_search(parts.begin(), parts.end(), own) &&
           !std::binary_search(parts.begin(), parts.end(), other);
}

void Judging::restrict_to(std::size_t part, Context& context) {
    if (tables_of_.empty()) {
        tables_of_.resize(world_.parts.size());
        for (std::size_t t = 0; t < world_.tables.size(); ++t) {
            std::set<std::size_t> borne(world_.tables[t].parts.begin(), world_.tables[t].parts.end());
            for (const auto& column : world_.tables[t].columns)
                for (const auto& value : column.values) borne.insert(value.parts.begin(), value.parts.end());
            for (const auto& [alias, others] : world_.tables[t].aliases) borne.insert(alias);
            for (const std::size_t each : borne) tables_of_[each].push_back(t);
        }
    }
    std::vector<bool> outside(world_.tables.size(), true);
    for (const std::size_t t : tables_of_[part]) outside[t] = context.scope.excludes(t);
    context.scope.outside = std::move(outside);
}

bool Judging::leaves_metric_open(const Statement& s, const Claim& claim) const {
    const bool row = s.form == Statement::Form::row && claim.cell < s.columns->size();
    const std::string& own = text_around(s, claim);
    const std::string clause = clause_around(own, claim.quantity);
    const auto names_metric = [&](const std::string& text) {
        const auto words = concepts(text);
        return std::any_of(words.begin(), words.end(),
                           [&](const auto& word) {
                               return word != "rate" && statistic(word).empty() && holds(world_.metric_words, word) &&
                                      things_in(word).empty();
                           }) ||
               lower(text).find("throughput") != text.npos || lower(text).find(" speed ") != text.npos;
    };
    if (names_metric(clause) || has_property(clause)) return false;
    if (row && (names_metric((*s.columns)[claim.cell]) || names_metric(s.first))) return false;
    if (row && !compares(clause))
        for (const auto& word : concepts((*s.columns)[claim.cell])) {
            static const std::set<std::string> general{
                "vs",     "versus", "ratio", "relative",   "compared",    "speedup", "factor",   "change", "faster",
                "slower", "delta",  "diff",  "difference", "gain",        "over",    "baseline", "with",   "the",
                "to",     "than",   "rate",  "advantage",  "improvement", "by",      "of"};
            if (general.count(word) == 0 && contexts_.names_in(word).empty()) return false;
        }
    return row || speaks_of_speed(clause) ||
           !names_metric(own.substr(0, claim.quantity.begin) + " " + own.substr(claim.quantity.end) + " " + s.label);
}

bool Judging::may_be_of(const Statement& s, const Claim& claim, const Datum& datum) const {
    const bool row = s.form == Statement::Form::row && claim.cell < s.columns->size();
    const std::string& own = text_around(s, claim);
    const Quantity& q = claim.quantity;
    const std::string rest = own.substr(0, q.begin) + " " + own.substr(q.end); // "4.1 times" is no time
    const std::string all = row ? (*s.columns)[claim.cell] + " " + s.first + " " + rest : rest + " " + s.label;
    if (speaks_of_speed(clause_around(own, claim.quantity)) && !is_time(datum) && !is_rate(datum)) return false;
    if (leaves_metric_open(s, claim)) return true;
    const auto said = concepts(all);
    const auto metric = concepts(datum.metric);
    return std::any_of(metric.begin(), metric.end(), [&](const auto& word) { return holds(said, word); }) ||
           (is_time(datum) && holds(said, "time")) || (is_rate(datum) && holds(said, "rate"));
}

std::optional<Judging::Ordered> Judging::ordered(const std::vector<Direction>& directions, const Datum& x,
                                                 const Datum& y, bool far) const {
    const auto names = [&](const Datum& datum) {
        std::string text = datum.rows;
        if (datum.artifact < world_.paths.size()) text += " " + world_.paths[datum.artifact];
        return things_in(text);
    };
    const auto has = [](const std::vector<std::size_t>& all, std::size_t part) {
        return std::find(all.begin(), all.end(), part) != all.end();
    };
    const auto a = names(x), b = names(y);
    for (const Direction& direction : directions) {
        const auto bases = things_in(direction.base);
        const auto own = things_in(direction.subject);
        for (const std::size_t base : bases) {
            const bool of_x = has(a, base), of_y = has(b, base);
            std::vector<std::size_t> subjects; // what the base may be held against
            for (const std::size_t part : own)
                if (part != base && !has(bases, part) && share_slot(part, base)) subjects.push_back(part);
            if (of_x == of_y) {
                if (far && !of_x && !subjects.empty()) return std::nullopt;
                continue;
            }
            const auto& other = of_x ? b : a;
            if (far && !subjects.empty() &&
                std::none_of(subjects.begin(), subjects.end(), [&](auto part) { return has(other, part); }))
                return std::nullopt;
            return Ordered{direction, of_x, true};
        }
    }
    return Ordered{{}, false, false};
}

std::optional<Verdict> Judging::by_any_speed(const Quantity& q, Relation relation, const std::vector<Pair>& pairs,
                                             const Context& context, const std::vector<std::string>& stats,
                                             bool& several) {
    Context heard = context;
    std::fill(heard.heard.begin(), heard.heard.end(), 1);
    std::fill(heard.in_near.begin(), heard.in_near.end(), true);
    std::fill(heard.in_wide.begin(), heard.in_wide.end(), true);
    std::set<std::string> columns;
    for (const Pair& pair : pairs) {
        Context one = contexts_.side(heard, world_.parts[pair.subject], world_.parts[pair.base], false),
                two = contexts_.side(heard, world_.parts[pair.base], world_.parts[pair.subject], true);
        restrict_to(pair.subject, one), restrict_to(pair.base, two);
        const auto some = data_meant(world_, one, stats), others = data_meant(world_, two, stats);
        for (const Meant& x : some)
            for (const Meant& y : others) {
                if (x.datum.column != y.datum.column || x.datum.unit != y.datum.unit || x.behind + y.behind > as_near ||
                    !(is_time(x.datum) || is_rate(x.datum)) || !is_of(x, pair.subject, pair.base) ||
                    !is_of(y, pair.base, pair.subject))
                    continue;
                columns.insert(x.datum.column);
                const Relation meant = by_speed(relation, "", x.datum);
                if (pair.ordered && relates(q, meant, pair.direction, x.datum, y.datum))
                    return told_as(q, meant, x.datum, y.datum);
            }
    }
    several = columns.size() > 1;
    return std::nullopt;
}

std::optional<Verdict> Judging::between(std::size_t index, const Context& context) {
    const Claim& claim = document_.claims[index];
    const Statement& s = document_.statements[claim.statement];
    const Quantity& q = claim.quantity;
    const bool row = s.form == Statement::Form::row && claim.cell < s.columns->size();
    const std::string& own = text_around(s, claim);
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
    if (leaves_metric_open(s, claim)) hear_metrics_before(index, heard);
    const auto pairs = names_paired(text, directions_in(s, claim));
    for (const Pair& pair : pairs) {
        const std::string &subject = world_.parts[pair.subject], &base = world_.parts[pair.base];
        Context one = contexts_.side(heard, subject, base, false), two = contexts_.side(heard, base, subject, true);
        restrict_to(pair.subject, one), restrict_to(pair.base, two);
        const auto some = data_meant(world_, one, stats), others = data_meant(world_, two, stats);
        for (const Meant& x : some)
            for (const Meant& y : others) {
                const bool alike = world_.kinds[x.table] == world_.kinds[y.table];
                const double most = (alike ? 2 : 1) * as_near + (q.digits > 2 ? 1 : 0); // the more digits agree
                if (x.datum.column != y.datum.column || same_rows(x.datum, y.datum) || x.behind + y.behind > most ||
                    x.datum.unit != y.datum.unit)
                    continue;
                const Relation meant = by_speed(relation, said, x.datum);
                const bool holds = pair.ordered ? relates(q, meant, pair.direction, x.datum, y.datum)
                                                : verdict(x.datum, y.datum).has_value();
                if (!holds || !is_of(x, pair.subject, pair.base) || !is_of(y, pair.base, pair.subject) ||
                    !may_be_of(s, claim, x.datum))
                    continue;
                return told_as(q, meant, x.datum, y.datum);
            }
    }
    const auto than = text.find(" than ");
    if (row || than == text.npos) return std::nullopt;
    const std::string ours = text.substr(0, than),
                      theirs = text.substr(than + 6, text.find_first_of(",;(.", than) - than - 6);
    auto against =
        contradicted_pair(q, relation, data_meant(world_, contexts_.side(context, ours, theirs, false), stats),
                          data_meant(world_, contexts_.side(context, theirs, ours, true), stats));
    if (!against || !speaks_of_speed(clause_around(own, q))) return against;
    bool several = false;
    if (auto found = by_any_speed(q, relation, pairs, context, stats, several)) return found;
    return several ? std::nullopt : against;
}

void Judging::hear_metrics_before(std::size_t index, Context& context) {
    constexpr std::size_t most = 24, most_metrics = 3;
    std::set<std::string> metrics;
    const Claim& claim = document_.claims[index];
    const Statement& own = document_.statements[claim.statement];
    const bool speed = speaks_of_speed(clause_around(text_around(own, claim), claim.quantity));
    for (std::size_t i = index, back = 0; i-- > 0 && back < most && metrics.size() < most_metrics; ++back) {
        const Claim& other = document_.claims[i];
        if (document_.statements[other.statement].headings != own.headings) break;
        const Verdict& v = measured(i);
        if (v.status == Status::supported && v.datum && speed && !is_time(*v.datum) && !is_rate(*v.datum)) continue;
        if (v.status != Status::supported || !v.datum || !metrics.insert(v.datum->metric).second) continue;
        for (std::size_t word = 0; word < world_.vocabulary.size(); ++word)
            if ((" " + v.datum->metric).find(" " + world_.vocabulary[word] + " ") != std::string::npos) {
                context.heard[word] = std::max(context.heard[word], 0.8);
                context.in_near[word] = context.in_wide[word] = true;
            }
    }
}

} // namespace assay::claims

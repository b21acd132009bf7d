// Claims of a value: found among what the data give for the same subject, or contradicted by it.
#include "claims/judge.hpp"
#include "claims/words.hpp"
#include <algorithm>
#include <assay/stats/display.hpp>
#include <assay/stats/interval.hpp>
#include <cmath>

namespace assay::claims {

namespace {

constexpr double fits = 0.6;          ///< least metric fit of a column that can support
constexpr double surely_meant = 0.75; ///< least metric fit of a column that is beyond doubt

Datum datum_of(const Subject& s, const Value& v) {
    const DataTable& table = *s.table;
    const DataColumn& column = table.columns[s.column];
    Datum d;
    d.artifact = table.artifact;
    d.table = table.name;
    d.column = column.source.name;
    d.stat = v.stat;
    d.rows = s.rows_text;
    d.value = v.value;
    d.unit = v.stat == "cv" ? "%" : column.source.unit;
    for (const auto& word : column.words) d.metric += word + ' ';
    d.n = v.n;
    if (v.row != SIZE_MAX) d.line = (*table.rows)[v.row].line;
    if (table.artifact == SIZE_MAX) d.selector = table.path;
    return d;
}

/// In words, with its value.
std::string told(const Datum& d, const Subject& s) {
    const auto& rows = *s.table->rows;
    const bool failed = d.n == 1 && s.rows.size() == 1 && rows[s.rows[0]].went_wrong();
    return told(d, s.table->path, failed);
}

struct Match {
    const Subject* subject;
    Value value;
    double converted = 0;
};

Verdict support(const Match& m) {
    Verdict v;
    v.status = Status::supported;
    v.datum = datum_of(*m.subject, m.value);
    v.expected = m.converted;
    v.reason = told(*v.datum, *m.subject);
    return v;
}

/// A coefficient of variation is a share, whatever was measured.
Unit unit_of(const Subject& s, const Value& v) {
    return v.stat == "cv" ? Unit{Measure::percent} : s.table->columns[s.column].unit;
}

bool holds_bound(double value, const Quantity& q) {
    const double slack = 1e-9 * std::abs(q.value);
    return q.bound == '>' ? value >= q.value - slack : value <= q.value + slack;
}

/// In the claim's unit, and in the column's own.
struct Extent {
    double low, high;
    std::size_t n;
    double raw_low, raw_high;
};
std::optional<Extent> extent(const Subject& s, const Context& c) {
    auto v = numbers(*s.table, s.column, s.rows);
    if (c.warm && v.size() > 2) v.erase(v.begin());
    if (v.empty()) return std::nullopt;
    const auto [low, high] = std::minmax_element(v.begin(), v.end());
    const Unit& unit = s.table->columns[s.column].unit;
    const auto a = convert(*low, unit, c.unit, false), b = convert(*high, unit, c.unit, false);
    if (!a.ok || !b.ok) return std::nullopt;
    return Extent{a.value, b.value, v.size(), *low, *high};
}

/// Of the median between order statistics, and of the mean by Student's t.
std::vector<Extent> intervals(const Subject& s, const Context& c) {
    auto v = numbers(*s.table, s.column, s.rows);
    const Unit& unit = s.table->columns[s.column].unit;
    std::vector<Extent> out;
    const auto give = [&](double low, double high) {
        const auto a = convert(low, unit, c.unit, false), b = convert(high, unit, c.unit, false);
        if (a.ok && b.ok) out.push_back({a.value, b.value, v.size(), low, high});
    };
    if (v.size() < 2) return out;
    stats::Moments moments;
    for (const double x : v) moments.add(x);
    std::sort(v.begin(), v.end());
    if (const auto of_median = stats::median_interval(v.size())) give(v[of_median->lo], v[of_median->hi]);
    if (const auto of_mean = stats::mean_interval(moments)) give(of_mean->lo, of_mean->hi);
    return out;
}

class Judge {
  public:
    Judge(const World& world, const Claim& claim, const Quantity* high, const Context& context)
        : q_{claim.quantity}, high_{high}, context_{context}, subjects_{subjects(world, world.tables, context)} {
        for (const auto& s : subjects_) top_metric_ = std::max(top_metric_, s.metric);
        for (const auto& s : subjects_) {
            if (s.metric < std::max(fits, top_metric_ - 0.25)) continue;
            top_entity_ = std::max(top_entity_, s.entity);
            top_coverage_ = std::max(top_coverage_, s.coverage);
        }
    }

    std::optional<Verdict> run() {
        if (top_metric_ < fits) return std::nullopt;
        for (const auto& s : subjects_) try_subject(s);
        if (!context_.unresolved.empty()) {
            Verdict v;
            v.reason = "nothing in the data is called '" + context_.unresolved + "'";
            return v;
        }
        if (best_) return support(*best_);
        if (auto found = contradict()) return found;
        if (other_ && q_.digits >= 3) {
            const Datum d = datum_of(*other_->subject, other_->value);
            Verdict v;
            v.reason = "that is another subject's: " + told(d, *other_->subject);
            return v;
        }
        return std::nullopt;
    }

  private:
    bool sure(const Subject& s) const {
        return s.metric >= surely_meant && s.metric >= top_metric_ - 0.1 && s.entity >= top_entity_ - 0.35 &&
               s.entity > 0.5 && !s.several && (s.specific || s.chosen) && (s.picked || s.coverage > 0.45);
    }
    /// How far names may be off: the more digits agree, the less that is by chance.
    double margin() const {
        return q_.digits >= 7 ? 8 : q_.digits >= 5 ? 4 : q_.digits == 4 ? 2.5 : q_.digits == 3 ? 1.5 : 0.7;
    }
    bool plausible(const Subject& s) const { return q_.digits >= 5 || s.picked || s.coverage > 0.45; }

    void try_subject(const Subject& s) {
        if (s.metric < fits || s.metric < top_metric_ - 0.35) return;
        if (high_ || q_.bound != 0) return try_extent(s);
        try_cells(s);
        for (const Value& v : values(s, context_))
            if (v.stat != "max" || !context_.stat.empty() || q_.digits >= 4)
                for (const bool alternative : {false, true}) {
                    const auto converted = convert(v.value, unit_of(s, v), context_.unit, alternative);
                    if (converted.ok && rounds_to(converted.value, q_)) take({&s, v, converted.value});
                }
    }
    /// A number of so many digits is no chance hit: single rows may be meant, where no statistic of them is claimed.
    void try_cells(const Subject& s) {
        const DataColumn& column = s.table->columns[s.column];
        if (q_.digits < 6 || (column.stat.empty() && !context_.stat.empty())) return;
        if (!context_.stat.empty() && column.stat != context_.stat) return;
        for (const std::size_t row : s.rows) {
            const auto v = numbers(*s.table, s.column, {row});
            if (v.empty()) continue;
            const auto converted = convert(v[0], column.unit, context_.unit, false);
            if (converted.ok && rounds_to(converted.value, q_)) take({&s, {v[0], "value", row, 1}, converted.value});
        }
    }
    void try_extent(const Subject& s) {
        const auto e = extent(s, context_);
        if (!e) return;
        bool ok = false;
        if (high_ && holds(context_.near, "interval"))
            for (const Extent& i : intervals(s, context_))
                if (rounds_to(i.low, q_) && rounds_to(i.high, *high_))
                    return take({&s, {i.raw_low, "interval", SIZE_MAX, i.n}, i.low});
        if (high_) {
            ok = rounds_to(e->low, q_) && rounds_to(e->high, *high_);
            if (!ok && e->n > 1 && context_.stat == "mean")
                for (const Value& v : values(s, context_)) {
                    const double x = convert(v.value, unit_of(s, v), context_.unit, false).value;
                    ok = ok || (x >= q_.value - q_.step / 2 && x <= high_->value + high_->step / 2);
                }
        } else if (const auto stated = stated_within_bound(s)) {
            return take({&s, *stated, convert(stated->value, unit_of(s, *stated), context_.unit, false).value});
        } else {
            ok = holds_bound(q_.bound == '>' ? e->low : e->high, q_);
        }
        if (!ok) return;
        if (high_) return take({&s, {e->raw_low, "range", SIZE_MAX, e->n}, e->low});
        if (q_.bound == '>') return take({&s, {e->raw_low, "min", SIZE_MAX, e->n}, e->low});
        take({&s, {e->raw_high, "max", SIZE_MAX, e->n}, e->high});
    }
    /// "The mean is below 40 ms": no matter what single values are.
    std::optional<Value> stated_within_bound(const Subject& s) const {
        if (context_.stat.empty()) return std::nullopt;
        for (const Value& v : values(s, context_)) {
            const auto converted = convert(v.value, unit_of(s, v), context_.unit, false);
            if (v.stat == context_.stat && converted.ok && holds_bound(converted.value, q_)) return v;
        }
        return std::nullopt;
    }
    void take(const Match& m) {
        const bool all_named = m.subject->coverage >= top_coverage_ - 0.01 && q_.digits >= 3;
        if (m.subject->entity >= top_entity_ - margin() - (all_named ? 1 : 0) && plausible(*m.subject)) {
            if (!best_ || rank(m) > rank(*best_)) best_ = m;
        } else if (!other_ || rank(m) > rank(*other_)) {
            other_ = m;
        }
    }
    static double rank(const Match& m) { return m.subject->entity + 3 * m.subject->metric; }

    /// The one value of the best subjects, where there is no doubt which is meant.
    std::optional<Match> expected() const {
        std::optional<Match> found;
        for (const auto& s : subjects_) {
            if (!sure(s)) continue;
            const auto all = values(s, context_);
            if (all.empty()) continue;
            const auto v = convert(all[0].value, unit_of(s, all[0]), context_.unit, false);
            const Match here{&s, all[0], v.value};
            if (v.ok && (!found || rank(here) > rank(*found) + 1e-9)) found = here;
        }
        return found;
    }
    std::optional<Verdict> contradict() {
        const auto found = expected();
        if (!found) return std::nullopt;
        const Subject& s = *found->subject;
        if (high_ && holds(context_.near, "interval")) return std::nullopt; // there are other ways to compute one
        // A bare whole number may count anything.
        if (!context_.unit.known() && q_.step >= 1 && (s.entity < 2 || counts_rows(q_.noun))) return std::nullopt;
        const auto e = extent(s, context_);
        const bool one = found->value.n == 1,
                   stated = !context_.stat.empty() && (context_.stat_labelled || !context_.stat_near);
        if (!one && !stated && !s.chosen && !high_ && q_.bound == 0 && inside_another()) return std::nullopt;
        const bool within = e && q_.value >= e->low && q_.value <= e->high;
        if (found->value.stat == "sum" && e && e->low == e->high) return std::nullopt; // nobody sums a capacity
        const bool counts = s.table->columns[s.column].source.type == ASSAY_TYPE_INT;  // of which a total may be meant
        const bool doubt =
            context_.guessed || (context_.keyed && context_.stat.empty() && within) ||
            (context_.partly && !context_.warm) || (context_.edge != 0 && !context_.of_row) || !all_named(s) ||
            (counts && !one && context_.stat.empty()) || !same_units(s, found->value) || has_rival(*found) ||
            may_be_rounded(found->converted) || is_bare_digit(s) ||
            (!context_.of_row && !one && !s.chosen && !high_ && (within || !context_.stat_beside || s.entity < 2));
        if (high_ || q_.bound != 0) {
            if (!e || (!s.chosen && e->n > 1 && !stated && !context_.warm && q_.bound != 0)) return std::nullopt;
        } else if (!one && !stated && !s.chosen && within) {
            return std::nullopt;
        }
        Verdict v;
        v.status = doubt ? Status::unsupported : Status::contradicted;
        v.datum = datum_of(s, found->value);
        v.expected = found->converted;
        v.reason = (doubt ? "nothing in the data says so; nearest, " : "") + told(*v.datum, s);
        if (high_ && e) v.reason += ", from " + stats::display(e->low) + " to " + stats::display(e->high);
        return v;
    }

    /// Does the statement name all that the subject is of: the metric, the file among those of its kind, and no thing
    /// that this is not?
    bool all_named(const Subject& s) const {
        const DataColumn& column = s.table->columns[s.column];
        if (s.coverage < 0.6) return false;
        // "0.64" is no count of tokens.
        const bool whole = column.source.type == ASSAY_TYPE_INT && context_.stat != "mean" && context_.stat != "median";
        if (whole && q_.step < 1 && !context_.unit.known() && !high_) return false;
        // A column called by its unit alone, "seconds", needs no more.
        for (std::size_t i = 0; i < column.words.size() && !context_.unit.known(); ++i) {
            const auto& word = column.words[i];
            if (context_.heard[column.word_ids[i]] < 0.9 && !says_little(word) && !is_scale(word) &&
                word != column.unit.noun)
                return false;
        }
        return true;
    }
    /// Zeros at the end of a number may stand for digits left out.
    bool may_be_rounded(double value) const {
        double step = q_.step;
        while (q_.value != 0 && std::fmod(q_.value, step * 10) == 0 && step < 1e12) step *= 10;
        return std::abs(value - q_.value) <= step / 2;
    }
    /// "1" in a sentence may be anything but a measurement.
    bool is_bare_digit(const Subject& s) const {
        return !context_.of_row && !context_.unit.known() && q_.step >= 1 && q_.digits < 2 &&
               s.table->columns[s.column].source.type == ASSAY_TYPE_FLOAT;
    }
    /// Are both in units of one measure, or both without? "12 timeouts" are no 270 tokens/s.
    bool same_units(const Subject& s, const Value& v) const {
        const Unit &given = unit_of(s, v), &claimed = context_.unit;
        return given.known() ? claimed.known() || context_.of_row : !claimed.known();
    }
    /// Do other rows or files fit as well that have another value?
    bool has_rival(const Match& found) const {
        for (const auto& s : subjects_) {
            const Subject& own = *found.subject;
            if (&s == &own || s.metric < own.metric - 0.05 || s.entity < own.entity - 1.0) continue;
            const auto all = values(s, context_);
            if (all.empty()) continue;
            const auto v = convert(all[0].value, unit_of(s, all[0]), context_.unit, false);
            if (v.ok && std::abs(v.value - found.converted) > 0.02 * std::abs(found.converted)) return true;
        }
        return false;
    }

    /// Does the number lie among the values of any table that might be meant?
    bool inside_another() const {
        for (const auto& s : subjects_) {
            if (s.metric < fits || s.entity < top_entity_ - 1.5) continue;
            const auto e = extent(s, context_);
            if (e && q_.value >= e->low && q_.value <= e->high) return true;
        }
        return false;
    }

    const Quantity& q_;
    const Quantity* high_;
    const Context& context_;
    std::vector<Subject> subjects_;
    double top_metric_ = 0, top_entity_ = -1e9, top_coverage_ = 0;
    std::optional<Match> best_, other_;
};

} // namespace

bool rounds_to(double value, const Quantity& claimed) {
    const double distance = std::abs(std::abs(value) - std::abs(claimed.value));
    if (!claimed.signed_ && value * claimed.value < 0) return false;
    return distance <= claimed.step / 2 * (1 + 1e-6) + 1e-12 * std::abs(value);
}

std::optional<Verdict> judge_value(const World& world, const Claim& claim, const Quantity* high,
                                   const Context& context) {
    return Judge{world, claim, high, context}.run();
}

std::optional<Verdict> judge_pooled(const World& world, const Claim& claim, const Context& claimed) {
    const Quantity& q = claim.quantity;
    Context context = claimed;
    if (context.stat.empty() && q.edge != 0) context.stat = q.edge < 0 ? "min" : "max";
    if (q.kind != Kind::number || q.bound != 0 || (context.stat.empty() && !claim.high) || context.warm ||
        context.cold || !context.unresolved.empty())
        return std::nullopt;
    const auto all = subjects(world, world.pools, context);
    std::optional<Match> best;
    const auto take = [&](const Match& m) {
        if (!best || m.subject->entity > best->subject->entity) best = m;
    };
    for (const Subject& s : all) {
        if (s.metric < surely_meant || !(s.chosen || s.entity > 1) || s.several) continue;
        if (claim.high && holds(context.near, "interval"))
            for (const Extent& i : intervals(s, context))
                if (rounds_to(i.low, q) && rounds_to(i.high, *claim.high))
                    take({&s, {i.raw_low, "interval", SIZE_MAX, i.n}, i.low});
        if (claim.high) { // from the smallest to the largest
            const auto e = extent(s, context);
            if (e && rounds_to(e->low, q) && rounds_to(e->high, *claim.high))
                take({&s, {e->raw_low, "range", SIZE_MAX, e->n}, e->low});
            continue;
        }
        for (const Value& v : values(s, context)) {
            const auto converted = convert(v.value, unit_of(s, v), context.unit, false);
            const bool extreme = v.stat == "min" || v.stat == "max";
            if (converted.ok && rounds_to(converted.value, q) && (v.n > 1 || extreme)) take({&s, v, converted.value});
        }
    }
    if (!best) return std::nullopt;
    return support(*best);
}

std::vector<Meant> data_meant(const World& world, const Context& claimed, const std::vector<std::string>& stats) {
    constexpr double least = 0.4, near = 1.5; // of the metric; of what names say
    std::vector<Meant> out;
    for (const std::string& stat : stats) {
        Context context = claimed;
        context.stat = stat;
        context.unit = {};
        const auto all = subjects(world, world.tables, context);
        const auto said = [&](const Subject& s) {
            const DataColumn& column = s.table->columns[s.column];
            bool any = false;
            for (std::size_t i = 0; i < column.words.size(); ++i) {
                const bool little = says_little(column.words[i]) || is_scale(column.words[i]);
                if (!little && column.words[i] != column.unit.noun && context.heard[column.word_ids[i]] < 0.6)
                    return false;
                any = any || context.heard[column.word_ids[i]] >= 0.6;
            }
            return any && s.metric >= least && !s.several;
        };
        double top = -1e9;
        for (const Subject& s : all)
            if (said(s)) top = std::max(top, s.entity);
        for (const Subject& s : all)
            if (said(s) && s.entity >= top - near)
                if (const auto given = values(s, context); !given.empty())
                    out.push_back({datum_of(s, given[0]), static_cast<std::size_t>(s.table - world.tables.data()),
                                   top - s.entity});
    }
    return out;
}

} // namespace assay::claims

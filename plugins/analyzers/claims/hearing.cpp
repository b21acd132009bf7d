// Which words of the data a claim's surroundings say, how near, and what they tell of its rows.
#include "claims/context.hpp"
#include "claims/words.hpp"
#include <algorithm>
#include <cmath>
#include <utility>

namespace assay::claims {

namespace {

constexpr std::size_t most_beside = 10; ///< of a number alone: bytes behind it

} // namespace

void Contexts::hear_around(Context& c, const Claim& claim) const {
    const Statement& s = document_.statements[claim.statement];
    const Quantity& q = claim.quantity;
    c.heard.assign(world_.vocabulary.size(), 0);
    if (s.form == Statement::Form::row && claim.cell < s.cells.size()) {
        if (claim.cell < s.columns->size()) hear(c, (*s.columns)[claim.cell], 1);
        hear(c, s.first, 0.95);
        hear(c, corner_of(s, claim.cell), 0.9);
        hear(c, s.cells[claim.cell], 1);
    } else {
        const std::size_t from = q.begin > 50 ? q.begin - 50 : 0;
        hear(c, c.near_text, 1);
        hear(c, s.text.substr(from, q.end - from + 30), 0.85);
        hear(c, s.text, 0.65);
        hear(c, s.label, 0.9);
        for (std::size_t i = claim.statement, back = 0; i-- > 0 && back < 3; ++back) {
            if (document_.statements[i].block != s.block) break;
            hear(c, document_.statements[i].text, 0.5 - 0.05 * static_cast<double>(back));
        }
    }
    // An item goes on with what the items before it were about.
    for (std::size_t i = claim.statement, back = 0; s.form == Statement::Form::sentence && i-- > 0 && back < 4;
         ++back) {
        if (document_.statements[i].headings != s.headings) break;
        weigh(c, document_.statements[i].text, 0.42 - 0.04 * static_cast<double>(back));
    }
    // A number alone, as on a slide: what stands below it says what it is.
    if (s.form == Statement::Form::sentence && q.begin == 0 && s.text.size() < q.end + most_beside &&
        claim.statement + 1 < document_.statements.size()) {
        const Statement& next = document_.statements[claim.statement + 1];
        if (next.headings == s.headings) weigh(c, next.text, 0.7), hear(c, next.text, 0.7);
    }
    hear(c, lead_of(s, claim.cell), 0.5);
    for (std::size_t i = 0; i < s.headings->size(); ++i)
        hear(c, (*s.headings)[i], i + 1 == s.headings->size() ? 0.5 : 0.25);
    for (const auto& heading : *s.headings) c.section += heading + '\n';
    const bool row = s.form == Statement::Form::row;
    std::string text = " " + lower(row ? c.near_text + " " + s.first : s.text) + " ";
    std::replace_if(
        text.begin(), text.end(), [](char ch) { return ch == '\n' || ch == ',' || ch == '.'; }, ' ');
    c.extreme = has_any(text, {" between ", " from ", " to ", " until ", " rose ", " fell ", " range", " low", " high",
                               " up to ", " down to "});
    c.begin = has_any(text, {" began ", " begin ", " start", " first ", " initial", " from "});
    c.close = has_any(text, {" end", " last ", " final", " afterwards", " until ", " to "});
    c.total =
        has_any(text, {" total", " sum", " altogether ", " in all", " overall", " combined", " whole ", " across ",
                       " produced ", " generated ", " together ", " all ", " add up ", " adds up ", " amount "});
    c.spread = has_any(text, {" spread ", " range", " differ", " varie"});
    for (const Setting& setting : c.settings)
        if (setting.value >= 1 && setting.value < 10'000 && setting.value == std::floor(setting.value))
            if (setting.words.size() < 3 && !setting.counted &&
                std::any_of(setting.words.begin(), setting.words.end(), names_position))
                c.positions.push_back(static_cast<std::size_t>(setting.value));
}

void Contexts::hear_sides(Context& c, const Claim& claim) const {
    const Statement& s = document_.statements[claim.statement];
    const std::string near = " " + lower(c.near_text) + " ",
                      all = " " + lower(c.of_row ? c.near_text + " " + s.first : s.text) + " ";
    c.slow = c.cold || says(near, {"reload", "reloads", "reloaded", "reloading", "slow", "loads the", "loading",
                                   "stall", "stalls", "outlier", "outliers", "spike", "spikes"});
    c.quick = c.warm || says(near, {"others", "the other", "rest", "everything else"});
    if (c.slow && c.quick) c.slow = false;
    if (!c.slow && !c.quick) c.slow = says(all, {"cold", "reload", "reloads"}) && !says(all, {"warm", "rest"});
    for (std::size_t i = claim.peers_begin; i < claim.peers_end; ++i)
        if (const Quantity& q = document_.claims[i].quantity; q.begin != claim.quantity.begin && q.bound != 0)
            c.bounds.push_back(q);
    for (const auto& [words, scale] : {std::pair{" a second", 1.0}, std::pair{" a minute", 60.0}})
        if (const auto at = all.find(words); at != all.npos && has_any(all.substr(0, at), {"more than", "over"})) {
            Quantity q;
            q.value = scale, q.bound = '>', q.unit.measure = Measure::time;
            c.bounds.push_back(q);
        }
}

bool Context::tells(const GapSide& side, const DataColumn& column) const {
    const bool lower_is_better = column.source.direction != ASSAY_DIRECTION_HIGHER;
    if (side.upper == lower_is_better ? slow : quick) return true;
    return std::any_of(bounds.begin(), bounds.end(), [&](const Quantity& q) {
        if ((q.bound == '>') != side.upper || q.unit.measure != column.unit.measure || !q.unit.known()) return false;
        const double at = q.value * q.unit.scale / column.unit.scale;
        return at >= side.below && at <= side.above;
    });
}

} // namespace assay::claims

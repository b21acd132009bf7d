#include "claims/ranking.hpp"
#include "claims/judge.hpp"
#include "claims/words.hpp"
#include <algorithm>
#include <cmath>
#include <set>
#include <tuple>

namespace assay::claims {

namespace {

double weight_of_word(const std::string& word) { return says_little(word) || is_scale(word) ? 0.5 : 1.0; }

constexpr std::size_t most_found = 64, most_fits = 100; ///< bound the memory

/// Of equals the first in the order of tables.
bool better(const Ranked& a, const Ranked& b) {
    const auto place = [](const Ranked& r) { return std::tuple{r.said->group, r.said->column, r.said->stat}; };
    return a.score != b.score ? a.score > b.score : place(a) < place(b);
}

bool is_percentile(const std::string& stat) { return stat.size() > 1 && stat[0] == 'p' && is_digit(stat[1]); }
/// "p05" is p5.
int number_of(const std::string& percentile) { return std::atoi(percentile.c_str() + 1); }

bool share(const Unit& unit) { return unit.measure == Measure::percent || unit.measure == Measure::ratio; }

} // namespace

double Sources::worth(std::size_t table, std::size_t statement) const {
    double sum = 0;
    const auto& all = places[table];
    const std::size_t from = statement < 4 ? 0 : statement - 4;
    auto at = std::lower_bound(all.begin(), all.end(), from,
                               [](const auto& place, std::size_t wanted) { return place.first < wanted; });
    for (; at != all.end() && at->first <= statement + 4; ++at) {
        const std::size_t distance = at->first > statement ? at->first - statement : statement - at->first;
        sum += at->second * (1 - 0.2 * static_cast<double>(distance));
    }
    return 0.4 * std::min(1.0, document[table] / 3) + 0.9 * std::min(1.0, sum / 2.5);
}

void Ranking::prepare() {
    for (std::size_t part = 0; part < context_.weight.size(); ++part)
        if (context_.weight[part] >= 0.3 && world_.rarity[part] > 0.3) named_.push_back({part, context_.weight[part]});
    subjects_.assign(world_.index->groups.size(), std::nan(""));
}

bool Ranking::bears(const Group& group, std::size_t part) const {
    const auto& parts = world_.tables[group.table].parts;
    return std::binary_search(group.parts.begin(), group.parts.end(), part) ||
           std::binary_search(parts.begin(), parts.end(), part);
}

double Ranking::names(const Group& group) const {
    double got = 0, against = 0;
    for (const Name& name : named_) {
        const double rare = std::min(world_.rarity[name.part], 2.5) / 2.5;
        if (bears(group, name.part)) {
            got += name.weight * (0.4 + 0.6 * rare);
            continue;
        }
        if (!world_.entity[name.part]) continue;
        // It bears another name of which the surroundings say less; columns may call one thing by several.
        double own = -1;
        for (const std::size_t slot : world_.slots[name.part]) {
            const auto look = [&](std::size_t part) {
                if (std::find(world_.slots[part].begin(), world_.slots[part].end(), slot) == world_.slots[part].end())
                    return;
                own = std::max(own, context_.weight[part]);
                const auto& aliases = world_.tables[group.table].aliases;
                if (const auto others = aliases.find(part); others != aliases.end())
                    for (const std::size_t other : others->second) own = std::max(own, context_.weight[other]);
            };
            for (const std::size_t part : group.parts) look(part);
            for (const std::size_t part : world_.tables[group.table].parts) look(part);
        }
        if (own >= 0 && own + 0.05 < name.weight)
            against += name.weight >= 0.95  ? 2.5
                       : name.weight >= 0.5 ? 0.5 + name.weight
                                            : name.weight; // of another sentence
        else
            against += 0.25 * name.weight;
    }
    const int day = on_day(world_.tables[group.table], context_.days);
    return std::min(got, 2.5) - std::min(against, 5.0) + 0.6 * day + (context_.scope.means(group.table) ? 0.6 : 0);
}

const std::vector<const Setting*>& Ranking::settings_meant(std::size_t table, std::size_t column) const {
    const auto [at, fresh] = meant_.emplace(table * 65'536 + column, std::vector<const Setting*>{});
    if (fresh) at->second = settings_of(context_.settings, world_.tables[table], column);
    return at->second;
}

double Ranking::settings(const Group& group) const {
    const DataTable& table = world_.tables[group.table];
    double sum = 0;
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
        const auto& meant = settings_meant(group.table, c);
        if (meant.empty()) continue;
        bool same = false, chosen = false;
        for (const auto& [by, value] : group.settings)
            if (by == c)
                chosen = true, same = same || std::any_of(meant.begin(), meant.end(),
                                                          [&, v = value](const Setting* s) { return s->value == v; });
        sum += same ? 0.8 : chosen ? -2 : meant[0]->bare ? -0.3 : -0.6;
    }
    return std::max(sum, -4.0);
}

bool Ranking::of_side(const Group& group) const {
    return std::any_of(group.sides.begin(), group.sides.end(), [&](const GapSide& side) {
        return context_.tells(side, world_.tables[group.table].columns[side.column]);
    });
}

/// What a choice of rows takes for granted that nobody says.
double Ranking::unspoken(const Group& group) const {
    if (of_side(group)) return 0;
    if (group.by.empty()) return group.sides.empty() ? 0 : 10;
    const DataTable& table = world_.tables[group.table];
    struct Choice {
        const DataColumn::Value* value;
        bool number, said;
    };
    std::vector<Choice> choices;
    for (const std::size_t c : group.by) {
        const DataColumn& column = table.columns[c];
        if (column.words.size() == 1 && column.words[0] == "index") continue;
        for (const auto& value : column.values) {
            if (!std::binary_search(value.rows.begin(), value.rows.end(), group.rows[0])) continue;
            bool said = false;
            if (column.source.is_number())
                for (const Setting* setting : settings_meant(group.table, c))
                    said = said || value.number == setting->value;
            else
                for (const std::size_t part : value.parts) said = said || context_.weight[part] > 0.3;
            choices.push_back({&value, column.source.is_number(), said});
        }
    }
    const bool any = std::any_of(choices.begin(), choices.end(), [](const Choice& choice) { return choice.said; });
    if (!any && !context_.positions.empty() && group.rows.size() == 1) return 0;
    if (!any) return group.rows.size() > 1 ? 10 : 1.2;
    // What follows from a value that is named need not be said.
    const auto follows = [&](const Choice& choice) {
        return std::any_of(choices.begin(), choices.end(), [&](const Choice& other) {
            return other.said && std::includes(choice.value->rows.begin(), choice.value->rows.end(),
                                               other.value->rows.begin(), other.value->rows.end());
        });
    };
    std::size_t open = 0, settings = 0;
    for (const Choice& choice : choices) {
        open += choice.number && !choice.said && !follows(choice) ? 1U : 0U;
        settings += choice.number && choice.said ? 1U : 0U;
    }
    // Some settings named, others not: the mean over the others is meant, and no statistic of fewer rows.
    const bool row = group.rows.size() == 1 && !context_.positions.empty();
    if (open > 0 && (group.rows.size() > 1 || (settings > 0 && !row))) return 10;
    return 0.35 * static_cast<double>(std::min<std::size_t>(open, 2));
}

/// Long texts tell rows apart by the words that only they have: which prompt, which test.
double Ranking::texts(const Group& group) const {
    const DataTable& table = world_.tables[group.table];
    const auto said = [&](const DataColumn::Value& value) {
        double sum = 0;
        for (const std::size_t part : value.parts)
            if (context_.weight[part] > 0.8) sum += context_.weight[part];
        return sum;
    };
    double total = 0;
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
        const auto& values = table.columns[c].values;
        if (values.size() < 2 || table.columns[c].source.is_number()) continue;
        if (std::none_of(values.begin(), values.end(), [](const auto& value) { return value.is_prose(); })) continue;
        double best = 0, own = -1;
        for (const auto& value : values) {
            best = std::max(best, said(value));
            if (std::find(group.by.begin(), group.by.end(), c) != group.by.end() &&
                std::binary_search(value.rows.begin(), value.rows.end(), group.rows[0]))
                own = said(value);
        }
        if (best <= 0) continue;
        total += own < 0 ? -0.4 : own >= best - 0.15 ? 0.5 : -2;
    }
    return std::max(total, -3.0);
}

double Ranking::subject(std::size_t index) const {
    double& kept = subjects_[index];
    if (std::isnan(kept)) {
        const Group& group = world_.index->groups[index];
        kept = names(group) + settings(group) - unspoken(group) + texts(group);
        if (!context_.positions.empty() && group.rows.size() > 1) kept -= 0.8;
        if (!context_.positions.empty() && group.rows.size() == 1) {
            const bool here = std::any_of(context_.positions.begin(), context_.positions.end(),
                                          [&](std::size_t position) { return position == group.rows[0] + 1; });
            kept += here ? 0.8 : -1.0;
        }
    }
    return kept;
}

double Ranking::unit_fit(const DataColumn& column) const {
    const Unit &claimed = context_.unit, &given = column.unit;
    if (!claimed.known()) return 0;
    if (given.known()) return comparable(claimed, given) || (share(claimed) && share(given)) ? 0.6 : -10;
    if (share(claimed)) return 0;
    if (claimed.measure == Measure::rate || claimed.measure == Measure::bandwidth) return -0.8;
    return claimed.measure == Measure::time || claimed.measure == Measure::bytes ? -0.3 : 0.1;
}

double Ranking::fit(const DataTable& table, const DataColumn& column) const {
    double all = 0, got = 0;
    for (std::size_t i = 0; i < column.words.size(); ++i) {
        const bool counted = column.unit.measure == Measure::rate && column.words[i] == column.unit.noun;
        const double weight = counted ? 0.3 : weight_of_word(column.words[i]);
        all += weight;
        got += weight * context_.heard[column.word_ids[i]];
    }
    double fit = all > 0 ? got / all : 0;
    for (const std::size_t parent : column.parent_ids) fit += 0.08 * context_.heard[parent];
    // A time among times: its unit says as much as the word.
    const bool bare = std::all_of(column.words.begin(), column.words.end(),
                                  [](const auto& word) { return weight_of_word(word) < 1; });
    if (bare && context_.unit.known() && comparable(context_.unit, column.unit)) fit = std::max(fit, 0.75);
    if (context_.unit.measure == Measure::rate && comparable(context_.unit, column.unit)) fit = std::max(fit, 0.75);
    // A column that is called "median" and no more is what the table measures.
    if (bare && context_.stat_beside && column.stat == context_.stat && !column.unit.known()) fit = std::max(fit, 0.6);
    double foreign = 0;
    for (const auto& other : table.columns)
        for (std::size_t i = 0; other.measured && i < other.word_ids.size(); ++i) {
            const double heard = context_.heard[other.word_ids[i]];
            if (heard >= 0.85 && !holds(column.words, other.words[i]) &&
                std::find(column.parent_ids.begin(), column.parent_ids.end(), other.word_ids[i]) ==
                    column.parent_ids.end() &&
                (!context_.unit.known() || comparable(context_.unit, other.unit)))
                foreign = std::max(foreign, 0.35 * weight_of_word(other.words[i]) * heard);
        }
    return fit - foreign;
}

double Ranking::metric(const Said& said) const { return metric(world_.index->groups[said.group].table, said.column); }

double Ranking::metric(std::size_t table, std::size_t c) const {
    const auto [at, fresh] = metrics_.emplace(table * 65'536 + c, 0);
    if (fresh) {
        const DataColumn& column = world_.tables[table].columns[c];
        at->second = 1.8 * fit(world_.tables[table], column) + unit_fit(column);
    }
    return at->second;
}

bool Ranking::is_extreme(const Said& said, bool largest) const {
    const std::size_t t = world_.index->groups[said.group].table;
    const auto [at, fresh] = extent_.emplace(t * 65'536 + said.column, std::pair{0.0, 0.0});
    if (fresh) {
        const auto all = numbers(world_.tables[t], said.column, world_.tables[t].ok);
        if (all.empty()) return false;
        const auto [low, high] = std::minmax_element(all.begin(), all.end());
        at->second = {*low, *high};
    }
    return said.raw == (largest ? at->second.second : at->second.first);
}

double Ranking::statistic(const Said& said) const {
    // A statistic that is said not to be meant; less where another clause says it.
    const double other = context_.stat_beside ? -4 : context_.stat_labelled || !context_.stat_near ? -1.5 : -0.9;
    const Group& group = world_.index->groups[said.group];
    const DataColumn& column = world_.tables[group.table].columns[said.column];
    std::string wanted = context_.stat;
    const bool higher = column.source.direction != ASSAY_DIRECTION_LOWER;
    if (wanted == "best") wanted = higher ? "max" : "min";
    if (wanted == "worst") wanted = higher ? "min" : "max";
    if (wanted == "count" || wanted == "range") wanted.clear();
    const std::string own{stat_names[static_cast<std::size_t>(said.stat)]};
    const bool single = said.stat == Stat::value;
    const double edge = context_.edge == 0 ? 0 : (context_.edge < 0) == (said.stat == Stat::min) ? 0.6 : -1.5;
    if (!column.stat.empty()) {
        const bool end = (context_.edge < 0 && column.stat == "min") || (context_.edge > 0 && column.stat == "max");
        if (single && end && wanted.empty()) return 0.6;
        if (single)
            return wanted == column.stat ? 0.8
                   : wanted.empty()      ? (column.stat == "mean" || column.stat == "total" ? 0.1 : -1.2)
                                         : other;
        if (said.stat == Stat::min || said.stat == Stat::max)
            return wanted == own && (column.stat == own || column.stat == "mean") ? 0.4
                   : edge != 0                                                    ? edge
                   : wanted.empty() && context_.extreme                           ? 0
                                                                                  : -2;
        return said.stat == Stat::mean && wanted == "mean" && column.stat == "mean" ? 0.2 : -2;
    }
    switch (said.stat) {
    case Stat::value:
        if ((wanted == "max" || wanted == "min") && is_extreme(said, wanted == "max")) return 0.6;
        return wanted.empty()           ? (context_.warm ? -0.4 : 0.1)
               : context_.stat_labelled ? -3
               : context_.stat_near     ? -0.6
                                        : -0.2;
    case Stat::mean:
        if (of_side(group)) return wanted == "mean" ? 0.8 : wanted.empty() ? 0 : other;
        if (context_.warm) return -0.8;
        if ((context_.stat == "best" || context_.stat == "worst") && !group.by.empty()) return -0.1; // of several means
        return wanted == "mean" ? 0.8 : wanted.empty() ? (context_.cold ? -1 : 0) : other;
    case Stat::warm_mean: return context_.warm ? (wanted == "mean" ? 1.0 : wanted.empty() ? 0.6 : -2) : -1.5;
    case Stat::warm_median: return !context_.warm ? -1.5 : wanted == "median" ? 1.0 : wanted.empty() ? -0.5 : other;
    case Stat::min:
    case Stat::max: return wanted == own ? 0.8 : edge != 0 ? edge : context_.extreme && wanted.empty() ? 0.3 : other;
    case Stat::first: return context_.cold ? 0.8 : context_.begin && wanted.empty() ? 0.3 : -1.5;
    case Stat::last: return context_.close && wanted.empty() ? 0.3 : -1.5;
    case Stat::total:
        if (wanted == "total" || (context_.total && (wanted.empty() || !context_.stat_beside))) return 0.7;
        // "10,928 characters": of a count that nothing says to be one's, all may be meant.
        return wanted.empty() && column.source.type == ASSAY_TYPE_INT ? -0.4 : -1.5;
    case Stat::median: return wanted == "median" ? 0.8 : -1.5;
    case Stat::sd: return wanted == "sd" ? 0.8 : -2;
    case Stat::cv: return wanted == "cv" ? 0.8 : -2;
    case Stat::range: return context_.spread ? 0.4 : -2;
    default: return is_percentile(wanted) && is_percentile(own) && number_of(wanted) == number_of(own) ? 0.8 : -2;
    }
}

double Ranking::metric_behind(const Said& said) const {
    const std::size_t t = world_.index->groups[said.group].table;
    const auto [best, fresh] = best_metric_.emplace(t, -1e9);
    if (fresh)
        for (std::size_t c = 0; c < world_.tables[t].columns.size(); ++c)
            if (world_.tables[t].columns[c].source.is_number() && world_.tables[t].columns[c].measured)
                best->second = std::max(best->second, metric(t, c));
    return std::max(0.0, best->second - metric(said));
}

double Ranking::best_subject(std::size_t t) const {
    const ValueIndex& index = *world_.index;
    const auto [best, fresh] = best_subject_.emplace(t, -1e9);
    if (fresh)
        for (std::size_t g = index.first_group[t]; g < index.first_group[t + 1]; ++g)
            best->second = std::max(best->second, subject(g));
    return best->second;
}

double Ranking::subject_behind(const Said& said) const {
    return std::max(0.0, best_subject(world_.index->groups[said.group].table) - subject(said.group));
}

double Ranking::kind_behind(const Said& said) const {
    const ValueIndex& index = *world_.index;
    const std::size_t kind = world_.kinds[index.groups[said.group].table];
    const auto [best, fresh] = best_of_kind_.emplace(kind, -1e9);
    if (fresh)
        for (std::size_t g = 0; g < index.groups.size(); ++g)
            if (world_.kinds[index.groups[g].table] == kind && !context_.scope.excludes(index.groups[g].table))
                best->second = std::max(best->second, subject(g));
    return std::max(0.0, best->second - subject(said.group));
}

bool Ranking::meant(const Said& said) const { return kind_behind(said) < 0.35; }

double Ranking::behind(const Said& said) const { return subject_behind(said) + metric_behind(said); }

double Ranking::score(const Said& said) const { return metric(said) + subject(said.group) + statistic(said); }

bool Ranking::plausible(const Said& said, double converted, const Quantity& q) const {
    const Group& group = world_.index->groups[said.group];
    if ((group.failed && !context_.failure_told) || context_.scope.excludes(group.table)) return false;
    // "6" is no 5.7: where no unit says that it is rounded, it counts.
    if (!context_.unit.known() && q.step >= 1 && q.digits < 3 && converted != std::round(converted)) return false;
    const auto& column = world_.tables[group.table].columns[said.column];
    const auto relates = [&](std::string_view word) { return holds(column.words, word); };
    if (context_.unit.measure == Measure::ratio && !column.unit.known() && !relates("ratio") && !relates("speedup") &&
        !relates("factor"))
        return false; // "20x" is no count of 20
    // "5.0 s" is no index of 5
    return said.row == UINT32_MAX || q.step >= 1 || column.measured || column.source.type != ASSAY_TYPE_INT ||
           column.unit.known();
}

template <class Each> void Ranking::rounding(const Quantity& q, const Each& each) const {
    const ValueIndex& index = *world_.index;
    const double half = q.step / 2 * (1 + 1e-6) + 1e-12 * std::abs(q.value);
    const auto raw = [&](double factor, bool unknown_only) {
        const auto low = (q.value - half) * factor, high = (q.value + half) * factor;
        auto at = std::lower_bound(index.said.begin(), index.said.end(), low,
                                   [](const Said& said, double value) { return said.raw < value; });
        for (; at != index.said.end() && at->raw <= high; ++at) {
            const auto& column = world_.tables[index.groups[at->group].table].columns[at->column];
            const bool percent = at->stat == Stat::cv;
            if (factor != 1 && column.source.type != ASSAY_TYPE_FLOAT) continue; // a share
            if (unknown_only && column.unit.known() && !(factor != 1 && column.unit.measure == Measure::ratio) &&
                !percent)
                continue;
            each(*at, at->raw / factor);
        }
    };
    const Unit& unit = context_.unit;
    raw(1, unit.known());
    if (unit.measure == Measure::percent) raw(0.01, true);
    if (!unit.known()) return;
    std::vector<double> factors{1};
    if (unit.decimal) {
        const double steps = std::round(std::log10(unit.scale) / 3);
        for (double s = 1; s <= steps; ++s) factors.push_back(std::pow(1.024, s));
    } else if (unit.measure == Measure::bytes && unit.scale >= 1024) {
        const double steps = std::round(std::log2(unit.scale) / 10);
        for (double s = 1; s <= steps; ++s) factors.push_back(std::pow(1.024, -s)); // columns in MB that are MiB
    }
    for (const double factor : factors) {
        const double low = (q.value - half) * unit.scale * factor, high = (q.value + half) * unit.scale * factor;
        auto at = std::lower_bound(index.by_base.begin(), index.by_base.end(), low,
                                   [&](std::uint32_t i, double value) { return index.said[i].base < value; });
        for (; at != index.by_base.end() && index.said[*at].base <= high; ++at)
            if (index.said[*at].stat != Stat::cv) each(index.said[*at], index.said[*at].base / unit.scale / factor);
    }
}

Ranked Ranking::ranked(const Said& said, double converted, const Quantity& q, bool agreed) const {
    const double off = agreed ? std::min(metric_behind(said), 0.5) : metric_behind(said);
    return {&said,
            score(said) - 0.8 * (subject_behind(said) + off) - 0.25 * std::min(kind_behind(said), 1.5) +
                0.45 * std::min(q.digits - 2, 4),
            converted};
}

std::vector<Ranked> Ranking::find(const Quantity& q) const {
    std::vector<Ranked> out;
    rounding(q, [&](const Said& said, double converted) {
        if (!plausible(said, converted, q) || metric(said) < -5 || statistic(said) < -1 || metric_behind(said) > 1.3)
            return;
        out.push_back(ranked(said, converted, q, false));
    });
    const std::size_t kept = std::min(most_found, out.size());
    std::partial_sort(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(kept), out.end(), better);
    out.resize(kept);
    while (!out.empty() && out.back().score < out[0].score - Sources::most_worth) out.pop_back();
    return out;
}

std::vector<Ranked> Ranking::extents(const Quantity& low, const Quantity& high) const {
    constexpr double least_metric = 1.2;
    std::set<std::pair<std::uint32_t, std::uint32_t>> reach; // group and column
    rounding(high, [&](const Said& said, double) {
        if (said.stat == Stat::max) reach.emplace(said.group, said.column);
    });
    std::vector<Ranked> out;
    rounding(low, [&](const Said& said, double converted) {
        if (said.stat != Stat::min || reach.count({said.group, said.column}) == 0 || !plausible(said, converted, low) ||
            metric_behind(said) > 1.3 || metric(said) < least_metric)
            return;
        out.push_back({&said, metric(said) + subject(said.group) - 0.8 * subject_behind(said), converted});
    });
    std::sort(out.begin(), out.end(), better);
    return out;
}

std::vector<Fit> Ranking::fits(const Quantity& q) const {
    constexpr double near = 0.35; // names that say as much
    std::vector<Fit> out;
    rounding(q, [&](const Said& said, double converted) {
        if (out.size() >= most_fits || !plausible(said, converted, q) || metric(said) < -5 || statistic(said) < -1)
            return;
        const auto& column = world_.tables[world_.index->groups[said.group].table].columns[said.column];
        if (!column.measured) return;
        Fit fit{&said, converted, subject_behind(said) <= near, false};
        fit.in_kind = fit.in_table && kind_behind(said) <= near;
        if (fit.in_table) out.push_back(fit);
    });
    return out;
}

} // namespace assay::claims

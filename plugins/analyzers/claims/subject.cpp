#include "claims/subject.hpp"
#include "claims/sample.hpp"
#include "claims/words.hpp"
#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <set>
#include <span>

namespace assay::claims {

namespace {

double specific(const std::string& word) { return says_little(word) ? 0.4 : 1.0; }

/// Words beside the number that columns of a table have.
struct NearWord {
    std::size_t id;
    const std::string* text;
};
std::vector<NearWord> near_words(const DataTable& table, const Context& context) {
    std::vector<NearWord> out;
    for (const auto& column : table.columns)
        for (std::size_t i = 0; column.measured && i < column.word_ids.size(); ++i) {
            const std::size_t id = column.word_ids[i];
            if (context.in_near[id] && std::none_of(out.begin(), out.end(), [&](const auto& w) { return w.id == id; }))
                out.push_back({id, &column.words[i]});
        }
    return out;
}

/// How far those that it lacks speak against a column.
double foreign(const DataColumn& column, const std::vector<NearWord>& words) {
    double sum = 0;
    for (const NearWord& word : words)
        if (!holds(column.words, *word.text)) sum += 0.2 * specific(*word.text);
    return std::min(sum, 0.5);
}

/// How far the claim's words and unit are those of the column.
double metric_fit(const DataColumn& column, const Context& context, const std::vector<NearWord>& words) {
    const Unit claimed = context.value_unit(), &given = column.unit;
    const bool shares = (claimed.measure == Measure::percent || claimed.measure == Measure::ratio) &&
                        (given.measure == Measure::percent || given.measure == Measure::ratio);
    if (claimed.known() && given.known() && !comparable(claimed, given) && !shares) return 0;
    if (!given.known() && (claimed.measure == Measure::rate || claimed.measure == Measure::bandwidth)) return 0;
    if (claimed.measure == Measure::ratio && !given.known() && !holds(column.words, "ratio") &&
        !holds(column.words, "speedup") && !holds(column.words, "factor"))
        return 0;
    double all = 0, got = 0;
    for (std::size_t i = 0; i < column.words.size(); ++i) {
        // "throughput" says rate; of what, it need not say.
        const bool counted = given.measure == Measure::rate && column.words[i] == given.noun;
        const double weight = counted ? 0.3 : specific(column.words[i]);
        all += weight;
        got += context.in_near[column.word_ids[i]] ? weight : context.in_wide[column.word_ids[i]] ? 0.55 * weight : 0;
    }
    double fit = all > 0 ? got / all : 0;
    if (got == 0 && column.stat.empty() && claimed.measure != Measure::rate) return 0;
    // "Std (ms)": the statistic and the unit say it where no other word does.
    double least = 0;
    if ((claimed.known() ? comparable(claimed, given) : context.stat_beside) && !column.stat.empty() &&
        column.stat == context.stat &&
        std::all_of(column.words.begin(), column.words.end(), [](const auto& w) { return specific(w) < 1; }))
        least = 0.8;
    else if (claimed.measure == Measure::rate && given.measure == Measure::rate && comparable(claimed, given))
        least = 0.65;
    if (std::max(fit, least) < 0.3) return 0; // what follows speaks against it
    fit -= foreign(column, words);
    for (const std::size_t parent : column.parent_ids)
        if (fit > 0.3 && context.in_near[parent]) fit += 0.03;
    if (!column.stat.empty() && !context.stat.empty() && column.stat != context.stat && context.stat != "best" &&
        context.stat != "worst")
        fit -= 0.3;
    fit = std::max(fit, least);
    if (claimed.known() && !given.known()) fit *= 0.8;
    return fit;
}

/// What a name that the table or row bears says for it. One that is not there speaks against it: most where the
/// document comes to it only later, least where it was said before and may still be meant.
double part_weight(const World& world, const Context& context, const std::set<std::size_t>& taken, std::size_t part) {
    const double rarity = std::min(world.rarity[part], 3.0);
    if (context.weight[part] > 0) return context.weight[part] * rarity;
    if (!world.entity[part]) return -0.04 * rarity;
    // Another name is said in its place.
    for (const std::size_t slot : world.slots[part])
        if (taken.count(slot)) return -1.2 * std::min(rarity, 2.0);
    const double against = context.said[part] == 1 ? 0.4 : context.said[part] == 2 ? 0.15 : 0.25;
    return -against * std::min(rarity, 2.0);
}

/// How strongly the surroundings name one value of a column; 0: not at all.
double named_value(const World& world, const DataTable& table, std::size_t index, const DataColumn::Value& value,
                   const Context& c) {
    const DataColumn& column = table.columns[index];
    if (column.source.is_number()) {
        for (const Setting* setting : settings_of(c.settings, table, index))
            if (setting->value == value.number) return 1;
        return 0;
    }
    if (value.parts.empty()) return 0;
    if (!value.is_prose()) {
        double least = 2;
        for (const std::size_t part : value.parts) least = std::min(least, c.weight[part]);
        return least;
    }
    // A long text, a prompt say: shared words.
    int shared = 0;
    for (const std::size_t part : value.parts)
        shared += c.row_words.empty() || !holds(c.row_words, world.parts[part]) ? 0 : 1;
    return shared == 0 ? 0 : 0.5 + 0.1 * shared;
}

struct Selection {
    std::vector<std::size_t> rows;
    std::set<std::size_t> parts;   ///< of the values chosen, of long texts not
    std::set<std::size_t> covered; ///< of all values chosen
    std::set<double> settings;     ///< numbers chosen
    double strength = 0;           ///< of long texts and indexes chosen
    bool chosen = false, several = false, indexed = false;
    std::string text;
};

std::string_view stem_of(std::string_view path) {
    path = path.substr(path.rfind('/') + 1);
    return path.substr(0, path.rfind('.'));
}

/// `results[2]` in the text means the third row of the table `results`.
std::size_t named_index(const DataTable& table, const Context& context) {
    const std::string text = lower(context.near_text + " ");
    std::string name = lower(table.name);
    const auto dot = name.rfind('.');
    if (dot != name.npos) name = name.substr(dot + 1);
    auto at = text.find(name + "[");
    if (at == text.npos) {
        std::replace(name.begin(), name.end(), '_', ' ');
        at = text.find(name + "[");
    }
    if (name.empty() || at == text.npos) return SIZE_MAX;
    std::size_t index = 0, i = at + name.size() + 1;
    if (!is_digit(text[i])) return SIZE_MAX;
    for (; is_digit(text[i]) && index < 1'000'000; ++i) index = index * 10 + static_cast<std::size_t>(text[i] - '0');
    return text[i] == ']' ? index : SIZE_MAX;
}

void narrow(const World& world, const DataTable& table, std::size_t index, const Context& context,
            std::vector<Selection>& all) {
    const DataColumn& column = table.columns[index];
    double best = 0;
    for (const auto& value : column.values) best = std::max(best, named_value(world, table, index, value, context));
    if (best <= 0) return;
    std::vector<const DataColumn::Value*> picked;
    for (const auto& value : column.values)
        if (named_value(world, table, index, value, context) >= best - 1e-9) picked.push_back(&value);
    if (picked.size() > 6 || picked.size() == column.values.size()) return;
    std::vector<Selection> next;
    for (const Selection& before : all) {
        for (const auto* value : picked) {
            Selection s = before;
            s.rows = common(before.rows, value->rows);
            if (s.rows.empty()) continue;
            s.covered.insert(value->parts.begin(), value->parts.end());
            // What several columns say of a row counts once.
            if (column.source.is_number())
                s.settings.insert(value->number);
            else if (value->is_prose())
                s.strength = std::max(s.strength, best);
            else
                s.parts.insert(value->parts.begin(), value->parts.end());
            s.chosen = true;
            s.several = s.several || picked.size() > 1;
            s.text += (s.text.empty() ? "" : ", ") + column.source.name + " = " + value->text;
            next.push_back(std::move(s));
        }
    }
    if (!next.empty() && next.size() <= 24) all = std::move(next);
}

std::vector<Selection> select(const World& world, const DataTable& table, const Context& context,
                              const std::vector<std::size_t>& base) {
    std::vector<Selection> all{{base, {}, {}, {}, 0, false, false, false, {}}};
    const std::size_t index = named_index(table, context);
    if (index < table.rows->size()) {
        all[0].rows.clear(); // one row is no statistic: a failed one may be meant
        if (!(*table.rows)[index].went_wrong() || context.failure_told) all[0].rows.push_back(index);
        all[0].indexed = true;
        all[0].strength = 3;
        all[0].chosen = true;
        all[0].text = "row " + std::to_string(index + 1);
        return all;
    }
    for (std::size_t c = 0; c < table.columns.size(); ++c)
        if (table.columns[c].values.size() > 1) narrow(world, table, c, context, all);
    return all;
}

/// Which entities are named around the claim, and how much of that the table and the chosen rows are.
double coverage(const std::vector<std::pair<std::size_t, double>>& named, const DataTable& table,
                const Selection& selection) {
    double all = 0, got = 0;
    for (const auto& [part, weight] : named) {
        all += weight;
        const bool here =
            std::binary_search(table.parts.begin(), table.parts.end(), part) || selection.covered.count(part) > 0;
        got += here ? weight : 0;
    }
    return all > 0 ? got / all : 1;
}

/// Those of rows that are of the files that the claim speaks of.
std::vector<std::size_t> rows_inside(const World& world, const DataTable& table, const Scope& scope,
                                     const std::vector<std::size_t>& rows) {
    if (scope.outside.empty()) return rows;
    if (table.members.empty()) {
        const bool out = scope.excludes(static_cast<std::size_t>(&table - world.tables.data()));
        return out ? std::vector<std::size_t>{} : rows;
    }
    std::vector<std::size_t> inside;
    std::size_t begin = 0;
    for (const std::size_t member : table.members) {
        const std::size_t end = begin + world.tables[member].rows->size();
        if (!scope.excludes(member))
            inside.insert(inside.end(), std::lower_bound(rows.begin(), rows.end(), begin),
                          std::lower_bound(rows.begin(), rows.end(), end));
        begin = end;
    }
    return inside;
}

} // namespace

std::vector<Subject> subjects(const World& world, const std::vector<DataTable>& tables, const Context& context) {
    std::vector<Subject> out;
    std::vector<std::pair<std::size_t, double>> named; // entities, with what they count
    for (std::size_t part = 0; part < context.weight.size(); ++part)
        if (context.weight[part] >= 0.35 && world.entity[part] && statistic(world.parts[part]).empty() &&
            !holds(world.metric_words, world.parts[part])) // a row may be called "mean"
            named.emplace_back(part, context.weight[part] * std::min(world.rarity[part], 3.0));
    std::set<std::size_t> said; // slots of which a name stands beside the claim
    for (std::size_t part = 0; part < context.weight.size(); ++part)
        if (context.weight[part] >= 0.85)
            for (const std::size_t slot : world.slots[part]) said.insert(slot);
    for (const DataTable& table : tables) {
        const bool failed = context.failed && !table.failed.empty();
        const auto inside = rows_inside(world, table, context.scope, failed ? table.failed : table.ok);
        if (inside.empty()) continue;
        std::vector<Selection> selections;
        std::set<std::size_t> taken = said;
        double entity = 0;
        const auto words = near_words(table, context);
        for (std::size_t c = 0; c < table.columns.size(); ++c) {
            const DataColumn& column = table.columns[c];
            if (!column.measured) continue;
            const double fit = metric_fit(column, context, words);
            if (fit < 0.3) continue;
            if (selections.empty()) {
                selections = select(world, table, context, inside);
                if (stem_of(table.path) == context.stem) entity += 4;
                entity += on_day(table, context.days);
                for (const std::size_t part : table.parts)
                    if (context.weight[part] >= 0.6)
                        for (const std::size_t slot : world.slots[part]) taken.erase(slot);
                for (const std::size_t part : table.parts) entity += part_weight(world, context, taken, part);
            }
            for (const Selection& s : selections) {
                if (numbers(table, c, s.rows).empty()) continue;
                double score = entity + 1.5 * s.strength + static_cast<double>(s.settings.size());
                for (const std::size_t part : s.parts)
                    if (!std::binary_search(table.parts.begin(), table.parts.end(), part))
                        score += part_weight(world, context, taken, part);
                const bool picked = s.indexed || s.strength > 0 || s.settings.size() > 1;
                const double share = coverage(named, table, s);
                const bool says = column.unit.measure == Measure::rate ||
                                  std::any_of(column.words.begin(), column.words.end(),
                                              [](const auto& word) { return specific(word) == 1.0; });
                out.push_back({&table, c, s.rows, fit, score, share, says, s.chosen, s.several, picked, s.text});
            }
        }
    }
    return out;
}

std::vector<std::size_t> rows_meant(const World& world, const DataTable& table, const Context& context) {
    std::vector<std::size_t> all(table.rows->size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    const auto chosen_by = [&](const Context& by) {
        const auto selections = select(world, table, by, all);
        return selections.size() == 1 ? selections[0].rows : all;
    };
    if (std::none_of(context.settings.begin(), context.settings.end(), [](auto& setting) { return setting.end; }))
        return chosen_by(context);
    Context whole = context; // the ends of a range leave out none of what is between them
    std::erase_if(whole.settings, [](const Setting& setting) { return setting.end; });
    return chosen_by(whole);
}

std::vector<Value> values(const Subject& subject, const Context& context) {
    const DataTable& table = *subject.table;
    const DataColumn& column = table.columns[subject.column];
    std::vector<std::size_t> rows;
    std::vector<double> v;
    for (const std::size_t row : subject.rows)
        if (const auto* x = std::get_if<double>(&(*table.rows)[row].cells[subject.column]); x && std::isfinite(*x))
            rows.push_back(row), v.push_back(*x);
    std::vector<Value> out;
    if (v.empty()) return out;
    const std::size_t n = v.size();
    const bool failed = (*table.rows)[rows[0]].went_wrong();
    if (failed && n > 1) return out; // no statistic of failed runs
    const auto add = [&](const char* stat, double value, std::size_t row = SIZE_MAX) {
        if (std::isfinite(value)) out.push_back({value, stat, row, row == SIZE_MAX ? n : 1});
    };
    const auto add_warm = [&](const char* stat, double value) {
        add(stat, value);
        if (!out.empty()) out.back().n = n - 1;
    };
    std::string stat = context.stat;
    // A published statistic: its rows are what is claimed.
    const bool published = !column.stat.empty() && (stat == column.stat || stat.empty());
    if (!column.stat.empty() && column.stat != "total" && !stat.empty() && stat != column.stat && stat != "best" &&
        stat != "worst" && !(stat == "max" && n > 1) && !(stat == "min" && n > 1))
        return out;
    if (n == 1) return add(published && !column.stat.empty() ? column.stat.c_str() : "value", v[0], rows[0]), out;
    if (stat == column.stat && (stat == "sd" || stat == "cv" || stat == "median")) return out; // no sd of several
    const bool higher = column.source.direction != ASSAY_DIRECTION_LOWER;
    // "The fastest, q4_0, with 76.6 tok/s": the best of several means.
    if ((stat == "best" || stat == "worst") && subject.chosen) add("mean", mean(v));
    if (stat == "best") stat = higher ? "max" : "min";
    if (stat == "worst") stat = higher ? "min" : "max";
    if (context.cold) add("first", v[0], rows[0]);
    if (stat == "max" || stat == "min") {
        const auto at = static_cast<std::size_t>(
            (stat == "max" ? std::max_element(v.begin(), v.end()) : std::min_element(v.begin(), v.end())) - v.begin());
        add(stat.c_str(), v[at], rows[at]);
    } else if (stat == "median") {
        if (context.warm && n > 2) add_warm("median without the first", quantile(std::span{v}.subspan(1), 0.5));
        add("median", quantile(v, 0.5));
    } else if (stat == "sd") {
        add("sd", deviation(v, n - 1));
        add("sd of a population", deviation(v, n));
    } else if (stat == "cv") {
        add("cv", 100 * deviation(v, n - 1) / std::abs(mean(v)));
    } else if (stat == "total") {
        add("sum", std::accumulate(v.begin(), v.end(), 0.0));
    } else if (!stat.empty() && stat[0] == 'p' && is_digit(stat[1])) {
        const double q = std::stod(stat.substr(1));
        add(stat.c_str(), quantile(v, q < 100 ? q / 100 : q / std::pow(10, stat.size() - 1)));
    } else if (!context.positions.empty() && stat.empty()) {
        return out; // of one row, as its place says
    } else {
        const auto warm = std::span{v}.subspan(1);
        if (context.warm && n > 2) add_warm("mean without the first", mean(warm));
        if (context.warm && n > 2 && stat != "mean") add_warm("median without the first", quantile(warm, 0.5));
        if (!context.warm || stat == "mean") add("mean", mean(v));
        if (stat != "mean") {
            add("median", quantile(v, 0.5));
            const auto [low, high] = std::minmax_element(v.begin(), v.end());
            const auto best = column.source.direction == ASSAY_DIRECTION_LOWER ? low : high;
            add(best == low ? "min" : "max", *best, rows[static_cast<std::size_t>(best - v.begin())]);
        }
    }
    return out;
}

Converted convert(double value, const Unit& from, const Unit& to, bool alternative) {
    if (!to.known() || !from.known()) return {value, true};
    const bool shares = (to.measure == Measure::percent || to.measure == Measure::ratio) &&
                        (from.measure == Measure::percent || from.measure == Measure::ratio);
    if (shares && from.measure != to.measure) return {to.measure == Measure::percent ? value * 100 : value / 100, true};
    if (from.measure != to.measure) return {};
    double scale = to.scale;
    if (alternative) {
        if (!to.decimal) return {};
        scale = std::pow(1024.0, std::round(std::log10(to.scale) / 3));
    }
    return {value * from.scale / scale, true};
}

} // namespace assay::claims

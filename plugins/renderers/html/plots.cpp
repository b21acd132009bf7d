#include "charts.hpp"
#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <set>

namespace assay::html {
namespace {

constexpr std::size_t fewest_times = 3, most_sweep_cells = 512, most_sweeps = 24, most_lines = 8;

bool is_unit(const std::string& key) { return key == "unit"; }

std::optional<double> number_of(std::string_view text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

bool is_headline(const ReportFact& fact) { return !fact.direction.empty() && !fact.unit.empty(); }

std::string group_key(const ReportFact& fact) {
    std::string key;
    for (const auto& [name, value] : fact.subject) join(key, "\x1e", {name, "\x1f", value});
    return key;
}

using Groups = std::map<std::string, GroupFacts>;

void put(GroupFacts& group, const ReportFact& fact) {
    if (fact.kind == "sample")
        group.sample = &fact;
    else if (fact.stat == "n")
        group.n = &fact;
    else
        group.centre = &fact;
}

bool stands_for_group(const ReportFact& fact) {
    return fact.kind == "sample" ||
           (fact.kind == "statistic" && (fact.stat == "n" || fact.stat == "median" || fact.stat == "value"));
}

/// In the order in which the report has them.
struct Divided {
    std::vector<Division> order;
    std::map<Division, Groups> groups;
};

/// Facts that count have neither unit nor direction: their metric is found by the rest.
Divided divide(const FactIndex& facts) {
    std::map<Division, Division> full; // without unit and direction -> with them
    for (const auto& fact : facts.all) {
        if (fact.kind != "statistic" || !is_headline(fact)) continue;
        Division bare = division_of(fact);
        const Division whole = bare;
        bare.unit.clear();
        bare.direction.clear();
        full.emplace(bare, whole);
    }
    Divided out;
    for (const auto& fact : facts.all) {
        if (!stands_for_group(fact)) continue;
        Division bare = division_of(fact);
        bare.unit.clear();
        bare.direction.clear();
        const auto found = full.find(bare);
        if (found == full.end()) continue;
        auto [groups, fresh] = out.groups.try_emplace(found->second);
        if (fresh) out.order.push_back(found->second);
        put(groups->second[group_key(fact)], fact);
    }
    return out;
}

std::vector<GroupFacts> best_first(const Groups& groups, const std::string& direction) {
    std::vector<GroupFacts> out;
    for (const auto& [key, group] : groups) out.push_back(group);
    std::stable_sort(out.begin(), out.end(), [&](const GroupFacts& a, const GroupFacts& b) {
        const bool x = a.centre && a.centre->value, y = b.centre && b.centre->value;
        if (!x || !y) return x && !y;
        return direction == "higher" ? *a.centre->value > *b.centre->value : *a.centre->value < *b.centre->value;
    });
    return out;
}

/// The dimension whose values are times, at least three of them, where it is known.
std::string time_dimension(const Division& division, const Groups& groups) {
    for (const auto& dimension : division.dimensions) {
        std::set<std::string> times;
        bool all = true;
        for (const auto& [key, group] : groups) {
            const auto* value = subject_value(group.any(), dimension);
            const std::string time = value ? time_of(*value) : "";
            all = all && value && (!time.empty() || *value == "(none)");
            if (!time.empty()) times.insert(time);
        }
        if (all && times.size() >= fewest_times) return dimension;
    }
    return {};
}

/// A line of groups that differ in nothing but time, and how far its medians lie apart, as a share of the lowest.
struct Moved {
    std::string label;
    double low = 0, high = 0;
    bool any = false;
    void add(double value) {
        low = any ? std::min(low, value) : value;
        high = any ? std::max(high, value) : value;
        any = true;
    }
    double range() const { return low > 0 ? (high - low) / low : high - low; }
};

/// Leaves the lines that moved most, of what a chart has colours for.
void keep_most_moved(Series& series) {
    std::vector<Moved> lines;
    std::map<std::string, std::size_t> places;
    for (const auto& group : series.groups) {
        const std::string label = group_label(group.any(), series.time);
        const auto at = places.try_emplace(label, lines.size()).first->second;
        if (at == lines.size()) lines.push_back({label});
        if (group.centre && group.centre->value) lines[at].add(*group.centre->value);
    }
    if (lines.size() <= most_lines) return;
    series.not_drawn = lines.size() - most_lines;
    std::stable_sort(lines.begin(), lines.end(), [](const Moved& a, const Moved& b) { return a.range() > b.range(); });
    std::set<std::string> kept;
    for (std::size_t i = 0; i < most_lines; ++i) kept.insert(lines[i].label);
    std::erase_if(series.groups,
                  [&](const GroupFacts& group) { return !kept.contains(group_label(group.any(), series.time)); });
}

/// A division of the same metric that tells more things apart: the coarser one would draw a line through several.
bool is_refined(const Series& coarse, const std::vector<Series>& all) {
    return std::any_of(all.begin(), all.end(), [&](const Series& fine) {
        const auto& names = fine.of.dimensions;
        return fine.time == coarse.time && fine.of.dataset == coarse.of.dataset && fine.of.metric == coarse.of.metric &&
               names.size() > coarse.of.dimensions.size() &&
               std::all_of(coarse.of.dimensions.begin(), coarse.of.dimensions.end(), [&](const auto& name) {
                   return std::find(names.begin(), names.end(), name) != names.end();
               });
    });
}

std::vector<std::string> sorted_levels(const std::set<std::string>& levels) {
    std::vector<std::string> out{levels.begin(), levels.end()};
    std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) {
        const auto x = number_of(a), y = number_of(b);
        if (x && y) return *x < *y;
        return x.has_value() && !y.has_value();
    });
    return out;
}

struct Axes {
    std::string x;
    std::vector<std::string> ys, fixed;
};

/// Numbers vary along the axes, the one with most levels across; what is no number sets charts apart.
Axes axes_of(const Division& division, const std::map<std::string, std::set<std::string>>& levels) {
    Axes axes;
    std::size_t most = 1;
    for (const auto& name : division.dimensions) {
        const auto& own = levels.at(name);
        const bool numeric = std::all_of(own.begin(), own.end(), [](const auto& level) { return number_of(level); });
        if (!numeric)
            axes.fixed.push_back(name);
        else
            axes.ys.push_back(name);
        if (numeric && own.size() > most) {
            most = own.size();
            axes.x = name;
        }
    }
    std::erase(axes.ys, axes.x);
    return axes;
}

std::string named_values(const ReportFact& fact, const std::vector<std::string>& names) {
    std::string out;
    for (const auto& name : names)
        if (const auto* value = subject_value(fact, name)) join(out, " · ", {name, " ", *value});
    return out;
}

/// Every combination of the levels: what was never tried is a row or a cell, too.
std::vector<std::string> crossed(const std::vector<std::string>& names,
                                 const std::map<std::string, std::set<std::string>>& levels) {
    std::vector<std::string> out{""};
    for (const auto& name : names) {
        std::vector<std::string> next;
        for (const auto& before : out)
            for (const auto& level : sorted_levels(levels.at(name))) {
                std::string& both = next.emplace_back(before);
                join(both, " · ", {name, " ", level});
            }
        out = std::move(next);
        if (out.size() > most_sweep_cells) return {};
    }
    return out;
}

/// Most of its cells were tried: else its axes are no parameters that somebody swept.
bool is_grid(const Sweep& sweep) {
    std::size_t tried = 0;
    for (const auto& row : sweep.cells)
        tried += row.size() - static_cast<std::size_t>(std::count(row.begin(), row.end(), nullptr));
    return 3 * tried >= 2 * sweep.xs.size() * sweep.ys.size();
}

void add_sweeps(const Division& division, const std::vector<const ReportFact*>& facts, std::vector<Sweep>& out) {
    std::map<std::string, std::set<std::string>> levels;
    for (const auto* fact : facts)
        for (const auto& name : division.dimensions)
            if (const auto* value = subject_value(*fact, name)) levels[name].insert(*value);
    const Axes axes = axes_of(division, levels);
    if (axes.x.empty()) return;
    const auto xs = sorted_levels(levels.at(axes.x)), ys = crossed(axes.ys, levels);
    if (ys.empty() || xs.size() * ys.size() > most_sweep_cells) return;
    std::map<std::string, Sweep> by_fixed;
    for (const auto* fact : facts) {
        const std::string fixed = named_values(*fact, axes.fixed);
        Sweep& sweep = by_fixed[fixed];
        if (sweep.cells.empty()) {
            sweep = {division, fixed, axes.x, xs, ys, {}};
            sweep.cells.assign(ys.size(), std::vector<const ReportFact*>(xs.size(), nullptr));
        }
        const auto* x = subject_value(*fact, axes.x);
        if (x == nullptr) continue;
        const auto column = std::find(xs.begin(), xs.end(), *x) - xs.begin();
        const auto row = std::find(ys.begin(), ys.end(), named_values(*fact, axes.ys)) - ys.begin();
        if (static_cast<std::size_t>(row) < ys.size())
            sweep.cells[static_cast<std::size_t>(row)][static_cast<std::size_t>(column)] = fact;
    }
    for (auto& [fixed, sweep] : by_fixed)
        if (is_grid(sweep) && out.size() < most_sweeps) out.push_back(std::move(sweep));
}

} // namespace

Division division_of(const ReportFact& fact) {
    Division out;
    out.metric = fact.metric;
    out.unit = fact.unit;
    out.direction = fact.direction;
    for (const auto& [key, value] : fact.subject) {
        if (key == "dataset")
            out.dataset = value;
        else if (is_unit(key))
            out.metric += " in " + value;
        else
            out.dimensions.push_back(key);
    }
    return out;
}

std::string group_label(const ReportFact& fact, const std::string& without) {
    std::string out;
    for (const auto& [key, value] : fact.subject) {
        if (key == "dataset" || is_unit(key) || key == without) continue;
        // A number says nothing without its name, a model's name does.
        const bool named = number_of(value) || value == "(none)";
        join(out, " · ", {named ? std::string_view{key} : "", named ? " " : "", value});
    }
    return out.empty() ? "all rows" : out;
}

std::string time_of(std::string_view text) {
    static constexpr std::string_view iso = "dddd-dd-ddTdd:dd:dd", compact = "dddddddd-dddddd", day = "dddd-dd-dd";
    const auto matches = [&](std::string_view shape) {
        return text.size() == shape.size() && std::equal(text.begin(), text.end(), shape.begin(), [](char c, char s) {
                   return s == 'd' ? c >= '0' && c <= '9' : c == s || (s == 'T' && c == ' ');
               });
    };
    if (text.ends_with('Z')) text.remove_suffix(1);
    if (const auto dot = text.find('.'); dot != std::string_view::npos) text = text.substr(0, dot);
    std::string out{text};
    if (matches(iso)) {
        out[10] = 'T';
        return out + 'Z';
    }
    if (matches(day)) return out + "T00:00:00Z";
    if (!matches(compact) && !(text.size() == 15 && text[8] == 'T')) return {};
    return out.substr(0, 4) + '-' + out.substr(4, 2) + '-' + out.substr(6, 2) + 'T' + out.substr(9, 2) + ':' +
           out.substr(11, 2) + ':' + out.substr(13, 2) + 'Z';
}

std::vector<std::uint64_t> runs_of(const std::vector<double>& times, bool all) {
    std::vector<double> pauses;
    for (std::size_t i = 1; i < times.size(); ++i) pauses.push_back(times[i] - times[i - 1]);
    std::vector<double> sorted = pauses;
    const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
    std::nth_element(sorted.begin(), middle, sorted.end());
    std::vector<std::uint64_t> out(times.size(), 0);
    for (std::size_t i = 1; i < times.size(); ++i)
        out[i] = out[i - 1] + (*middle > 0 && pauses[i - 1] > (all ? 3 : 10) * *middle ? 1U : 0U);
    return out;
}

Plots choose_plots(const FactIndex& facts) {
    Plots out;
    const Divided divided = divide(facts);
    for (const auto& division : divided.order) {
        const Groups& groups = divided.groups.at(division);
        const bool sampled = std::any_of(groups.begin(), groups.end(), [](auto& g) { return g.second.sample; });
        const std::string time = time_dimension(division, groups);
        if (!time.empty()) {
            Series series{division, time, {}};
            for (const auto& [key, group] : groups)
                if (!time_of(*subject_value(group.any(), time)).empty()) series.groups.push_back(group);
            out.series.push_back(std::move(series));
        } else if (sampled) {
            out.strips.push_back({division, best_first(groups, division.direction)});
        }
    }
    const std::vector<Series> all = out.series;
    std::erase_if(out.series, [&](const Series& one) { return is_refined(one, all); });
    for (Series& one : out.series) keep_most_moved(one);
    std::vector<Division> order;
    std::map<Division, std::size_t> times;
    std::map<Division, std::vector<const ReportFact*>> settings;
    for (const auto& fact : facts.all) {
        if (fact.kind == "histogram") out.histograms.push_back(&fact);
        if (fact.kind == "series" && !fact.values.empty() && fact.edges.size() == fact.values.size()) {
            const auto [at, fresh] = times.try_emplace(division_of(fact), out.times.size());
            if (fresh) out.times.push_back({division_of(fact), {}});
            out.times[at->second].lines.push_back(&fact);
        }
        if (fact.kind != "setting") continue;
        auto& list = settings[division_of(fact)];
        if (list.empty()) order.push_back(division_of(fact));
        list.push_back(&fact);
    }
    for (const auto& division : order) add_sweeps(division, settings.at(division), out.sweeps);
    return out;
}

} // namespace assay::html

// Confounding: a parameter that goes together with something that nobody set.
#include "gaps/design.hpp"
#include "gaps/family.hpp"
#include "gaps/series.hpp"
#include "gaps/wording.hpp"
#include <algorithm>
#include <array>
#include <assay/stats/quantile.hpp>

namespace assay::gaps {

namespace {

constexpr double strong = 0.8, by_chance = 0.01;
constexpr std::string_view run_order = "run order";

// ---- N13

std::string say_confounding(const Group& group, double) { return most_frequent(group, 4); }

/// Order alone is what shuffling would mend; what else goes with a parameter spoils its effect.
Severity grade_confounding(const Group& group) {
    const bool only_order = std::all_of(group.details.begin(), group.details.end(),
                                        [](auto& detail) { return detail.first.starts_with(run_order); });
    return only_order ? Severity::medium : Severity::high;
}

const Rule confounding{.id = "N13",
                       .slug = "confounding",
                       .severity = Severity::high,
                       .definition =
                           "A parameter is nearly a function of the order of runs, of the host or the day "
                           "(Cramer's V), or all cold starts fall on one of its levels, which chance would do "
                           "in less than 1 of 100 orders; order alone is medium.",
                       .fix = "Shuffle the order of runs, and warm up each time anything is loaded.",
                       .looks_at = "parameters beside cold starts, times, hosts or days",
                       .statement = say_confounding,
                       .threshold = {"Cramer's V", strong},
                       .answer = Answer::must_not_say,
                       .grade = grade_confounding};

// ---- N14

std::string say_not_identifiable(const Group& group, double) {
    return "its effect cannot be told apart from something else, on " + most_frequent(group, 6);
}

const Rule not_identifiable{.id = "N14",
                            .slug = "effect-not-identifiable",
                            .severity = Severity::high,
                            .definition = "Levels of a parameter do not overlap in what else changes the metric: only "
                                          "one of them was measured cold, or each on a host or day of its own.",
                            .fix = "Do not state an effect of this parameter on these metrics; measure all its levels "
                                   "warm, or on the same host and day.",
                            .looks_at = "parameters beside cold starts, hosts or days",
                            .statement = say_not_identifiable,
                            .answer = Answer::must_not_say};

/// A parameter of a table, and each ok row's level of it.
struct Parameter {
    std::size_t column;
    std::vector<std::size_t> level; ///< per row, SIZE_MAX where it has none
    std::vector<std::string> names; ///< of the levels
    std::vector<std::uint64_t> sizes;
};

std::vector<Parameter> parameters_of(const TableView& table, const std::vector<std::size_t>& rows) {
    std::vector<Parameter> out;
    for (const auto c : table.where<divides>()) {
        const std::string& name = table.profile->columns[c].name;
        const bool same_in_all = table.columns[c].document_scope != 0;
        if (same_in_all || is_repeat(name) || data::is_stimulus(name) || out.size() == most_conditions) continue;
        Parameter one{c, {}, {}, {}};
        std::map<std::string, std::size_t> known;
        for (const auto row : rows) {
            const auto [level, added] = known.try_emplace(text_of(table.rows->cell(row, c)), known.size());
            if (added) one.names.push_back(level->first), one.sizes.push_back(0);
            one.level.push_back(level->second);
            ++one.sizes[level->second];
        }
        if (known.size() < 2 || known.size() > most_levels || rows.size() < 2 * known.size()) continue;
        // Columns that divide the rows alike are one parameter with two names.
        if (std::none_of(out.begin(), out.end(), [&](auto& other) { return other.level == one.level; }))
            out.push_back(std::move(one));
    }
    return out;
}

/// Metrics of the table whose median over the cold rows is more than twice, or less than half, that over the others.
std::vector<std::size_t> metrics_changed(const TableView& table, const std::vector<std::size_t>& rows,
                                         const std::vector<bool>& cold) {
    std::vector<std::size_t> out;
    for (const auto m : performance_columns(table)) {
        std::array<std::vector<double>, 2> values; // others, cold
        for (std::size_t i = 0; i < rows.size(); ++i)
            if (const auto value = table.rows->cell(rows[i], m).number()) values[cold[i] ? 1 : 0].push_back(*value);
        for (auto& side : values) std::sort(side.begin(), side.end());
        const auto warm_median = stats::median(values[0]), cold_median = stats::median(values[1]);
        if (warm_median && cold_median && *warm_median > 0 &&
            (*cold_median > 2 * *warm_median || 2 * *cold_median < *warm_median))
            out.push_back(m);
    }
    return out;
}

std::vector<std::size_t> ok_rows(const TableView& table) {
    std::vector<std::size_t> out;
    for (std::size_t row = 0; row < table.rows->rows.size(); ++row)
        if (table.rows->rows[row].status == ASSAY_ROW_OK) out.push_back(row);
    return out;
}

void look_at_cold_levels(const Member& at, const std::string& title, const std::vector<std::size_t>& rows,
                         const std::vector<Parameter>& parameters, Hits& hits) {
    const TableView& table = *at.table;
    const ColdRows cold = cold_rows(table, 0.1);
    if (cold.column == SIZE_MAX || cold.rows.empty()) return;
    std::vector<bool> is_cold;
    for (const auto row : rows) is_cold.push_back(std::binary_search(cold.rows.begin(), cold.rows.end(), row));
    for (const Parameter& one : parameters) {
        const std::string& name = table.rows->columns[one.column];
        std::string subject = title;
        subject.append(", ").append(name);
        hits.looked(confounding, subject);
        std::vector<std::uint64_t> n_cold(one.names.size());
        for (std::size_t i = 0; i < rows.size(); ++i) n_cold[one.level[i]] += is_cold[i] ? 1U : 0U;
        const auto most = std::max_element(n_cold.begin(), n_cold.end());
        if (*most != cold.rows.size() || chance_of_one_level(one.sizes, *most) >= by_chance) {
            hits.looked(not_identifiable, subject);
            continue;
        }
        const std::string level = name + "=" + one.names[static_cast<std::size_t>(most - n_cold.begin())];
        const Evidence where = at.artifact->row(table, cold.rows.front(), {one.column, cold.column});
        hits.add(confounding,
                 {subject, where, 1, "all " + counted(*most, "cold start") + " of a file fall on " + level});
        auto changed = metrics_changed(table, rows, is_cold);
        std::erase(changed, cold.column);
        hits.looked(not_identifiable, subject, changed.size());
        for (const auto m : changed)
            hits.add(not_identifiable,
                     {subject, at.artifact->row(table, cold.rows.front(), {one.column, m, cold.column}), 1,
                      table.rows->columns[m] + " (only " + level + " was measured cold)"});
    }
}

void look_at_run_order(const Member& at, const std::string& title, const std::vector<std::size_t>& rows,
                       const std::vector<Parameter>& parameters, Hits& hits) {
    const TableView& table = *at.table;
    const std::size_t time = time_column(table);
    if (time == SIZE_MAX) return;
    std::vector<std::pair<double, std::size_t>> order; // time, place in `rows`
    std::set<double> times;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto when = time_of(table.rows->cell(rows[i], time));
        if (!when) return;
        order.emplace_back(*when, i);
        times.insert(*when);
    }
    if (times.size() * 2 < rows.size()) return; // many at one time: when a file was written
    std::stable_sort(order.begin(), order.end(), [](auto& a, auto& b) { return a.first < b.first; });
    for (const Parameter& one : parameters) {
        if (rows.size() < 5 * one.names.size()) continue;
        Contingency counts;
        for (std::size_t i = 0; i < order.size(); ++i)
            ++counts[{one.level[order[i].second], i * one.names.size() / order.size()}];
        const std::string subject = title + ", " + table.rows->columns[one.column];
        hits.looked(confounding, subject);
        const auto v = cramers_v(counts);
        if (v && *v >= hits.threshold(confounding))
            hits.add(confounding, {subject, at.artifact->row(table, rows[order.front().second], {time, one.column}), 1,
                                   std::string{run_order} +
                                       " goes with its levels, which were measured one after another (Cramer's V = " +
                                       number_text(*v) + ")"});
    }
}

bool is_nuisance(std::string_view name) {
    static constexpr std::string_view words[]{"host", "hostname", "node", "machine", "date", "day"};
    return data::has_word(name, words);
}

bool is_comparable(const data::Dimension& dimension) {
    return dimension.varies() && dimension.levels.size() <= most_levels;
}

bool is_parameter(const data::Dimension& dimension) {
    return is_comparable(dimension) && !is_nuisance(dimension.name) && !is_repeat(dimension.name) &&
           !data::is_stimulus(dimension.name) && dimension.name != "file" && dimension.name != "artifact";
}

/// Rows that are ok by a level of two dimensions.
Contingency count_rows(const data::Dataset& dataset, std::size_t a, std::size_t b) {
    Contingency out;
    for (const auto& part : dataset.parts)
        if (dataset.level(part, a) && dataset.level(part, b) && part.rows.ok > 0)
            out[{part.levels[a], part.levels[b]}] += part.rows.ok;
    return out;
}

void compare_with_host(const data::Dataset& dataset, std::size_t parameter, std::size_t host, Hits& hits) {
    const Contingency counts = count_rows(dataset, parameter, host);
    std::uint64_t n = 0;
    std::map<std::size_t, std::size_t> hosts_of; // how many, by level
    for (const auto& [at, rows] : counts) n += rows, ++hosts_of[at.first];
    const auto &one = dataset.dimensions[parameter], &other = dataset.dimensions[host];
    if (n < 5 * std::max(one.levels.size(), other.levels.size())) return;
    const std::string subject = dataset.title + ", " + one.name;
    hits.looked(confounding, subject);
    hits.looked(not_identifiable, subject);
    const auto v = cramers_v(counts);
    if (!v || *v < hits.threshold(confounding)) return;
    const Evidence where{dataset.sources.front().path};
    hits.add(confounding,
             {subject, where, 1, other.name + " goes with its levels (Cramer's V = " + number_text(*v) + ")"});
    if (std::all_of(hosts_of.begin(), hosts_of.end(), [](auto& of) { return of.second == 1; }))
        hits.add(not_identifiable, {subject, where, 1, "all metrics (each level has one " + other.name + ")"});
}

/// Hosts and days are dimensions; a row count per part is all that is needed.
void look_at_hosts(const DatasetView& view, Hits& hits) {
    const auto& dimensions = view.dataset->dimensions;
    std::size_t looked = 0;
    for (std::size_t h = 0; h < dimensions.size(); ++h)
        for (std::size_t d = 0; d < dimensions.size() && is_nuisance(dimensions[h].name); ++d)
            if (is_comparable(dimensions[h]) && is_parameter(dimensions[d]) && looked++ < most_conditions)
                compare_with_host(*view.dataset, d, h, hits);
}

void look_for_confounding(const Member& at, Hits& hits) {
    const TableView& table = *at.table;
    if (!has_performance(table) || table.rows == nullptr || is_telemetry(table)) return;
    if (!table.rows->complete()) {
        for (const Rule* rule : {&confounding, &not_identifiable}) hits.not_evaluated(*rule, too_large);
        return;
    }
    constexpr std::size_t fewest = 8;
    if (table.profile->rows.ok < fewest) return;
    const auto rows = ok_rows(table);
    if (rows.size() < fewest) return;
    const auto parameters = parameters_of(table, rows);
    if (parameters.empty()) return;
    look_at_cold_levels(at, table.title, rows, parameters, hits);
    look_at_run_order(at, table.title, rows, parameters, hits);
}

constexpr std::array confounding_rules{&confounding, &not_identifiable};

} // namespace

const Family confounding_family{
    .name = "Confounding", .rules = confounding_rules, .table = look_for_confounding, .dataset = look_at_hosts};

} // namespace assay::gaps

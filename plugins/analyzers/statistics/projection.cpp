#include "statistics/projection.hpp"
#include <algorithm>
#include <tuple>

namespace assay::statistics {

namespace {

constexpr std::size_t most_single = 8;

/// What names a place or a time of measuring rather than a thing measured: named last in titles.
bool is_locator(const std::string& name) { return name == "run" || name == "file" || name == "artifact"; }

/// Dimensions in the order a reader looks for them: what a text column names, what the artifact says, parameters,
/// places; fewer levels first.
std::vector<std::size_t> ordered(const Dataset& dataset, std::vector<std::size_t> dimensions) {
    const auto order = [&](std::size_t i) {
        const Dimension& d = dataset.dimensions[i];
        const int kind = is_locator(d.name) ? 3 : d.in_table ? (d.identity ? 0 : 2) : 1;
        return std::tuple{kind, d.levels.size(), d.name};
    };
    std::sort(dimensions.begin(), dimensions.end(), [&](auto a, auto b) { return order(a) < order(b); });
    return dimensions;
}

/// Of `candidates` those that divide the parts further than the ones before.
std::vector<std::size_t> refining(const Dataset& dataset, const std::vector<std::size_t>& candidates) {
    std::vector<std::size_t> part_class(dataset.parts.size(), 0), out;
    std::size_t classes = 1;
    for (const auto candidate : candidates) {
        std::map<std::pair<std::size_t, Level>, std::size_t> finer;
        std::vector<std::size_t> next;
        for (std::size_t i = 0; i < part_class.size(); ++i)
            next.push_back(
                finer.try_emplace({part_class[i], dataset.parts[i].levels[candidate]}, finer.size()).first->second);
        if (finer.size() == classes) continue;
        classes = finer.size();
        part_class = std::move(next);
        out.push_back(candidate);
    }
    return out;
}

std::uint64_t median_ok(const Projection& projection) {
    std::vector<std::uint64_t> counts;
    for (const Group& group : projection.groups)
        if (group.rows.ok > 0) counts.push_back(group.rows.ok);
    if (counts.empty()) return 0;
    std::sort(counts.begin(), counts.end());
    return counts[(counts.size() - 1) / 2];
}

std::vector<std::size_t> varying(const Dataset& dataset, bool identity_only) {
    std::vector<std::size_t> out;
    for (std::size_t i = 0; i < dataset.dimensions.size(); ++i)
        if (dataset.dimensions[i].varies() && (!identity_only || dataset.dimensions[i].identity)) out.push_back(i);
    return ordered(dataset, std::move(out));
}

std::vector<std::size_t> named(const Dataset& dataset, const std::vector<std::string>& names,
                               std::vector<std::string>& unknown) {
    std::vector<std::size_t> out;
    for (const auto& name : names) {
        const auto found = std::find_if(dataset.dimensions.begin(), dataset.dimensions.end(),
                                        [&](const Dimension& d) { return d.name == name; });
        if (found == dataset.dimensions.end())
            unknown.push_back(name);
        else
            out.push_back(static_cast<std::size_t>(found - dataset.dimensions.begin()));
    }
    return out;
}

} // namespace

Projection project(const Dataset& dataset, std::vector<std::size_t> dimensions) {
    const bool by_column =
        std::any_of(dimensions.begin(), dimensions.end(), [&](auto i) { return dataset.dimensions[i].in_table; });
    std::map<std::vector<Level>, Group, LevelOrder> groups;
    // Whole tables where their own columns do not divide: they keep more values exactly than their cells.
    for (const Part& part : by_column ? dataset.parts : dataset.wholes) {
        std::vector<Level> levels;
        for (const auto i : dimensions) levels.push_back(part.levels[i]);
        Group& group = groups[levels];
        group.levels = levels;
        group.parts.push_back(&part);
        group.rows.add(part.rows());
    }
    Projection out{std::move(dimensions), {}, false};
    for (auto& [levels, group] : groups) out.groups.push_back(std::move(group));
    return out;
}

Choice choose(const Dataset& dataset, const std::vector<std::string>& group_by, std::size_t most_groups) {
    Choice out;
    const auto all = varying(dataset, false), identities = varying(dataset, true);
    Projection full = project(dataset, refining(dataset, all));
    for (const Group& group : full.groups) {
        out.configurations += group.rows.ok > 0 ? 1U : 0U;
        out.most_per_configuration = std::max(out.most_per_configuration, group.rows.ok);
    }
    const bool fits = full.groups.size() <= most_groups && median_ok(full) >= 2;
    const auto add = [&](Projection projection, bool headline) {
        for (const auto& other : out.projections)
            if (other.dimensions == projection.dimensions) return;
        projection.headline = headline;
        out.projections.push_back(std::move(projection));
    };
    out.not_split = dataset.not_split;
    const auto asked = named(dataset, group_by, out.unknown);
    Projection main = !asked.empty() ? project(dataset, asked)
                      : fits         ? std::move(full)
                                     : project(dataset, refining(dataset, identities));
    if (main.groups.size() <= most_groups)
        add(std::move(main), true);
    else
        out.not_split = true;
    if (asked.empty() && !fits)
        for (const auto dimension : all) {
            Projection single = project(dataset, {dimension});
            if (out.projections.size() < most_single && single.groups.size() <= most_groups && median_ok(single) >= 2)
                add(std::move(single), false);
        }
    add(project(dataset, {}), false);
    return out;
}

std::string pooled_over(const Dataset& dataset, const std::vector<Group>& groups) {
    // Groups of whole tables are looked at through the cells of these tables.
    std::map<const Source*, std::vector<const Part*>> cells;
    for (const Part& part : dataset.parts) cells[part.source].push_back(&part);
    std::vector<std::size_t> most(dataset.dimensions.size(), 0);
    for (const Group& group : groups) {
        std::vector<std::set<Level>> levels(most.size());
        for (const Part* part : group.parts) {
            const std::vector<const Part*> own{part};
            for (const Part* cell : part->cell ? own : cells[part->source])
                for (std::size_t i = 0; cell->rows().ok > 0 && i < most.size(); ++i) levels[i].insert(cell->levels[i]);
        }
        for (std::size_t i = 0; i < most.size(); ++i) most[i] = std::max(most[i], levels[i].size());
    }
    std::string text;
    for (std::size_t i = 0; i < most.size(); ++i)
        if (most[i] > 1)
            text += (text.empty() ? "" : ", ") + dataset.dimensions[i].name + " (" + std::to_string(most[i]) + ")";
    return text;
}

} // namespace assay::statistics

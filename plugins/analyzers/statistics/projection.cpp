#include "statistics/projection.hpp"
#include "statistics/mix.hpp"
#include "statistics/shown_metrics.hpp"
#include <algorithm>
#include <numeric>
#include <set>

namespace assay::statistics {

namespace {

constexpr std::size_t most_divisions = 8;

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

void Group::add(const Part& part) {
    parts.push_back(&part);
    rows.add(part.rows);
    if (part.cap != stats::Values::no_cap && (cap == stats::Values::no_cap || part.cap < cap)) cap = part.cap;
}

std::uint64_t median_ok(const Projection& projection) {
    std::vector<std::uint64_t> counts;
    for (const Group& group : projection.groups)
        if (group.rows.ok > 0) counts.push_back(group.rows.ok);
    if (counts.empty()) return 0;
    std::sort(counts.begin(), counts.end());
    return counts[(counts.size() - 1) / 2];
}

Projection project(const Dataset& dataset, std::vector<std::size_t> dimensions) {
    const bool by_column =
        std::any_of(dimensions.begin(), dimensions.end(), [&](auto i) { return dataset.dimensions[i].in_table; });
    // Whole tables where their own columns do not divide: they keep more values exactly than their cells.
    const std::span<const Part> parts = by_column ? dataset.parts : dataset.wholes;
    const Classes classes = classes_of(dataset, parts, dimensions);
    std::vector<Group> groups(classes.count);
    for (std::size_t i = 0; i < parts.size(); ++i) {
        groups[classes.of[i]].add(parts[i]);
    }
    const auto comes_first = [&](const Group& a, const Group& b) { // levels are numbered in their order
        for (const auto i : dimensions)
            if (const auto x = a.parts.front()->levels[i], y = b.parts.front()->levels[i]; x != y) return x < y;
        return false;
    };
    std::vector<std::size_t> order(groups.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](auto a, auto b) { return comes_first(groups[a], groups[b]); });
    Projection out{std::move(dimensions), {}, false};
    for (const auto place : order) {
        Group& group = out.groups.emplace_back(std::move(groups[place]));
        for (const auto i : out.dimensions)
            group.levels.push_back(dataset.dimensions[i].levels[group.parts.front()->levels[i]]);
    }
    return out;
}

namespace {

/// Most ok rows of a group that has the same identity and the same parameters.
std::uint64_t most_alike(const Dataset& dataset, const Dimensions& identities, const Dimensions& all) {
    Dimensions dimensions = identities;
    for (const auto i : all)
        if (!dataset.dimensions[i].identity) dimensions.push_back(i);
    const Classes classes = classes_of(dataset, dataset.parts, dimensions);
    std::vector<std::uint64_t> ok(classes.count, 0);
    for (std::size_t i = 0; i < dataset.parts.size(); ++i) ok[classes.of[i]] += dataset.parts[i].rows.ok;
    return ok.empty() ? 0 : *std::max_element(ok.begin(), ok.end());
}

bool is_parameter(const Dimension& dimension) { return !dimension.identity && !data::is_stimulus(dimension.name); }

} // namespace

Choice choose(const Dataset& dataset, const std::vector<std::string>& group_by, std::size_t most_groups) {
    Choice out;
    out.not_split = dataset.not_split;
    const Dimensions all = varying(dataset, false), identities = varying(dataset, true);
    const Dimensions asked = named(dataset, group_by, out.unknown);
    Dimensions subjects = refining(dataset, without_repeats(dataset, identities));
    if (subjects.empty()) subjects = refining(dataset, identities);
    const auto shown = shown_metrics(dataset);
    const Dimensions main_dimensions = shown.empty() ? subjects : evened(dataset, subjects, shown.front(), most_groups);
    const Dimensions everything = refining(dataset, all);
    Projection full;
    if (classes_of(dataset, dataset.parts, everything).count <= most_groups) full = project(dataset, everything);
    const bool fits = median_ok(full) >= 2;
    const auto add = [&](Projection projection, bool headline) {
        projection.headline = headline;
        out.projections.push_back(std::move(projection));
    };
    if (!asked.empty() || fits) {
        Projection main = asked.empty() ? std::move(full) : project(dataset, asked);
        if (main.groups.size() <= most_groups)
            add(std::move(main), true);
        else
            out.not_split = true;
    } else {
        std::set<std::vector<std::uint32_t>> seen{classes_of(dataset, dataset.parts, {}).of};
        // A division that is not there yet, and says something about more than single rows.
        const auto add_new = [&](const Dimensions& dimensions, bool headline) {
            if (out.projections.size() >= most_divisions) return;
            Classes classes = classes_of(dataset, dataset.parts, dimensions);
            const bool too_many = classes.count > most_groups;
            if (!seen.insert(std::move(classes.of)).second) return;
            if (too_many) {
                out.not_split |= headline;
                return;
            }
            Projection projection = project(dataset, dimensions);
            if (headline || median_ok(projection) >= 2) add(std::move(projection), headline);
        };
        if (main_dimensions.empty())
            add(project(dataset, {}), true);
        else
            add_new(main_dimensions, true);
        add_new(refining(dataset, identities), false);
        for (const auto dimension : all) {
            // A parameter or a time alone would mix the things measured; one of these alone is what its name says.
            const bool alone = dataset.dimensions[dimension].identity && !is_time(dataset.dimensions[dimension]);
            Dimensions dimensions = alone ? Dimensions{} : subjects;
            dimensions.push_back(dimension);
            add_new(dimensions, false);
        }
        out.sweep = most_alike(dataset, subjects, all) == 1 &&
                    std::any_of(all.begin(), all.end(), [&](auto i) { return is_parameter(dataset.dimensions[i]); });
    }
    if (out.projections.empty() || !out.projections.front().dimensions.empty()) add(project(dataset, {}), false);
    return out;
}

std::vector<std::size_t> levels_in(const Dataset& dataset, const Group& group) {
    std::vector<std::size_t> measured; // cells with ok rows
    each_cell(dataset, group, [&](std::size_t cell) {
        if (dataset.parts[cell].rows.ok > 0) measured.push_back(cell);
    });
    std::vector<std::size_t> counts;
    for (std::size_t i = 0; i < dataset.dimensions.size(); ++i) {
        const Dimension& dimension = dataset.dimensions[i];
        const auto level_of = data::levels_of(dataset.parts, i);
        std::vector<bool> met(dimension.levels.size(), false);
        std::size_t count = 0;
        for (const auto cell : measured) {
            const std::uint32_t level = level_of[cell];
            if (met[level] || !dimension.is_known(level)) continue;
            met[level] = true;
            ++count;
        }
        counts.push_back(count);
    }
    return counts;
}

std::string pooled_over(const Dataset& dataset, const std::vector<std::size_t>& levels) {
    std::string text;
    for (std::size_t i = 0; i < levels.size(); ++i)
        if (levels[i] > 1)
            text += (text.empty() ? "" : ", ") + dataset.dimensions[i].name + " (" + std::to_string(levels[i]) + ")";
    return text;
}

} // namespace assay::statistics

#include "statistics/division.hpp"
#include <algorithm>
#include <array>
#include <assay/cell.hpp>
#include <assay/time_stamp.hpp>
#include <tuple>
#include <unordered_map>

namespace assay::statistics {

namespace {

bool names_what_was_measured(std::string_view name) {
    static constexpr std::array<std::string_view, 14> words{"model",   "backend", "engine",   "variant", "quant",
                                                            "device",  "version", "commit",   "build",   "runtime",
                                                            "library", "file",    "artifact", "system"};
    return data::has_word(name, words);
}

/// What names a place or a time of measuring rather than a thing measured.
bool is_locator(const std::string& name) { return name == "run" || name == "file" || name == "artifact"; }

/// What it was, in the words of those who wrote it: before an address or a group that says the same.
bool names_subject(std::string_view name) {
    static constexpr std::array<std::string_view, 7> words{"label", "name",     "benchmark", "test",
                                                           "case",  "workload", "task"};
    return data::has_word(name, words);
}

/// What has another unit is another thing: nothing pools over it, and readers see it beside each number without one.
bool names_unit(std::string_view name) {
    static constexpr std::array<std::string_view, 2> words{"unit", "units"};
    return data::has_word(name, words) || name.ends_with("Unit");
}

bool has_unknown_unit(const Dataset& dataset) {
    return std::any_of(dataset.metrics.begin(), dataset.metrics.end(),
                       [](const Metric& metric) { return metric.unit.empty() && !metric.aggregate; });
}

std::size_t count_of(const std::vector<std::size_t>& classes) {
    return classes.empty() ? 0 : *std::max_element(classes.begin(), classes.end()) + 1;
}

std::vector<std::size_t> finer(const Dataset& dataset, const std::vector<std::size_t>& classes, std::size_t dimension) {
    const std::size_t levels = dataset.dimensions[dimension].levels.size();
    std::unordered_map<std::size_t, std::size_t> seen;
    std::vector<std::size_t> out;
    out.reserve(classes.size());
    for (std::size_t i = 0; i < classes.size(); ++i)
        out.push_back(
            seen.try_emplace(classes[i] * levels + dataset.parts[i].levels[dimension], seen.size()).first->second);
    return out;
}

/// True where the rows that have a level of it are divided further by it: else it says again what others say, and only
/// sets apart the rows that lack it.
bool adds(const Dataset& dataset, const std::vector<std::size_t>& classes, std::size_t dimension) {
    std::vector<std::optional<std::uint32_t>> level_of(count_of(classes));
    for (std::size_t i = 0; i < classes.size(); ++i) {
        const std::uint32_t level = dataset.parts[i].levels[dimension];
        if (!dataset.dimensions[dimension].is_known(level)) continue;
        auto& first = level_of[classes[i]];
        if (!first) first = level;
        if (*first != level) return true;
    }
    return false;
}

Dimensions ordered(const Dataset& dataset, Dimensions dimensions) {
    const auto order = [&](std::size_t i) {
        const Dimension& d = dataset.dimensions[i];
        const int kind = is_locator(d.name) ? 3 : d.in_table ? (d.identity ? 0 : 2) : 1;
        return std::tuple{kind, !d.complete, d.seen, !names_subject(d.name), d.name};
    };
    std::sort(dimensions.begin(), dimensions.end(), [&](auto a, auto b) { return order(a) < order(b); });
    return dimensions;
}

} // namespace

bool is_time(const Dimension& dimension) {
    return std::all_of(dimension.levels.begin(), dimension.levels.end(),
                       [](const Level& level) { return !level || cell::time(*level) || is_time_stamp(*level); });
}

std::vector<std::size_t> classes_of(const Dataset& dataset, const Dimensions& dimensions) {
    std::vector<std::size_t> classes(dataset.parts.size(), 0);
    for (const auto dimension : dimensions) classes = finer(dataset, classes, dimension);
    return classes;
}

Dimensions varying(const Dataset& dataset, bool identity_only) {
    Dimensions out;
    for (std::size_t i = 0; i < dataset.dimensions.size(); ++i)
        if (dataset.dimensions[i].varies() &&
            (!identity_only || dataset.dimensions[i].identity || names_unit(dataset.dimensions[i].name)))
            out.push_back(i);
    return ordered(dataset, std::move(out));
}

Dimensions refining(const Dataset& dataset, const Dimensions& candidates) {
    std::vector<std::size_t> classes(dataset.parts.size(), 0);
    Dimensions out;
    for (const auto candidate : candidates) {
        if (!adds(dataset, classes, candidate)) continue;
        classes = finer(dataset, classes, candidate);
        out.push_back(candidate);
    }
    // What is not known everywhere stays only where later ones do not make up for it.
    for (std::size_t i = out.size(); i-- > 0;) {
        if (dataset.dimensions[out[i]].complete) continue;
        Dimensions rest = out;
        rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(i));
        if (count_of(classes_of(dataset, rest)) == count_of(classes)) out = std::move(rest);
    }
    if (has_unknown_unit(dataset))
        for (const auto candidate : candidates)
            if (names_unit(dataset.dimensions[candidate].name) &&
                std::find(out.begin(), out.end(), candidate) == out.end())
                out.push_back(candidate);
    return out;
}

Dimensions without_repeats(const Dataset& dataset, const Dimensions& candidates) {
    const auto is_run = [&](std::size_t i) { return dataset.dimensions[i].name == "run"; };
    const auto run = std::find_if(candidates.begin(), candidates.end(), is_run);
    if (run == candidates.end()) return candidates;
    const auto runs = count_of(classes_of(dataset, {*run}));
    Dimensions out;
    for (const auto candidate : candidates) {
        const Dimension& d = dataset.dimensions[candidate];
        const bool of_runs =
            !d.complete && !names_what_was_measured(d.name) && count_of(classes_of(dataset, {*run, candidate})) == runs;
        if (!is_run(candidate) && !of_runs) out.push_back(candidate);
    }
    return out;
}

} // namespace assay::statistics

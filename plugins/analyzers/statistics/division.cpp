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
    return data::has_word(name.substr(name.rfind('.') + 1), words); // not of what it stands in
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

Classes one_class(std::span<const Part> parts) {
    return {std::vector<std::uint32_t>(parts.size(), 0), parts.empty() ? 0U : 1U};
}

/// What numbers keys as they are met: a table of all keys while that is not much larger than what asks.
class Numbering {
  public:
    Numbering(std::size_t n_keys, std::size_t n_asked) {
        if (n_keys <= 4 * n_asked + 1024) table_.assign(n_keys, UINT32_MAX);
    }
    std::uint32_t of(std::size_t key) {
        std::uint32_t& number = table_.empty() ? rare_.try_emplace(key, UINT32_MAX).first->second : table_[key];
        if (number == UINT32_MAX) number = count_++;
        return number;
    }
    std::size_t count() const { return count_; }

  private:
    std::vector<std::uint32_t> table_;
    std::unordered_map<std::size_t, std::uint32_t> rare_;
    std::uint32_t count_ = 0;
};

Classes finer(const Dataset& dataset, std::span<const Part> parts, const Classes& classes, std::size_t dimension) {
    const std::size_t levels = dataset.dimensions[dimension].levels.size();
    Numbering numbers{classes.count * levels, parts.size()};
    Classes out;
    out.of.resize(parts.size());
    const auto level_of = data::levels_of(parts, dimension);
    for (std::size_t i = 0; i < parts.size(); ++i) out.of[i] = numbers.of(classes.of[i] * levels + level_of[i]);
    out.count = numbers.count();
    return out;
}

/// True where the rows that have a level of it are divided further by it: else it says again what others say, and only
/// sets apart the rows that lack it.
bool adds(const Dataset& dataset, const Classes& classes, std::size_t dimension) {
    std::vector<std::uint32_t> first_of(classes.count, UINT32_MAX);
    const auto level_of = data::levels_of(dataset.parts, dimension);
    for (std::size_t i = 0; i < classes.of.size(); ++i) {
        const std::uint32_t level = level_of[i];
        if (!dataset.dimensions[dimension].is_known(level)) continue;
        std::uint32_t& first = first_of[classes.of[i]];
        if (first == UINT32_MAX) first = level;
        if (first != level) return true;
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

Classes classes_of(const Dataset& dataset, std::span<const Part> parts, const Dimensions& dimensions) {
    Classes classes = one_class(parts);
    for (const auto dimension : dimensions) classes = finer(dataset, parts, classes, dimension);
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
    Classes classes = one_class(dataset.parts);
    Dimensions out;
    for (const auto candidate : candidates) {
        if (!adds(dataset, classes, candidate)) continue;
        classes = finer(dataset, dataset.parts, classes, candidate);
        out.push_back(candidate);
    }
    // What is not known everywhere stays only where later ones do not make up for it.
    for (std::size_t i = out.size(); i-- > 0;) {
        if (dataset.dimensions[out[i]].complete) continue;
        Dimensions rest = out;
        rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(i));
        if (classes_of(dataset, dataset.parts, rest).count == classes.count) out = std::move(rest);
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
    const auto runs = classes_of(dataset, dataset.parts, {*run}).count;
    Dimensions out;
    for (const auto candidate : candidates) {
        const Dimension& d = dataset.dimensions[candidate];
        const bool of_runs = !d.complete && !names_what_was_measured(d.name) &&
                             classes_of(dataset, dataset.parts, {*run, candidate}).count == runs;
        if (!is_run(candidate) && !of_runs) out.push_back(candidate);
    }
    return out;
}

} // namespace assay::statistics

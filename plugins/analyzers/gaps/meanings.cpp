// Names and numbers that mean one thing here and another there.
#include "gaps/family.hpp"
#include "gaps/wording.hpp"
#include <algorithm>
#include <array>
#include <cmath>

namespace assay::gaps {

namespace {

// ---- U2

std::string say_other_scale(const Group& group, double) {
    return k_of_n(group, "files") + " give this metric in another scale than the rest: " + most_frequent(group, 3);
}

const Rule other_scale{.id = "U2",
                       .slug = "scale-differs-between-files",
                       .severity = Severity::high,
                       .definition =
                           "A metric's mean in a file is about 1,000, 10^6 or 10^9 times what it is in at least "
                           "three others that agree, and so it is for every configuration that both have.",
                       .fix = "Look at the units of these files; convert them before they are compared.",
                       .looks_at = "metrics that 4 files of a dataset have",
                       .statement = say_other_scale,
                       .answer = Answer::must_not_say};

struct FileMean {
    const data::Source* source;
    double mean;
};

double mean_of(const Figures* numbers) {
    return numbers == nullptr || numbers->n() == 0 ? 0 : std::abs(numbers->moments.mean);
}

bool is_near(double ratio, double scale, double factor) {
    return ratio > 0 && std::abs(std::log(ratio / scale)) < std::log(factor);
}

/// 1e3, 1e-6 and the like; nothing where the ratio is near none of them.
std::optional<double> scale_of(double ratio) {
    for (const double scale : {1e3, 1e6, 1e9, 1e-3, 1e-6, 1e-9})
        if (is_near(ratio, scale, 1.5)) return scale;
    return std::nullopt;
}

/// Means by the parameters in the table.
std::map<std::vector<std::uint32_t>, double> means_by_parameters(const data::Dataset& dataset,
                                                                 const data::Source& source, std::size_t m) {
    std::map<std::vector<std::uint32_t>, double> out;
    for (const data::Part& part : dataset.parts_of(source)) {
        std::vector<std::uint32_t> levels;
        for (std::size_t d = 0; d < dataset.dimensions.size(); ++d)
            if (dataset.dimensions[d].in_table) levels.push_back(part.levels[d]);
        out[std::move(levels)] = mean_of(part.numbers(m));
    }
    return out;
}

bool all_scaled(const data::Dataset& dataset, const data::Source& odd, const data::Source& usual, std::size_t m,
                double scale) {
    const auto odd_means = means_by_parameters(dataset, odd, m), usual_means = means_by_parameters(dataset, usual, m);
    std::size_t shared = 0;
    for (const auto& [levels, mean] : odd_means) {
        const auto other = usual_means.find(levels);
        if (other == usual_means.end() || mean == 0 || other->second == 0) continue;
        ++shared;
        if (!is_near(mean / other->second, scale, 3)) return false;
    }
    return shared > 0;
}

void look_for_scales(const DatasetView& view, Hits& hits) {
    constexpr std::size_t fewest = 4;
    const data::Dataset& dataset = *view.dataset;
    if (dataset.sources.size() < fewest) return;
    for (std::size_t m = 0; m < dataset.metrics.size(); ++m) {
        std::vector<FileMean> files;
        for (const data::Part& whole : dataset.wholes)
            if (const double mean = mean_of(whole.numbers(m)); mean > 0) files.push_back({whole.source, mean});
        if (files.size() < fewest) continue;
        const std::string subject = dataset.title + ", " + dataset.metrics[m].name;
        hits.looked(other_scale, subject, files.size());
        std::stable_sort(files.begin(), files.end(), [](auto& a, auto& b) { return a.mean < b.mean; });
        const FileMean usual = files[files.size() / 2];
        const auto agree = std::count_if(files.begin(), files.end(),
                                         [&](const FileMean& file) { return is_near(file.mean / usual.mean, 1, 3); });
        if (agree < 3 || static_cast<std::size_t>(agree) * 2 <= files.size()) continue;
        for (const FileMean& file : files) {
            const auto scale = scale_of(file.mean / usual.mean);
            if (!scale || !all_scaled(dataset, *file.source, *usual.source, m, *scale)) continue;
            hits.add(other_scale, {subject,
                                   {.artifact = file.source->path,
                                    .excerpt = "mean " + number_text(file.mean) + ", in " + usual.source->path + " " +
                                               number_text(usual.mean)},
                                   1,
                                   "about " + number_text(*scale) + " times the others"});
        }
    }
}

// ---- U4

std::string say_collision(const Group& group, double) {
    return k_of_n(group, "columns") + " mean something else than their name says elsewhere: " + most_frequent(group, 5);
}

const Rule collision{.id = "U4",
                     .slug = "name-with-two-meanings",
                     .severity = Severity::high,
                     .definition =
                         "A name ends in `_s` and is a rate, where `_s` stands for seconds elsewhere, or the same "
                         "name has units of different kinds, such as a time and a size.",
                     .fix = "Rename the column (`tokens_per_s`), or give its unit in the pipeline's `columns`.",
                     .looks_at = "metrics with a unit",
                     .statement = say_collision,
                     .answer = Answer::must_not_say};

std::string_view kind_of_unit(std::string_view unit) {
    if (is_duration_unit(unit)) return "a time";
    if (unit.find('/') != std::string_view::npos) return unit.ends_with("/s") ? "a rate" : "";
    if (unit.ends_with("By")) return "a size";
    if (unit == "%") return "a share";
    return unit.ends_with("Hz") ? "a frequency" : "";
}

/// `tokens_s`: ends in seconds without a word that divides.
bool ends_in_seconds(std::string_view name) {
    const auto words = name_words(name);
    if (words.size() < 2 || name.find('/') != std::string_view::npos) return false;
    return (words.back() == "s" || words.back() == "sec") && words[words.size() - 2] != "per";
}

/// A metric with a unit.
struct NamedUnit {
    std::string name, unit, lower_name;
    std::string_view kind;
    bool in_seconds; ///< by its name
};

struct NamedUnits {
    explicit NamedUnits(const Strided<assay_column>& plan) {
        for (const assay_column& column : plan) {
            const std::string_view name = view(column.name), unit = view(column.unit);
            if (column.role == ASSAY_ROLE_METRIC && !unit.empty())
                all.push_back({std::string{name}, std::string{unit}, lower_case(name), kind_of_unit(unit),
                               ends_in_seconds(name)});
        }
    }
    std::vector<NamedUnit> all;
};

struct Usage {
    const NamedUnit* what;
    const assay_artifact* artifact;
};

/// `documents`: those of tables in prose.
struct Usages {
    std::vector<Usage> data, documents;
};

Usages usages_in(const Tree& tree) {
    Usages out;
    for (const assay_artifact& artifact : tree.corpus.artifacts()) {
        if (artifact.duplicate_of != SIZE_MAX) continue;
        auto& usages = is_document(artifact) ? out.documents : out.data;
        for (const assay_table_record& record : tables(artifact))
            if (record.plan->kind == ASSAY_TABLE_DATA)
                for (const NamedUnit& one : tree.layout(*record.plan).known<NamedUnits>().all)
                    usages.push_back({&one, &artifact});
    }
    return out;
}

void look_for_seconds_that_are_rates(const Usages& usages, Hits& hits) {
    static const std::string subject = "names that end in _s";
    std::uint64_t seconds = 0;
    std::vector<const Usage*> rates;
    for (const auto* list : {&usages.data, &usages.documents})
        for (const Usage& usage : *list) {
            if (!usage.what->in_seconds) continue;
            if (usage.what->kind == "a rate")
                rates.push_back(&usage);
            else if (usage.what->kind == "a time")
                ++seconds;
        }
    if (seconds + rates.size() > 0) hits.looked(collision, subject, seconds + rates.size());
    if (seconds == 0) return;
    for (const Usage* usage : rates)
        hits.add(collision, {subject,
                             {.artifact = path_of(*usage->artifact), .excerpt = usage->what->name},
                             1,
                             usage->what->name + " is " + usage->what->unit});
}

/// In data only: a column of a table in prose is often called like what it compares.
void look_for_kinds(const Usages& usages, Hits& hits) {
    static constexpr std::string_view generic[]{"value", "mean", "median", "avg", "min",
                                                "max",   "std",  "result", "x",   "y"};
    std::map<std::string, std::map<std::string_view, std::vector<const Usage*>>> names;
    for (const Usage& usage : usages.data)
        if (!usage.what->kind.empty()) names[usage.what->lower_name][usage.what->kind].push_back(&usage);
    for (const auto& [name, kinds] : names) {
        const auto words = name_words(name);
        const bool says_nothing = std::all_of(words.begin(), words.end(), [](const std::string& word) {
            return std::find(std::begin(generic), std::end(generic), word) != std::end(generic);
        });
        if (kinds.size() < 2 || says_nothing) continue;
        const auto usual = std::max_element(
            kinds.begin(), kinds.end(), [](const auto& a, const auto& b) { return a.second.size() < b.second.size(); });
        for (const auto& [kind, columns] : kinds) {
            hits.looked(collision, name, columns.size());
            if (kind == usual->first) continue;
            for (const Usage* usage : columns)
                hits.add(collision, {name,
                                     {.artifact = path_of(*usage->artifact),
                                      .excerpt = usage->what->name + " in " + usage->what->unit},
                                     1,
                                     usage->what->unit + " in place of " + usual->second.front()->what->unit});
        }
    }
}

void look_at_names_of_metrics(const Tree& tree, Hits& hits) {
    const Usages usages = usages_in(tree);
    if (!usages.data.empty()) hits.looked(collision, "", usages.data.size());
    look_for_seconds_that_are_rates(usages, hits);
    look_for_kinds(usages, hits);
}

constexpr std::array meaning_rules{&other_scale, &collision};

} // namespace

const Family meanings_family{.name = "Meanings that differ",
                             .rules = meaning_rules,
                             .dataset = look_for_scales,
                             .tree = look_at_names_of_metrics};

} // namespace assay::gaps

// Pooling: observations and aggregates of them under one name, and populations that no column tells apart.
#include "gaps/design.hpp"
#include "gaps/family.hpp"
#include "gaps/wording.hpp"
#include <algorithm>
#include <array>
#include <assay/cell.hpp>

namespace assay::gaps {

namespace {

// ---- X5

std::string say_mixed_kinds(const Group& group, double) {
    return "observations and aggregates of them stand side by side: " + most_frequent(group, 5);
}

constexpr std::string_view in_one = "in one table";

/// Raw values and a summary in files of their own are what should be; whoever joins them has to tell them apart.
Severity grade_mixed_kinds(const Group& group) {
    const bool any = std::any_of(group.details.begin(), group.details.end(),
                                 [](auto& detail) { return detail.first.find(in_one) != std::string::npos; });
    return any ? Severity::medium : Severity::info;
}

const Rule mixed_kinds{.id = "X5",
                       .slug = "aggregates-mixed-with-raw",
                       .severity = Severity::medium,
                       .definition = "A table of observations holds a row of means or totals; info where a metric has "
                                     "observations in some files and published means in others.",
                       .fix = "Keep aggregates in files of their own, and never average them with observations.",
                       .looks_at = "metrics with observations",
                       .statement = say_mixed_kinds,
                       .grade = grade_mixed_kinds};

/// The cell of a row that calls it a mean or a total; SIZE_MAX where there is none.
std::size_t aggregate_label(const TableView& table, std::size_t row) {
    static constexpr std::string_view labels[]{"mean", "average", "avg", "median", "geomean", "overall", "total"};
    for (const auto c : table.where<is_text>()) {
        const KeptCell& cell = table.rows->cell(row, c);
        if (cell.present && std::any_of(std::begin(labels), std::end(labels),
                                        [&](auto label) { return cell::equals_ignoring_case(cell.text, label); }))
            return c;
    }
    return SIZE_MAX;
}

/// Many such rows make a table of statistics, which mixes nothing.
void look_for_aggregate_rows(const Member& at, const std::string& title, Hits& hits) {
    const TableView& table = *at.table;
    if (table.rows == nullptr || !has_performance(table)) return;
    hits.looked(mixed_kinds, title, table.rows->rows.size(), !table.rows->complete());
    std::vector<std::pair<std::size_t, std::size_t>> found; // row, column
    for (std::size_t row = 0; row < table.rows->rows.size(); ++row)
        if (const std::size_t c = aggregate_label(table, row); c != SIZE_MAX) found.emplace_back(row, c);
    if (found.size() * 4 > table.rows->rows.size()) return;
    for (const auto& [row, c] : found) {
        std::string what = "row '";
        what.append(table.rows->cell(row, c).text).append("' ").append(in_one);
        hits.add(mixed_kinds, {title, at.artifact->row(table, row, {c}), 1, std::move(what)});
    }
}

/// "mean_ttft_s" and "eval_s_mean": "ttft_s", "eval_s". Empty where the name is no mean.
std::string raw_name(std::string_view name) {
    static constexpr std::array<std::string_view, 3> words{"mean", "avg", "average"};
    name = name.substr(name.rfind('.') + 1);
    for (const auto word : words) {
        if (name.starts_with(word) && name.size() > word.size() + 1 && name[word.size()] == '_')
            return std::string{name.substr(word.size() + 1)};
        if (name.ends_with(word) && name.size() > word.size() + 1 && name[name.size() - word.size() - 1] == '_')
            return std::string{name.substr(0, name.size() - word.size() - 1)};
    }
    return {};
}

struct Files {
    std::uint64_t n = 0;
    std::string first;             ///< by path
    std::size_t latest = SIZE_MAX; ///< artifact
    void add(const ArtifactView& artifact) {
        if (latest == artifact.index) return;
        latest = artifact.index;
        if (n++ == 0 || artifact.path < first) first = artifact.path;
    }
    void append(const Files& later) {
        if (later.n > 0 && (n == 0 || later.first < first)) first = later.first;
        n += later.n;
    }
};
struct RawAndMeans {
    Files raw, means;
};

struct FilesByMetric {
    std::map<std::string, RawAndMeans> metrics;
    void append(const FilesByMetric& later) {
        for (const auto& [name, files] : later.metrics) {
            RawAndMeans& known = metrics[name];
            known.raw.append(files.raw);
            known.means.append(files.means);
        }
    }
};

/// Names of what is measured, and of what means are given of.
struct MetricNames {
    explicit MetricNames(const Strided<assay_column>& plan) {
        for (const assay_column& column : plan) {
            if (is_performance(column)) raw.emplace_back(view(column.name));
            if (std::string of = raw_name(view(column.name)); !of.empty() && column.role == ASSAY_ROLE_METRIC)
                means.push_back(std::move(of));
        }
    }
    std::vector<std::string> raw, means;
};

void note_metrics(const ArtifactView& artifact, Hits& hits) {
    if (view(artifact.artifact->parser) == "markdown") return;
    auto& metrics = hits.notes<FilesByMetric>().metrics;
    for (const TableView& table : artifact.tables) {
        if (!table.is_data()) continue;
        const MetricNames& names = table.known<MetricNames>();
        for (const auto& name : names.raw) metrics[name].raw.add(artifact);
        for (const auto& name : names.means) metrics[name].means.add(artifact);
    }
}

void look_for_means_elsewhere(const Tree&, Hits& hits) {
    const auto& metrics = hits.noted<FilesByMetric>().metrics;
    for (const auto& [name, files] : metrics) {
        if (files.raw.n == 0) continue;
        hits.looked(mixed_kinds, "");
        if (files.means.n == 0) continue;
        hits.add(mixed_kinds,
                 {"", Evidence{files.means.first, {}, {}, {}, "mean of " + name}, 1,
                  name + " in " + counted(files.raw.n, "file") + ", its means in " + std::to_string(files.means.n)});
    }
}

// ---- X6

std::string say_pooled(const Group& group, double threshold) {
    return "the files hold different populations that no column tells apart (more than " +
           number_text(threshold * 100) + " % of the variance lies between them): " + most_frequent(group, 4);
}

const Rule pooled{.id = "X6",
                  .slug = "pooled-populations",
                  .severity = Severity::high,
                  .definition = "Only the file tells rows apart, and most of a metric's variance lies between files "
                                "(eta squared, of at least 10 observations, among rows alike in the columns that name "
                                "what was measured or have one value in each file).",
                  .fix = "Write what differs (the model, the host) into a column; until then quote each file apart.",
                  .looks_at = "metrics in files that only their names tell apart",
                  .statement = say_pooled,
                  .threshold = {"eta squared", 0.5},
                  .answer = Answer::must_not_say};

using Means = std::map<std::uint32_t, stats::Moments>; ///< by level of what tells files apart

/// Files with rows that are alike in the columns that tell populations apart.
struct Alike {
    std::vector<std::pair<std::size_t, std::uint32_t>> levels; ///< dimension, level
    Means files;
};

struct Variance {
    double within = 0, between = 0;
    std::uint64_t n = 0;
    /// Share that lies between the files.
    std::optional<double> eta_squared() const {
        return within + between > 0 ? std::optional{between / (within + between)} : std::nullopt;
    }
    void add(const Variance& other) { within += other.within, between += other.between, n += other.n; }
};

Variance variance_of(const Means& files) {
    double sum = 0;
    Variance out;
    for (const auto& [level, moments] : files) out.n += moments.n, sum += static_cast<double>(moments.n) * moments.mean;
    const double mean = sum / static_cast<double>(out.n);
    for (const auto& [level, moments] : files) {
        out.within += moments.m2;
        out.between += static_cast<double>(moments.n) * (moments.mean - mean) * (moments.mean - mean);
    }
    return out;
}

/// Has each file one value of it?
bool is_same_in_files(const data::Dataset& dataset, std::size_t dimension) {
    return std::all_of(dataset.sources.begin(), dataset.sources.end(), [&](const data::Source& source) {
        const auto parts = dataset.parts_of(source);
        return std::all_of(parts.begin(), parts.end(), [&](const data::Part& part) {
            return part.levels[dimension] == parts.front().levels[dimension];
        });
    });
}

/// What a document says of all its rows: a number there is a total as often as a setting.
bool is_of_document(const data::Dataset& dataset, const data::Dimension& dimension) {
    return std::any_of(dataset.shapes.begin(), dataset.shapes.end(), [&](const data::Shape& shape) {
        return std::any_of(shape.dividing.begin(), shape.dividing.end(), [&](std::size_t c) {
            return view(shape.columns[c].name) == dimension.name && shape.columns[c].document_scope != 0;
        });
    });
}

/// Columns by which readers can tell populations apart.
struct Telling {
    std::vector<std::size_t> by_file; ///< each file has one value of it
    std::vector<std::size_t> all;     ///< and those that name what was measured, in files of several things
};

Telling telling_columns(const data::Dataset& dataset) {
    Telling out;
    for (std::size_t i = 0; i < dataset.dimensions.size(); ++i) {
        const auto& dimension = dataset.dimensions[i];
        if (!dimension.in_table || !dimension.varies() || !dimension.complete || is_repeat(dimension.name)) continue;
        const bool by_file =
            is_same_in_files(dataset, i) && (dimension.identity || !is_of_document(dataset, dimension));
        if (by_file) out.by_file.push_back(i);
        if (by_file || dimension.identity) out.all.push_back(i);
    }
    return out;
}

/// Those of more than one file: what one alone has is told apart.
std::vector<Alike> files_alike(const data::Dataset& dataset, std::size_t file, std::size_t metric,
                               const std::vector<std::size_t>& columns) {
    std::map<std::vector<std::uint32_t>, Means> by_levels;
    for (const auto& part : dataset.parts) {
        const Figures* numbers = part.numbers(metric);
        if (numbers == nullptr || numbers->n() == 0) continue;
        std::vector<std::uint32_t> levels;
        for (const auto column : columns) levels.push_back(part.levels[column]);
        by_levels[levels][part.levels[file]].merge(numbers->moments);
    }
    std::vector<Alike> out;
    for (auto& [levels, files] : by_levels) {
        if (files.size() < 2) continue;
        Alike& alike = out.emplace_back();
        alike.files = std::move(files);
        for (std::size_t i = 0; i < columns.size(); ++i) alike.levels.emplace_back(columns[i], levels[i]);
    }
    return out;
}

std::string level_name(const data::Dataset& dataset, std::size_t dimension, std::uint32_t level) {
    return dataset.dimensions[dimension].levels[level].value_or("(none)");
}

/// "tokens_s is on average 102 in gemma3, 286.5 in gemma3_270m, where test is chat".
std::string means_text(const data::Dataset& dataset, std::size_t metric, std::size_t file, const Alike& alike) {
    constexpr std::size_t most = 4;
    std::string text = dataset.metrics[metric].name + " is on average ";
    std::size_t told = 0;
    for (const auto& [level, moments] : alike.files)
        if (told++ < most)
            text += (told > 1 ? ", " : "") + number_text(moments.mean) + " in " + level_name(dataset, file, level);
    if (told > most) text += ", and " + std::to_string(told - most) + " more";
    std::string where;
    for (const auto& [dimension, level] : alike.levels)
        where += (where.empty() ? ", where " : " and ") + dataset.dimensions[dimension].name + " is " +
                 level_name(dataset, dimension, level);
    return text + where;
}

/// Of these files, that with the highest mean.
Evidence where_highest(const data::Dataset& dataset, std::size_t metric, std::size_t file, const Alike& alike) {
    const auto highest = std::max_element(alike.files.begin(), alike.files.end(),
                                          [](const auto& a, const auto& b) { return a.second.mean < b.second.mean; });
    const auto whole = std::find_if(dataset.wholes.begin(), dataset.wholes.end(), [&](const data::Part& part) {
        const Figures* numbers = part.numbers(metric);
        return numbers != nullptr && numbers->n() > 0 && part.levels[file] == highest->first;
    });
    return {whole->source->path,
            {},
            {},
            {},
            "mean " + dataset.metrics[metric].name + " = " + number_text(highest->second.mean)};
}

/// Too few observations in each file to say how they vary there.
bool is_thin(const std::vector<Alike>& all) {
    std::uint64_t n = 0, files = 0;
    for (const Alike& alike : all) {
        files += alike.files.size();
        for (const auto& [level, moments] : alike.files) n += moments.n;
    }
    return n < 10 || n < 3 * files;
}

/// Of the rows that no column tells apart, how much of a metric's variance lies between files?
void look_between_files(const data::Dataset& dataset, std::size_t file, std::size_t metric, const Telling& columns,
                        Hits& hits) {
    auto all = files_alike(dataset, file, metric, columns.all);
    if (!all.empty() && is_thin(all)) all = files_alike(dataset, file, metric, columns.by_file);
    if (all.empty() || is_thin(all)) return;
    Variance variance;
    const Alike* widest = nullptr;
    double most = -1;
    for (const Alike& alike : all) {
        const Variance own = variance_of(alike.files);
        variance.add(own);
        if (own.between > most) most = own.between, widest = &alike;
    }
    hits.looked(pooled, dataset.title, variance.n);
    const auto eta = variance.eta_squared();
    if (!eta || *eta <= hits.threshold(pooled) || widest == nullptr) return;
    hits.add(pooled, {dataset.title, where_highest(dataset, metric, file, *widest), variance.n,
                      means_text(dataset, metric, file, *widest), *eta});
}

void look_for_pooling(const DatasetView& view, Hits& hits) {
    const data::Dataset& dataset = *view.dataset;
    std::optional<Telling> columns;
    for (std::size_t d = 0; d < dataset.dimensions.size(); ++d) {
        const auto& dimension = dataset.dimensions[d];
        if (!dimension.varies() || dimension.in_table || (dimension.name != "file" && dimension.name != "artifact"))
            continue;
        if (!columns) columns = telling_columns(dataset);
        for (std::size_t m = 0; m < dataset.metrics.size(); ++m)
            if (is_performance(dataset.metrics[m])) look_between_files(dataset, d, m, *columns, hits);
    }
}

void look_at_pooling(const Member& at, Hits& hits) { look_for_aggregate_rows(at, at.table->title, hits); }

constexpr std::array pooling_rules{&mixed_kinds, &pooled};

} // namespace

const Family pooling_family{.name = "Pooling",
                            .rules = pooling_rules,
                            .artifact = note_metrics,
                            .table = look_at_pooling,
                            .dataset = look_for_pooling,
                            .tree = look_for_means_elsewhere};

} // namespace assay::gaps

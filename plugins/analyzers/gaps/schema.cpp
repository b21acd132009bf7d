// Columns that files of one dataset have or lack, under one name and type or under several.
#include "gaps/by_column.hpp"
#include "gaps/family.hpp"
#include "gaps/wording.hpp"
#include <algorithm>
#include <array>
#include <unordered_set>

namespace assay::gaps {

namespace {

/// In how many tables a column stands, and how. Tables by their place in the dataset.
struct Presence {
    std::uint64_t tables = 0;
    std::array<std::uint64_t, 4> kinds{};          ///< numbers, truths, texts, times; tables without values: none
    std::array<std::size_t, 4> first_of_kind = {}; ///< where there is one
    bool metric_with_unit = false;
    bool status = false, free_text = false; ///< in one table at least
    std::size_t first_table = SIZE_MAX, last_table = SIZE_MAX;
    std::size_t gap = SIZE_MAX; ///< the first table without it between these

    std::size_t first_without() const { return first_table > 0 ? 0 : std::min(gap, last_table + 1); }
    void add(std::size_t table) {
        if (tables++ == 0) first_table = table;
        if (tables > 1 && table > last_table + 1) gap = std::min(gap, last_table + 1);
        last_table = table;
    }
    /// Its tables stand after so many others.
    void shift(std::size_t by) {
        first_table += by, last_table += by;
        if (gap != SIZE_MAX) gap += by;
        for (auto& first : first_of_kind) first += by;
    }
    void append(const Presence& later) {
        gap = std::min(gap, later.first_table > last_table + 1 ? last_table + 1 : later.gap);
        last_table = later.last_table;
        tables += later.tables;
        for (std::size_t kind = 0; kind < kinds.size(); ++kind) {
            if (kinds[kind] == 0) first_of_kind[kind] = later.first_of_kind[kind];
            kinds[kind] += later.kinds[kind];
        }
        metric_with_unit |= later.metric_with_unit;
        status |= later.status, free_text |= later.free_text;
    }
};

struct Presences {
    ByColumn<Presence> columns;
    std::map<std::size_t, std::size_t> tables; ///< how many, by dataset
    void append(Presences later) {
        later.columns.each([&](std::size_t dataset, Presence& one) { one.shift(tables[dataset]); });
        columns.append(std::move(later.columns));
        for (const auto& [dataset, n] : later.tables) tables[dataset] += n;
    }
};

constexpr std::array<std::string_view, 4> names_of_kinds{"numbers", "truths", "texts", "times"};

std::size_t kind_of(Type type) {
    switch (type) {
    case Type::boolean: return 1;
    case Type::text: return 2;
    case Type::time: return 3;
    case Type::integer:
    case Type::real: break;
    }
    return 0;
}

void note_presences(const Member& at, Hits& hits) {
    Presences& all = hits.notes<Presences>();
    const std::size_t table = all.tables[at.table->dataset()]++;
    for (std::size_t c = 0; c < at.table->columns.size(); ++c) {
        const ColumnProfile& column = at.table->profile->columns[c];
        if (column.document_scope) continue;
        Presence& seen = all.columns.at(*at.table, c);
        seen.add(table);
        seen.status |= column.role == ASSAY_ROLE_STATUS;
        seen.free_text |= column.role == ASSAY_ROLE_TEXT;
        seen.metric_with_unit |= column.is_metric() && at.table->columns[c].unit.size > 0;
        if (column.n + column.n_failed == 0) continue;
        const std::size_t kind = kind_of(column.type);
        if (seen.kinds[kind]++ == 0) seen.first_of_kind[kind] = table;
    }
}

// ---- C1

std::string say_ragged(const Group& group, double) {
    return k_of_n(group, "columns") + " stand in some of the tables only: " + most_frequent(group, 4);
}

/// Weight 2: a metric with a unit; 1: in a format whose columns are fixed.
Severity grade_ragged(const Group& group) {
    return group.worst >= 2 ? Severity::medium : group.worst >= 1 ? Severity::low : Severity::info;
}

const Rule ragged{.id = "C1",
                  .slug = "ragged-schema",
                  .severity = Severity::medium,
                  .definition =
                      "Tables of one dataset do not have the same columns; medium where a metric with a unit is "
                      "not in all, info where keys of JSON come and go.",
                  .fix = "Write the same columns in every run, empty where there is no value.",
                  .looks_at = "datasets of two tables",
                  .statement = say_ragged,
                  .grade = grade_ragged};

void look_for_ragged(const data::Dataset& dataset, const ByColumn<Presence>::Columns& columns, bool json, Hits& hits) {
    const std::string& title = dataset.title;
    const std::size_t tables = dataset.sources.size();
    hits.looked(ragged, title, columns.size());
    for (const auto& [name, seen] : columns) {
        // An error column is there when something failed; free text may or may not be.
        const std::size_t lacking = seen.first_without();
        if (lacking == tables || seen.status || seen.free_text) continue;
        std::string in = name;
        in.append(" in ").append(std::to_string(seen.tables)).append(" of ").append(std::to_string(tables));
        const double weight = seen.metric_with_unit ? 2 : json ? 0 : 1;
        Evidence where{.artifact = dataset.sources[lacking].path, .excerpt = "no column " + name};
        hits.add(ragged, {title, std::move(where), 1, std::move(in), weight});
    }
}

// ---- C2

std::string say_types(const Group& group, double) {
    return k_of_n(group, "columns") + " change their type from file to file: " + most_frequent(group, 3);
}

const Rule types{.id = "C2",
                 .slug = "type-differs-between-files",
                 .severity = Severity::medium,
                 .definition =
                     "A column holds numbers in some files of a dataset and texts, truths or times in others.",
                 .fix = "Look at the files where the type is rare: what stands in place of a value?",
                 .looks_at = "datasets of two tables",
                 .statement = say_types};

void look_at_types(const data::Dataset& dataset, const ByColumn<Presence>::Columns& columns, Hits& hits) {
    const std::string& title = dataset.title;
    hits.looked(types, title, columns.size());
    for (const auto& [name, seen] : columns) {
        const auto& kinds = seen.kinds;
        if (seen.status || std::count(kinds.begin(), kinds.end(), 0U) >= 3) continue;
        std::size_t rare = SIZE_MAX;
        std::string detail = name + " has";
        for (std::size_t kind = 0; kind < kinds.size(); ++kind) {
            if (kinds[kind] == 0) continue;
            detail += (rare == SIZE_MAX ? " " : ", ") + std::string{names_of_kinds[kind]} + " in " +
                      std::to_string(kinds[kind]);
            if (rare == SIZE_MAX || kinds[kind] < kinds[rare]) rare = kind;
        }
        hits.add(types, {title,
                         {.artifact = dataset.sources[seen.first_of_kind[rare]].path,
                          .excerpt = name + " holds " + std::string{names_of_kinds[rare]}},
                         1,
                         detail});
    }
}

void look_at_schema(const DatasetView& view, Hits& hits) {
    if (view.dataset->sources.size() < 2) return;
    const assay_artifact& first = view.tree.corpus.artifacts()[view.dataset->sources.front().artifact];
    if (is_document(first)) return;
    const auto& columns = hits.noted<Presences>().columns.of(view.index);
    if (columns.empty()) return;
    const std::string_view parser = assay::view(first.parser);
    look_for_ragged(*view.dataset, columns, parser != "csv", hits);
    look_at_types(*view.dataset, columns, hits);
}

// ---- C3

std::string say_renamed(const Group& group, double) {
    return "a column is called " + most_frequent(group, 1) + " in tables that else have the same columns";
}

const Rule renamed{.id = "C3",
                   .slug = "probable-rename",
                   .severity = Severity::medium,
                   .definition =
                       "Two kinds of tables differ in one column, and its two names differ in spelling, order of "
                       "words or a unit only.",
                   .fix = "Use one name, or give the other as `alias` in the pipeline's `columns`.",
                   .looks_at = "tables of data",
                   .statement = say_renamed};

struct Heading {
    std::set<std::string> names;
    const assay_artifact* artifact;
};

bool is_unit_word(std::string_view word) {
    static constexpr std::string_view words[]{"s",   "sec", "ms", "us",  "ns",      "mb",    "gb", "kb", "mib",
                                              "gib", "w",   "c",  "pct", "percent", "bytes", "hz", "mhz"};
    return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

bool is_renamed(std::string_view a, std::string_view b) {
    auto one = name_words(a), other = name_words(b);
    const auto joined = [](const std::vector<std::string>& words) {
        std::string text;
        for (const auto& word : words) text += word;
        return text;
    };
    if (one.empty() || other.empty()) return false;
    if (joined(one) == joined(other)) return true;
    if (one.size() < other.size()) std::swap(one, other);
    if (one.size() == other.size() + 1 && is_unit_word(one.back()))
        return std::equal(other.begin(), other.end(), one.begin());
    std::sort(one.begin(), one.end());
    std::sort(other.begin(), other.end());
    return one == other;
}

std::vector<Heading> headings_in(const Tree& tree) {
    constexpr std::size_t most_columns = 64, most_headings = 2000;
    std::map<std::set<std::string>, const assay_artifact*> seen;
    std::unordered_set<const assay_table*> plans;
    for (const assay_artifact& artifact : tree.corpus.artifacts()) {
        const auto records = tables(artifact);
        if (artifact.duplicate_of != SIZE_MAX || view(artifact.parser) == "markdown") continue;
        for (const assay_table_record& record : records) {
            if (!plans.insert(record.plan).second) continue;
            const auto listed = columns(*record.plan);
            if (record.plan->kind != ASSAY_TABLE_DATA || listed.size() < 3 || listed.size() > most_columns) continue;
            std::set<std::string> names;
            for (const assay_column& column : listed)
                if (column.document_scope == 0) names.emplace(view(column.name));
            if (seen.size() < most_headings) seen.emplace(std::move(names), &artifact);
        }
    }
    std::vector<Heading> out;
    for (const auto& [names, artifact] : seen) out.push_back({names, artifact});
    return out;
}

void look_for_renames(const Tree& tree, Hits& hits) {
    struct Odd {
        const Heading* heading;
        const std::string* name;
    };
    const auto headings = headings_in(tree);
    std::map<std::string, std::vector<Odd>> by_rest; ///< by all names but one
    for (const Heading& heading : headings) {
        hits.looked(renamed, "");
        for (const auto& name : heading.names) {
            std::string rest;
            for (const auto& other : heading.names)
                if (other != name) rest += other + '\n';
            by_rest[rest].push_back({&heading, &name});
        }
    }
    std::set<std::string> told;
    for (const auto& [rest, odds] : by_rest)
        for (std::size_t i = 1; i < odds.size(); ++i) {
            const Odd &a = odds[i - 1], &b = odds[i];
            if (!is_renamed(*a.name, *b.name)) continue;
            const std::string pair = std::min(*a.name, *b.name) + " or " + std::max(*a.name, *b.name);
            if (!told.insert(pair).second) continue;
            hits.looked(renamed, pair, headings.size());
            hits.add(renamed, {pair, {.artifact = path_of(*a.heading->artifact), .excerpt = *a.name}, 1, pair});
            hits.add(renamed, {pair, {.artifact = path_of(*b.heading->artifact), .excerpt = *b.name}, 1, pair});
        }
}

constexpr std::array schema_rules{&ragged, &types, &renamed};

} // namespace

const Family schema_family{.name = "Schema",
                           .rules = schema_rules,
                           .table = note_presences,
                           .dataset = look_at_schema,
                           .tree = look_for_renames};

} // namespace assay::gaps

// Cells without a value: what was lost of metrics, and what is seldom or never filled in.
#include "gaps/by_column.hpp"
#include "gaps/family.hpp"
#include <algorithm>
#include <array>

namespace assay::gaps {

namespace {

// ---- Z1

std::string say_missing_cells(const Group& group, double) {
    return k_of_n(group, "values of metrics") + " are missing: " + most_frequent(group, 5);
}

/// Weight: the share of a column. Missing cells thin the data out; they do not invalidate what is there.
Severity grade_missing_cells(const Group& group) { return std::min(by_share(group.worst), Severity::high); }

const Rule missing_cells{.id = "Z1",
                         .slug = "missing-cells",
                         .severity = Severity::medium,
                         .definition = "Cells of a metric are empty, or written as null, N/A and the like, in rows "
                                       "that are ok; graded by the metric that lacks the largest share of its values. "
                                       "Low where only rows lack it that another column, empty elsewhere, tells apart "
                                       "(phases of setting up among iterations, tasks with measures of their own).",
                         .fix = "Record every value, or say why it is not there.",
                         .looks_at = "data tables with metrics and ok rows",
                         .statement = say_missing_cells,
                         .grade = grade_missing_cells};

// ---- Z10

std::string say_unfilled(const Group& group, double) {
    return k_of_n(group, "columns") + " are empty in some rows or in all: " + most_frequent(group, 6);
}

/// Weight 1: a column that divides rows into groups.
Severity grade_unfilled(const Group& group) { return group.worst >= 1 ? Severity::low : Severity::info; }

const Rule unfilled{.id = "Z10",
                    .slug = "unfilled-columns",
                    .severity = Severity::info,
                    .definition = "A column holds nothing in any row, or one that is no metric holds nothing in some "
                                  "(remarks, units, names of some rows only); low where that divides rows into groups.",
                    .fix = "Nothing, where it is optional.",
                    .looks_at = "data tables with ok rows",
                    .statement = say_unfilled,
                    .grade = grade_unfilled};

/// Of a dataset's column, in its ok rows.
struct Emptiness {
    struct Place {
        Evidence at;
        std::uint64_t cells;
    };
    bool metric = false, divides = false;
    std::uint64_t n = 0, missing = 0;
    std::uint64_t tables = 0;  ///< that lack cells
    std::vector<Place> places; ///< the first of these
    void append(Emptiness later) {
        metric |= later.metric, divides |= later.divides;
        n += later.n, missing += later.missing;
        tables += later.tables;
        for (Place& place : later.places)
            if (places.size() < most_exemplars) places.push_back(std::move(place));
    }
};

Evidence first_missing(const Member& at, std::size_t column) {
    const TableView& table = *at.table;
    for (std::size_t row = 0; table.rows != nullptr && row < table.rows->rows.size(); ++row)
        if (table.rows->rows[row].status == ASSAY_ROW_OK && !table.rows->cell(row, column).present)
            return at.artifact->row(table, row, {column});
    return at.artifact->file(table.profile->columns[column].name);
}

void note_emptiness(const Member& at, Hits& hits) {
    auto& all = hits.notes<ByColumn<Emptiness>>();
    const auto& columns = at.table->profile->columns;
    for (std::size_t c = 0; c < columns.size(); ++c) {
        const ColumnProfile& column = columns[c];
        // A status column is empty where all is well.
        if (column.document_scope || column.role == ASSAY_ROLE_STATUS || column.n + column.n_missing == 0) continue;
        Emptiness& seen = all.at(*at.table, c);
        seen.metric |= column.is_metric();
        seen.divides |= column.divides();
        seen.n += column.n + column.n_nonfinite;
        seen.missing += column.n_missing;
        if (column.n_missing == 0 || ++seen.tables > most_exemplars) continue;
        seen.places.push_back({first_missing(at, c), column.n_missing});
    }
}

/// The metric is missing just where this dimension is not: rows of another kind have a column of their own.
bool tells_kinds(const data::Dataset& dataset, std::size_t dimension, std::size_t metric) {
    std::uint64_t with = 0, without = 0;
    for (const data::Part& part : dataset.parts) {
        const Figures* numbers = part.numbers(metric);
        if (numbers == nullptr) return false;
        const bool of_kind = dataset.level(part, dimension).has_value();
        if (of_kind ? numbers->n() > 0 : numbers->n_missing > 0) return false;
        (of_kind ? without : with) += of_kind ? numbers->n_missing : numbers->n();
    }
    return with > 0 && without > 0;
}

/// A column that says which kind of record a row is, and a metric that some kinds have in all their rows and others in
/// none.
bool is_of_some_kinds(const data::Dataset& dataset, std::size_t dimension, std::size_t metric) {
    static constexpr std::string_view words[]{"key", "event", "kind", "phase"};
    if (!data::has_word(dataset.dimensions[dimension].name, words)) return false;
    std::map<std::uint32_t, std::pair<std::uint64_t, std::uint64_t>> levels; // with, without
    for (const data::Part& part : dataset.parts) {
        const Figures* numbers = part.numbers(metric);
        if (numbers == nullptr) return false;
        auto& [with, without] = levels[part.levels[dimension]];
        with += numbers->n();
        without += numbers->n_missing;
    }
    return std::all_of(levels.begin(), levels.end(),
                       [](const auto& level) { return level.second.first == 0 || level.second.second == 0; });
}

/// Records of a key each, some without a value: marks of a start and of an end.
bool keys_values(std::string_view dimension, std::string_view metric) {
    static constexpr std::string_view keys[]{"key"}, values[]{"value"};
    return data::has_word(dimension, keys) && data::has_word(metric, values);
}

/// Some column that is no metric has cells in as many rows as the metric lacks, and lacks as many as the metric has.
bool has_text_instead(const std::map<std::string, Emptiness>& columns, const Emptiness& metric) {
    return std::any_of(columns.begin(), columns.end(), [&](const auto& column) {
        const Emptiness& other = column.second;
        return !other.metric && other.n == metric.missing && other.missing == metric.n;
    });
}

bool has_values(const data::Part& part, std::size_t metric) {
    const Figures* numbers = part.numbers(metric);
    return numbers != nullptr && numbers->n() > 0;
}

/// Some row has it, and none has it beside the other.
bool stands_apart(const data::Dataset& dataset, std::size_t metric, std::size_t other) {
    bool any = false;
    for (const data::Part& part : dataset.parts) {
        if (!has_values(part, metric)) continue;
        if (has_values(part, other)) return false;
        any = true;
    }
    return any;
}

/// Wherever the metric is missing there is another that stands apart from it: tasks with measures of their own. The
/// first such; null where rows have nothing in its place.
const std::string* measured_instead(const data::Dataset& dataset, std::size_t metric) {
    constexpr std::size_t most_metrics = 64;
    if (dataset.metrics.size() > most_metrics) return nullptr;
    std::vector<std::size_t> others;
    for (std::size_t other = 0; other < dataset.metrics.size(); ++other)
        if (other != metric && stands_apart(dataset, other, metric)) others.push_back(other);
    const auto in_place = [&](const data::Part& part) {
        const Figures* numbers = part.numbers(metric);
        if (numbers == nullptr || numbers->n_missing == 0) return true;
        return numbers->n() == 0 &&
               std::any_of(others.begin(), others.end(), [&](auto other) { return has_values(part, other); });
    };
    return !others.empty() && std::all_of(dataset.parts.begin(), dataset.parts.end(), in_place)
               ? &dataset.metrics[others.front()].name
               : nullptr;
}

/// How rows of another kind, which do not have the metric, are known; empty where it is missing among others, too.
std::string kind_without(const data::Dataset& dataset, const std::string& metric, bool text_instead) {
    const auto found = std::find_if(dataset.metrics.begin(), dataset.metrics.end(),
                                    [&](const data::Metric& m) { return m.name == metric; });
    if (found == dataset.metrics.end()) return {};
    const auto m = static_cast<std::size_t>(found - dataset.metrics.begin());
    for (std::size_t d = 0; d < dataset.dimensions.size(); ++d) {
        const data::Dimension& dimension = dataset.dimensions[d];
        if (!dimension.in_table) continue;
        if (!dimension.complete && tells_kinds(dataset, d, m)) return " where there is " + dimension.name;
        if (!dimension.complete || !is_of_some_kinds(dataset, d, m)) continue;
        if (text_instead || keys_values(dimension.name, metric)) return " of some " + dimension.name;
    }
    const auto* other = measured_instead(dataset, m);
    return other ? " where there is " + *other : std::string{};
}

void tell_lost(const data::Dataset& dataset, const std::string& name, const Emptiness& seen, bool text_instead,
               Hits& hits) {
    hits.looked(missing_cells, dataset.title, seen.n + seen.missing);
    if (seen.missing == 0) return;
    const std::string kind = kind_without(dataset, name, text_instead);
    const double share = static_cast<double>(seen.missing) / static_cast<double>(seen.n + seen.missing);
    Hit hit{.subject = dataset.title, .detail = name, .weight = kind.empty() ? share : 0};
    hit.detail += kind;
    std::uint64_t left = seen.missing;
    for (const auto& place : seen.places) {
        hit.at = place.at, hit.k = place.cells;
        hits.add(missing_cells, hit);
        left -= place.cells;
    }
    if (seen.tables == seen.places.size()) return;
    hit.k = left, hit.places = seen.tables - seen.places.size();
    hits.add(missing_cells, hit);
}

void tell_unfilled(const data::Dataset& dataset, const std::string& name, const Emptiness& seen, Hits& hits) {
    hits.looked(unfilled, dataset.title);
    if (seen.missing == 0 || (seen.metric && seen.n > 0)) return;
    std::string what =
        seen.n == 0 ? " (never filled in)"
                    : " (in " + std::to_string(seen.missing) + " of " + counted(seen.n + seen.missing, "row") + ")";
    hits.add(unfilled, {.subject = dataset.title,
                        .at = seen.places.front().at,
                        .detail = name + what,
                        .weight = seen.divides && seen.n > 0 ? 1.0 : 0.0});
}

void look_at_missing(const DatasetView& view, Hits& hits) {
    const auto& columns = hits.noted<ByColumn<Emptiness>>().of(view.index);
    for (const auto& [name, seen] : columns) {
        if (seen.metric && seen.n > 0) tell_lost(*view.dataset, name, seen, has_text_instead(columns, seen), hits);
        tell_unfilled(*view.dataset, name, seen, hits);
    }
}

constexpr std::array missing_rules{&missing_cells, &unfilled};

} // namespace

const Family missing_family{
    .name = "Missing values", .rules = missing_rules, .table = note_emptiness, .dataset = look_at_missing};

} // namespace assay::gaps

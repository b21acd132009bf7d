#include <algorithm>
#include <array>
#include <assay/dataset.hpp>
#include <charconv>

namespace assay::data {

namespace {

std::optional<double> as_number(const std::string& text) {
    double value = 0;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || code != std::errc{} || end != text.data() + text.size() || value != value) return std::nullopt;
    return value;
}

/// A level with what its place among others depends on.
struct Placed {
    explicit Placed(const Level& of, std::uint32_t at)
        : level{&of}, number{of ? as_number(*of) : std::nullopt}, index{at} {}
    bool operator<(const Placed& other) const {
        if (!*level || !*other.level) return level->has_value() && !other.level->has_value();
        if (number.has_value() != other.number.has_value()) return number.has_value();
        if (number && *number != *other.number) return *number < *other.number;
        return **level < **other.level;
    }
    const Level* level;
    std::optional<double> number;
    std::uint32_t index;
};

constexpr std::uint32_t missing_level = 0;

/// The dimensions that a dataset's tables turn out to have, and their levels in the order they are met.
class LevelIndex {
  public:
    explicit LevelIndex(Dataset& dataset) : dataset_{dataset} {}

    std::size_t dimension(std::string_view name, bool in_table, bool identity) {
        auto& dimensions = dataset_.dimensions;
        for (std::size_t i = 0; i < dimensions.size(); ++i)
            if (dimensions[i].name == name) {
                dimensions[i].in_table |= in_table;
                dimensions[i].identity |= identity;
                return i;
            }
        dimensions.push_back({std::string{name}, in_table, identity, {std::nullopt}});
        places_.emplace_back();
        return dimensions.size() - 1;
    }
    std::uint32_t level(std::size_t dimension, const Level& level) {
        if (!level) return missing_level;
        auto& levels = dataset_.dimensions[dimension].levels;
        const auto [known, fresh] = places_[dimension].try_emplace(*level, static_cast<std::uint32_t>(levels.size()));
        if (fresh) levels.push_back(level);
        return known->second;
    }

  private:
    Dataset& dataset_;
    std::vector<std::unordered_map<std::string, std::uint32_t>> places_; ///< by dimension
};

void find_metrics(Dataset& out, const Source& source, const assay_table& plan) {
    const auto plans = columns(plan);
    for (std::size_t i = 0; i < plans.size(); ++i) {
        const ColumnProfile& column = source.table->columns[i];
        // A value of the document is repeated on its rows: counting the repeats would make one observation many.
        if (!column.is_metric() || column.document_scope) continue;
        const std::string unit{view(plans[i].unit)};
        const auto same = std::find_if(out.metrics.begin(), out.metrics.end(), [&](const Metric& m) {
            return m.name == column.name && m.unit == unit && m.aggregate == column.aggregate;
        });
        if (same == out.metrics.end())
            out.metrics.push_back({column.name, unit, plans[i].direction, column.aggregate, false});
        else if (same->direction != plans[i].direction)
            same->direction = ASSAY_DIRECTION_UNKNOWN;
    }
}

void place_metrics(const Dataset& dataset, Source& source, const assay_table& plan) {
    const auto plans = columns(plan);
    const auto slots = source.table->metrics();
    source.column_of.assign(dataset.metrics.size(), SIZE_MAX);
    source.slot_of.assign(dataset.metrics.size(), SIZE_MAX);
    for (std::size_t m = 0; m < dataset.metrics.size(); ++m)
        for (std::size_t slot = 0; slot < slots.size(); ++slot) {
            const ColumnProfile& column = source.table->columns[slots[slot]];
            const Metric& metric = dataset.metrics[m];
            if (column.document_scope || column.name != metric.name || column.aggregate != metric.aggregate ||
                view(plans[slots[slot]].unit) != metric.unit)
                continue;
            source.column_of[m] = slots[slot];
            source.slot_of[m] = slot;
        }
}

/// The parts of a table stand side by side, in the order of the tables.
void note_places(Dataset& out) {
    std::size_t at = 0;
    for (auto& source : out.sources) {
        source->first_part = at;
        while (at < out.parts.size() && out.parts[at].source == source.get()) ++at;
        source->n_parts = at - source->first_part;
    }
}

/// The columns that divide tables of one plan, and their dimensions.
struct Inner {
    std::vector<std::size_t> columns, dimensions;
};

bool has_column(const Source& source, const Inner& inner, std::string_view name) {
    return std::any_of(inner.columns.begin(), inner.columns.end(),
                       [&](auto c) { return source.table->columns[c].name == name; });
}

/// `first`: of its plan.
void add_parts(Dataset& out, LevelIndex& index, const Source& source, const assay_artifact& artifact, bool first,
               Inner& inner) {
    if (first) inner.columns = source.table->dividing();
    std::vector<std::pair<std::size_t, std::uint32_t>> outer;
    const Strided<assay_key_value> given{artifact.dimensions, artifact.n_dimensions, sizeof(assay_key_value)};
    for (const auto& d : given) {
        if (has_column(source, inner, view(d.key))) continue;
        const std::size_t dimension = index.dimension(view(d.key), false, !is_stimulus(view(d.key)));
        outer.emplace_back(dimension, index.level(dimension, std::string{view(d.value)}));
    }
    for (const auto c : first ? std::span{inner.columns} : std::span<std::size_t>{}) {
        const ColumnProfile& column = source.table->columns[c];
        inner.dimensions.push_back(
            index.dimension(column.name, true, column.type == Type::text && !is_stimulus(column.name)));
    }
    const auto add = [&](std::vector<Part>& to, const CellProfile* cell) {
        Part part{&source, cell, std::vector<std::uint32_t>(out.dimensions.size(), missing_level)};
        for (const auto& [dimension, level] : outer) part.levels[dimension] = level;
        for (std::size_t i = 0; cell && i < inner.dimensions.size(); ++i)
            part.levels[inner.dimensions[i]] = index.level(inner.dimensions[i], cell->levels[i]);
        to.push_back(std::move(part));
    };
    add(out.wholes, nullptr);
    if (inner.columns.empty() || source.table->cells.empty()) return add(out.parts, nullptr);
    for (const auto& cell : source.table->cells) add(out.parts, &cell);
}

/// Names used with several units, so that facts and titles can tell them apart.
void note_varying_units(Dataset& out) {
    for (auto& a : out.metrics)
        for (const auto& b : out.metrics)
            a.unit_varies |= a.name == b.name && (a.unit != b.unit || a.aggregate != b.aggregate);
}

/// Puts the levels of each dimension in order, and the parts of each table by level.
void order_levels(Dataset& out) {
    for (auto* parts : {&out.parts, &out.wholes})
        for (Part& part : *parts) part.levels.resize(out.dimensions.size(), missing_level);
    for (std::size_t i = 0; i < out.dimensions.size(); ++i) {
        Dimension& dimension = out.dimensions[i];
        std::vector<Placed> order;
        for (std::uint32_t at = 0; at < dimension.levels.size(); ++at) order.emplace_back(dimension.levels[at], at);
        std::sort(order.begin(), order.end());
        std::vector<std::uint32_t> place(order.size());
        std::vector<Level> ordered;
        for (const Placed& level : order) {
            place[level.index] = static_cast<std::uint32_t>(ordered.size());
            ordered.push_back(std::move(dimension.levels[level.index]));
        }
        dimension.levels = std::move(ordered);
        for (auto* parts : {&out.parts, &out.wholes})
            for (Part& part : *parts) part.levels[i] = place[part.levels[i]];
        std::vector<bool> seen(place.size(), false);
        for (const Part& part : out.parts)
            if (part.rows().all() > 0) seen[part.levels[i]] = true;
        dimension.seen = static_cast<std::size_t>(std::count(seen.begin(), seen.end(), true));
        dimension.complete = !seen[place[missing_level]];
    }
    for (const auto& source : out.sources) {
        const auto first = out.parts.begin() + static_cast<std::ptrdiff_t>(source->first_part);
        std::sort(first, first + static_cast<std::ptrdiff_t>(source->n_parts),
                  [](const Part& a, const Part& b) { return a.levels < b.levels; });
    }
}

} // namespace

bool has_word(std::string_view name, std::span<const std::string_view> words) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    const auto is_letter = [&](char c) { return lower(c) >= 'a' && lower(c) <= 'z'; };
    const auto same = [&](char a, char b) { return lower(a) == b; };
    for (auto at = name.begin(); at != name.end();) {
        const auto end = std::find_if_not(at, name.end(), is_letter);
        for (const auto word : words)
            if (end != at && std::equal(at, end, word.begin(), word.end(), same)) return true;
        at = std::find_if(end, name.end(), is_letter);
    }
    return false;
}

bool is_stimulus(std::string_view name) {
    static constexpr std::array<std::string_view, 3> words{"prompt", "question", "query"};
    return has_word(name, words);
}

std::shared_ptr<const Profile> Profiles::of(std::size_t artifact) {
    constexpr std::size_t most_bytes = 64 << 20;
    if (const auto found = known.find(artifact); found != known.end()) return found->second;
    if (auto still = held[artifact].lock()) return still;
    const std::string_view partial = corpus.partial(artifact, "profile/1");
    auto profile = read_profile(partial, detail);
    if (!profile)
        throw BadState{"the profile of " + std::string{view(corpus.artifacts()[artifact].path)} + " is damaged"};
    if (bytes + partial.size() > most_bytes) known.clear(), bytes = 0;
    bytes += partial.size();
    auto out = std::make_shared<const Profile>(std::move(*profile));
    held[artifact] = out;
    return known[artifact] = std::move(out);
}

const NumberProfile* Part::numbers(std::size_t metric) const {
    if (source->column_of[metric] == SIZE_MAX) return nullptr;
    return cell ? &cell->metrics[source->slot_of[metric]] : &source->table->columns[source->column_of[metric]].numbers;
}

Dataset read_dataset(const Corpus& corpus, const assay_dataset& dataset, Profiles& profiles) {
    Dataset out;
    out.id = view(dataset.id);
    out.title = view(dataset.title);
    std::vector<const assay_table*> plans;
    std::unordered_map<const assay_table*, Source*> first; ///< of each plan: many tables share one
    for (std::size_t i = 0; i < dataset.n_tables; ++i) {
        const std::size_t a = dataset.tables[i][0], t = dataset.tables[i][1];
        const assay_artifact& artifact = corpus.artifacts()[a];
        if (artifact.duplicate_of != SIZE_MAX) continue;
        const assay_table& plan = *tables(artifact)[t].plan;
        auto profile = profiles.of(a);
        const TableProfile* table = find_table(*profile, t, view(plan.name));
        if (table == nullptr || table->columns.size() != plan.n_columns) continue;
        out.sources.push_back(std::make_unique<Source>(Source{std::string{view(artifact.path)},
                                                              a,
                                                              t,
                                                              std::move(profile),
                                                              table,
                                                              table->column_cap(),
                                                              table->cell_cap(),
                                                              {},
                                                              {}}));
        plans.push_back(&plan);
        if (first.try_emplace(&plan, out.sources.back().get()).second) find_metrics(out, *out.sources.back(), plan);
        out.rows.add(table->rows);
        out.not_split |= table->overflowed();
    }
    note_varying_units(out);
    LevelIndex index{out};
    std::unordered_map<const assay_table*, Inner> inner; ///< of each plan
    for (std::size_t i = 0; i < out.sources.size(); ++i) {
        Source& source = *out.sources[i];
        const Source& alike = *first[plans[i]];
        if (&alike == &source) {
            place_metrics(out, source, *plans[i]);
        } else {
            source.column_of = alike.column_of;
            source.slot_of = alike.slot_of;
        }
        add_parts(out, index, source, corpus.artifacts()[source.artifact], &alike == &source, inner[plans[i]]);
    }
    if (out.not_split) out.parts = out.wholes;
    note_places(out);
    order_levels(out);
    return out;
}

} // namespace assay::data

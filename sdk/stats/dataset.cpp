#include <algorithm>
#include <array>
#include <assay/dataset.hpp>
#include <charconv>
#include <numeric>
#include <unordered_map>

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
        last_.push_back(missing_level);
        return dimensions.size() - 1;
    }
    std::uint32_t level(std::size_t dimension, std::optional<std::string_view> level) {
        if (!level) return missing_level;
        auto& levels = dataset_.dimensions[dimension].levels;
        std::uint32_t& last = last_[dimension]; // what lies side by side is often alike
        if (levels[last] != *level) {
            const auto [known, fresh] = find_or_add(places_[dimension], *level, levels.size());
            last = known;
            if (fresh) levels.emplace_back(std::string{*level});
        }
        return last;
    }

  private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    using Places = std::unordered_map<std::string, std::uint32_t, Hash, std::equal_to<>>;
    /// Its place, and whether that is new: the next.
    static std::pair<std::uint32_t, bool> find_or_add(Places& places, std::string_view level, std::size_t next) {
        if (const auto known = places.find(level); known != places.end()) return {known->second, false};
        return {places.emplace(level, static_cast<std::uint32_t>(next)).first->second, true};
    }
    Dataset& dataset_;
    std::vector<Places> places_;      ///< by dimension
    std::vector<std::uint32_t> last_; ///< by dimension: the level asked for last
};

Shape shape_of(const assay_table& plan) {
    Shape out{columns(plan), {}, {}, {}, 0, {}};
    for (std::size_t c = 0; c < out.columns.size(); ++c) {
        const ColumnKind kind = kind_of(out.columns[c]);
        if (kind.divides()) out.dividing.push_back(c);
        out.n_metrics += kind.is_metric() ? 1U : 0U;
    }
    return out;
}

/// A profile that was folded by another plan would be read past its end.
bool fits(const TableFigures& table, const Shape& shape) {
    return table.metrics.size() == shape.n_metrics &&
           (table.cells.empty() || table.cells.front().levels.size() == shape.dividing.size());
}

void find_metrics(Dataset& out, const Shape& shape) {
    for (const assay_column& column : shape.columns) {
        const ColumnKind kind = kind_of(column);
        // A value of the document is repeated on its rows: counting the repeats would make one observation many.
        if (!kind.is_metric() || kind.document_scope) continue;
        const auto same = std::find_if(out.metrics.begin(), out.metrics.end(), [&](const Metric& m) {
            return m.name == view(column.name) && m.unit == view(column.unit) && m.aggregate == kind.aggregate;
        });
        if (same == out.metrics.end())
            out.metrics.push_back({std::string{view(column.name)}, std::string{view(column.unit)}, column.direction,
                                   kind.aggregate, false});
        else if (same->direction != column.direction)
            same->direction = ASSAY_DIRECTION_UNKNOWN;
    }
}

void place_metrics(const Dataset& dataset, Shape& shape) {
    shape.column_of.assign(dataset.metrics.size(), SIZE_MAX);
    shape.slot_of.assign(dataset.metrics.size(), SIZE_MAX);
    std::size_t slot = 0;
    for (std::size_t c = 0; c < shape.columns.size(); ++c) {
        const assay_column& column = shape.columns[c];
        const ColumnKind kind = kind_of(column);
        if (!kind.is_metric()) continue;
        for (std::size_t m = 0; m < dataset.metrics.size() && !kind.document_scope; ++m) {
            const Metric& metric = dataset.metrics[m];
            if (view(column.name) != metric.name || view(column.unit) != metric.unit ||
                kind.aggregate != metric.aggregate)
                continue;
            shape.column_of[m] = c;
            shape.slot_of[m] = slot;
        }
        ++slot;
    }
}

/// Levels of parts as they are met, before all dimensions are known.
class MetLevels {
  public:
    void begin_part() { starts_.push_back(met_.size()); }
    void add(std::size_t dimension, std::uint32_t level) {
        met_.emplace_back(static_cast<std::uint32_t>(dimension), level);
    }
    void give(std::vector<Part>& parts, std::size_t n_dimensions, FigureMemory& memory) const {
        const auto all = memory.array<std::uint32_t>(parts.size() * n_dimensions); // missing_level
        for (std::size_t i = 0; i < parts.size(); ++i) {
            parts[i].levels = {all.data() + i, parts.size()};
            const std::size_t end = i + 1 < starts_.size() ? starts_[i + 1] : met_.size();
            for (std::size_t at = starts_[i]; at < end; ++at) parts[i].levels[met_[at].first] = met_[at].second;
        }
    }

  private:
    std::vector<std::pair<std::uint32_t, std::uint32_t>> met_; ///< dimension, level
    std::vector<std::size_t> starts_;                          ///< by part
};

/// Puts parts together, table after table.
class PartReader {
  public:
    explicit PartReader(Dataset& out) : out_{out}, index_{out} {}

    void add(Source& source, Shape& shape, const assay_artifact& artifact, bool first) {
        outer_.clear();
        const Strided<assay_key_value> given{artifact.dimensions, artifact.n_dimensions, sizeof(assay_key_value)};
        for (const auto& d : given) {
            if (divides(shape, view(d.key))) continue;
            const std::size_t dimension = index_.dimension(view(d.key), false, !is_stimulus(view(d.key)));
            outer_.emplace_back(dimension, index_.level(dimension, view(d.value)));
        }
        if (first) find_dimensions(shape);
        add_part(out_.wholes, wholes_, source, nullptr);
        source.first_part = out_.parts.size();
        if (source.table.cells.empty()) add_part(out_.parts, cells_, source, nullptr);
        for (const auto& cell : source.table.cells) add_part(out_.parts, cells_, source, &cell);
        source.n_parts = out_.parts.size() - source.first_part;
        source.table.cells = {}; // their levels lie in bytes that are gone with the next partial
    }
    /// Tables that are not divided are their only parts.
    void finish() {
        if (out_.not_split) {
            out_.parts = out_.wholes;
            cells_ = wholes_;
            for (std::size_t i = 0; i < out_.sources.size(); ++i)
                out_.sources[i].first_part = i, out_.sources[i].n_parts = 1;
        }
        wholes_.give(out_.wholes, out_.dimensions.size(), out_.memory);
        cells_.give(out_.parts, out_.dimensions.size(), out_.memory);
    }

  private:
    static bool divides(const Shape& shape, std::string_view name) {
        return std::any_of(shape.dividing.begin(), shape.dividing.end(),
                           [&](auto c) { return view(shape.columns[c].name) == name; });
    }
    void find_dimensions(Shape& shape) {
        for (const auto c : shape.dividing) {
            const std::string_view name = view(shape.columns[c].name);
            const bool text = shape.columns[c].type == ASSAY_TYPE_TEXT;
            shape.dimensions.push_back(index_.dimension(name, true, text && !is_stimulus(name)));
        }
    }
    void add_part(std::vector<Part>& to, MetLevels& met, const Source& source, const CellFigures* cell) {
        to.push_back({&source,
                      cell == nullptr,
                      cell ? cell->rows : source.table.rows,
                      cell ? cell->metrics : source.table.metrics,
                      {},
                      cell ? source.table.cell_cap : source.table.column_cap});
        met.begin_part();
        for (const auto& [dimension, level] : outer_) met.add(dimension, level);
        for (std::size_t i = 0; cell && i < source.shape->dimensions.size(); ++i) {
            const std::size_t dimension = source.shape->dimensions[i];
            met.add(dimension, index_.level(dimension, cell->levels[i]));
        }
    }

    Dataset& out_;
    LevelIndex index_;
    std::vector<std::pair<std::size_t, std::uint32_t>> outer_; ///< of the artifact at hand
    MetLevels wholes_, cells_;
};

/// Names used with several units, so that facts and titles can tell them apart.
void note_varying_units(Dataset& out) {
    for (auto& a : out.metrics)
        for (const auto& b : out.metrics)
            a.unit_varies |= a.name == b.name && (a.unit != b.unit || a.aggregate != b.aggregate);
}

/// Puts parts of one table in the order of their levels.
class PartOrder {
  public:
    explicit PartOrder(std::size_t n_dimensions) : n_dimensions_{n_dimensions} {}

    void sort(std::span<Part> parts) {
        if (parts.size() < 2) return;
        order_.resize(parts.size());
        std::iota(order_.begin(), order_.end(), std::size_t{0});
        std::sort(order_.begin(), order_.end(), [&](auto a, auto b) { return comes_first(parts[a], parts[b]); });
        before_.assign(parts.begin(), parts.end());
        levels_.clear();
        for (const auto from : order_)
            for (std::size_t d = 0; d < n_dimensions_; ++d) levels_.push_back(parts[from].levels[d]);
        auto level = levels_.begin();
        for (std::size_t i = 0; i < parts.size(); ++i) {
            parts[i] = before_[order_[i]];
            parts[i].levels = before_[i].levels; // they lie where their part stands
            for (std::size_t d = 0; d < n_dimensions_; ++d) parts[i].levels[d] = *level++;
        }
    }

  private:
    bool comes_first(const Part& a, const Part& b) const {
        for (std::size_t d = 0; d < n_dimensions_; ++d)
            if (const auto x = a.levels[d], y = b.levels[d]; x != y) return x < y;
        return false;
    }
    std::size_t n_dimensions_;
    std::vector<std::size_t> order_;
    std::vector<Part> before_;
    std::vector<std::uint32_t> levels_;
};

/// Puts the levels of each dimension in order, and the parts of each table by level.
void order_levels(Dataset& out) {
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
            if (part.rows.all() > 0) seen[part.levels[i]] = true;
        dimension.seen = static_cast<std::size_t>(std::count(seen.begin(), seen.end(), true));
        dimension.complete = !seen[place[missing_level]];
    }
    PartOrder by_level{out.dimensions.size()};
    for (const Source& source : out.sources)
        by_level.sort(std::span{out.parts}.subspan(source.first_part, source.n_parts));
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

Dataset read_dataset(const Corpus& corpus, const assay_dataset& dataset) {
    Dataset out;
    out.id = view(dataset.id);
    out.title = view(dataset.title);
    std::unordered_map<const assay_table*, Shape*> shapes;
    PartReader parts{out};
    for (std::size_t i = 0; i < dataset.n_tables; ++i) {
        const std::size_t a = dataset.tables[i][0], t = dataset.tables[i][1];
        if (i + 1 < dataset.n_tables) corpus.expect(dataset.tables[i + 1][0], "profile/1");
        const assay_artifact& artifact = corpus.artifacts()[a];
        if (artifact.duplicate_of != SIZE_MAX) continue;
        const assay_table& plan = *tables(artifact)[t].plan;
        TableFigures table;
        const auto read =
            read_figures(corpus.partial(a, "profile/1"), t, view(plan.name), plan.n_columns, out.memory, table);
        if (read == FiguresRead::no_table) continue;
        const auto [known, first] = shapes.try_emplace(&plan, nullptr);
        if (first) {
            known->second = &out.shapes.emplace_back(shape_of(plan));
            find_metrics(out, *known->second);
        }
        if (read == FiguresRead::damaged || !fits(table, *known->second))
            throw BadState{"the profile of " + std::string{view(artifact.path)} + " is damaged"};
        out.rows.add(table.rows);
        out.not_split |= table.overflowed;
        Source& source = out.sources.emplace_back(Source{std::string{view(artifact.path)}, a, t, known->second, table});
        parts.add(source, *known->second, artifact, first);
    }
    note_varying_units(out);
    for (Shape& shape : out.shapes) place_metrics(out, shape);
    parts.finish();
    order_levels(out);
    return out;
}

} // namespace assay::data

#pragma once
// A dataset as its tables' profiles show it: its dimensions, its metrics, and parts - rows of one table with like
// parameters - that groups are put together from. For an analyzer that needs "profile/1", in finish.
#include <assay/analyzer.hpp>
#include <assay/figures.hpp>
#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace assay::data {

struct Metric {
    std::string name, unit;
    std::int32_t direction = ASSAY_DIRECTION_UNKNOWN;
    bool aggregate = false;
    bool unit_varies = false; ///< another metric of the dataset has the same name and another unit
    bool is_headline() const { return !unit.empty() && direction != ASSAY_DIRECTION_UNKNOWN && !aggregate; }
};

struct Dimension {
    std::string name;
    bool in_table = false; ///< a column of a table, else of the whole artifact
    bool identity = false; ///< says which thing was measured, not how: figures over it mix populations
    /// In the order readers meet them: numbers by value and before texts, the missing one last.
    std::vector<Level> levels = {};
    std::size_t seen = 0; ///< of these, how many some row has
    bool complete = true; ///< no row lacks one
    bool varies() const { return seen > 1; }
    bool is_known(std::uint32_t level) const { return levels[level].has_value(); }
};

/// What tables of one plan share: many files are alike.
struct Shape {
    Strided<assay_column> columns;
    std::vector<std::size_t> column_of;  ///< per metric of the dataset: column of the table, or SIZE_MAX
    std::vector<std::size_t> slot_of;    ///< per metric of the dataset: place among the table's metrics, or SIZE_MAX
    std::vector<std::size_t> dividing;   ///< columns that divide the table's rows
    std::size_t n_metrics;               ///< of the table
    std::vector<std::size_t> dimensions; ///< of the dataset: theirs
};

struct Source {
    std::string path;
    std::size_t artifact, table_index; ///< of the corpus; of the artifact
    const Shape* shape;
    TableFigures table;                      ///< without its cells: these are parts
    std::size_t first_part = 0, n_parts = 0; ///< its own among the dataset's parts
    std::size_t column_of(std::size_t metric) const { return shape->column_of[metric]; }
    /// Of all its rows; null where the table lacks the column.
    const Figures* numbers(std::size_t metric) const {
        const std::size_t slot = shape->slot_of[metric];
        return slot == SIZE_MAX ? nullptr : &table.metrics[slot];
    }
};

/// Per dimension of the dataset the place of a part's level among its levels. Those of all parts lie dimension by
/// dimension: what asks for one of many parts reads them in a row.
class PartLevels {
  public:
    PartLevels() = default;
    PartLevels(std::uint32_t* first, std::size_t n_parts) : first_{first}, n_parts_{n_parts} {}
    std::uint32_t operator[](std::size_t dimension) const { return *from(dimension); }
    std::uint32_t& operator[](std::size_t dimension) { return first_[dimension * n_parts_]; }
    /// This part's, and behind it those of the parts behind it.
    const std::uint32_t* from(std::size_t dimension) const { return first_ + dimension * n_parts_; }

  private:
    std::uint32_t* first_ = nullptr;
    std::size_t n_parts_ = 0;
};

struct Part {
    const Source* source;
    bool whole; ///< the table; else a cell of it
    RowCounts rows;
    std::span<const Figures> metrics;
    PartLevels levels;
    std::uint64_t cap; ///< of the values that figures keep one by one
    /// Null where the table lacks the column.
    const Figures* numbers(std::size_t metric) const {
        const std::size_t slot = source->shape->slot_of[metric];
        return slot == SIZE_MAX ? nullptr : &metrics[slot];
    }
};

/// Of parts that stand side by side in a dataset: their levels' places in a dimension.
inline std::span<const std::uint32_t> levels_of(std::span<const Part> parts, std::size_t dimension) {
    return parts.empty() ? std::span<const std::uint32_t>{}
                         : std::span{parts.front().levels.from(dimension), parts.size()};
}

struct Dataset {
    /// Those of one table.
    std::span<const Part> parts_of(const Source& source) const {
        return std::span{parts}.subspan(source.first_part, source.n_parts);
    }
    /// Nothing where the part's rows lack the dimension.
    const Level& level(const Part& part, std::size_t dimension) const {
        return dimensions[dimension].levels[part.levels[dimension]];
    }
    std::string id, title;
    std::deque<Source> sources; ///< in path order
    std::vector<Dimension> dimensions;
    std::vector<Metric> metrics;
    std::vector<Part> parts;  ///< cells of all tables, in path order and then by level
    std::vector<Part> wholes; ///< tables
    bool not_split = false;   ///< a table had too many cells: its own columns do not divide it
    RowCounts rows;
    FigureMemory memory;      ///< of figures and levels
    std::deque<Shape> shapes; ///< of sources
};

/// What was asked of the thing measured (a prompt), rather than the thing or a parameter of it.
bool is_stimulus(std::string_view name);

/// One of these words stands in the name, between characters that are no letters; in any case.
bool has_word(std::string_view name, std::span<const std::string_view> words);

/// Of artifacts that are no copies. Throws BadState where a profile is damaged.
Dataset read_dataset(const Corpus& corpus, const assay_dataset& dataset);

} // namespace assay::data

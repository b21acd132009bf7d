#pragma once
// A dataset as its tables' profiles show it: its dimensions, its metrics, and parts - rows of one table with like
// parameters - that groups are put together from. For an analyzer that needs "profile/1", in finish.
#include <assay/analyzer.hpp>
#include <assay/profile.hpp>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace assay::data {

/// Profiles of artifacts, decoded once while they are not large or somebody holds them.
class Profiles {
  public:
    explicit Profiles(const Corpus& all, ProfileDetail wanted = ProfileDetail::all) : corpus{all}, detail{wanted} {}
    std::shared_ptr<const Profile> of(std::size_t artifact);

  private:
    const Corpus& corpus;
    ProfileDetail detail;
    std::unordered_map<std::size_t, std::shared_ptr<const Profile>> known;
    std::unordered_map<std::size_t, std::weak_ptr<const Profile>> held;
    std::size_t bytes = 0;
};

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

struct Source {
    std::string path;
    std::size_t artifact, table_index;      ///< of the corpus; of the artifact
    std::shared_ptr<const Profile> profile; ///< keeps `table`
    const TableProfile* table;
    std::uint64_t column_cap, cell_cap;      ///< of the table's Values
    std::vector<std::size_t> column_of;      ///< per metric of the dataset: column of the table, or SIZE_MAX
    std::vector<std::size_t> slot_of;        ///< per metric of the dataset: place in a cell's metrics
    std::size_t first_part = 0, n_parts = 0; ///< its own among the dataset's parts
};

struct Part {
    const Source* source;
    const CellProfile* cell;           ///< null: the whole table
    std::vector<std::uint32_t> levels; ///< per dimension of the dataset: the place among its levels
    const RowCounts& rows() const { return cell ? cell->rows : source->table->rows; }
    /// Null where the table lacks the column.
    const NumberProfile* numbers(std::size_t metric) const;
};

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
    std::vector<std::unique_ptr<Source>> sources; ///< in path order
    std::vector<Dimension> dimensions;
    std::vector<Metric> metrics;
    std::vector<Part> parts;  ///< cells of all tables, in path order and then by level
    std::vector<Part> wholes; ///< tables
    bool not_split = false;   ///< a table had too many cells: its own columns do not divide it
    RowCounts rows;
};

/// What was asked of the thing measured (a prompt), rather than the thing or a parameter of it.
bool is_stimulus(std::string_view name);

/// One of these words stands in the name, between characters that are no letters; in any case.
bool has_word(std::string_view name, std::span<const std::string_view> words);

/// Of artifacts that are no copies.
Dataset read_dataset(const Corpus& corpus, const assay_dataset& dataset, Profiles& profiles);

} // namespace assay::data

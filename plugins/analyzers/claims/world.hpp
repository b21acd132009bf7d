#pragma once
// All data that claims are held against: tables with their rows, and the names by which a document may mean them.
#include "claims/source.hpp"
#include "claims/units.hpp"
#include "claims/value_index.hpp"
#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace assay::claims {

struct DataColumn {
    SourceColumn source;
    std::vector<std::string> words;                ///< concepts of its name, less statistic and unit
    std::vector<std::size_t> word_ids, parent_ids; ///< of `words`, `parents` in the world's vocabulary
    std::vector<std::string> parents;              ///< of what stands before a dot in its name
    std::uint32_t name_id = 0;                     ///< the same for columns of the same name
    std::string stat; ///< that its values are already: mean, median, p95, sd, max, ...; or empty
    Unit unit;
    bool measured = false; ///< a number that is no key of the row
    /// Text that tells rows apart: each value, and the parts of it that the others lack.
    struct Value {
        std::string text;
        std::vector<std::size_t> parts; ///< ids
        std::vector<std::size_t> rows;
        double number = 0; ///< of a column of numbers
        /// A prompt, say, and no name, however long: llama3.1:8b-instruct-q4_0.
        bool is_prose() const { return parts.size() > 3 && text.find(' ') != text.npos; }
    };
    std::vector<Value> values; ///< of text columns and of parameters; at most `most_values`
    static constexpr std::size_t most_values = 200;
};

struct Dimension {
    std::string name, value;
};

struct DataTable {
    std::size_t artifact = 0; ///< SIZE_MAX: of several
    std::string path, name;
    std::vector<DataColumn> columns;
    const std::vector<SourceRow>* rows = nullptr;
    std::vector<std::size_t> ok, failed;                     ///< rows by state
    std::vector<std::size_t> parts;                          ///< ids of what names the table: path, constant text
    std::vector<std::size_t> path_parts;                     ///< of its path and dimensions alone
    std::vector<Dimension> dimensions;                       ///< of its file
    std::map<std::size_t, std::vector<std::size_t>> aliases; ///< by part: others that choose the very same rows
    std::vector<std::size_t> members;                        ///< of a pool: the tables that it is joined of, in order
    std::set<std::int64_t> minutes; ///< of the day, of times in its rows; of short recordings only
    std::set<std::int64_t> days;    ///< since 1970, of times in its rows and of dates in its path
};

struct World {
    std::vector<std::vector<SourceTable>> sources; ///< own the rows
    std::vector<DataTable> tables;
    std::vector<std::string> paths; ///< of artifacts with tables, by index
    /// Tables of one dataset.
    struct Family {
        std::string title;
        std::vector<std::size_t> members; ///< of `tables`
    };
    std::vector<Family> families;
    std::vector<std::size_t> kinds; ///< by table: those with the same columns, or of one dataset, are of one kind
    std::vector<DataTable> pools;   ///< each joined of all tables of one dataset (pool.hpp), of no single artifact
    std::vector<std::string> parts; ///< by id
    std::vector<double> rarity;     ///< by id: 0 where every table has it; small for words such as "summary"
    std::vector<std::vector<std::size_t>> slots; ///< by id: sets of names of which a thing bears one
    std::vector<bool> entity;                    ///< by id: names a thing (a model, a host), no sort of file
    std::map<std::string, std::size_t> part_ids;
    std::vector<std::string> vocabulary;   ///< all words of columns and of what stands before them
    std::vector<std::string> metric_words; ///< all words of measured columns
    struct File {
        std::string path, extension;
        bool parsed = false;
    };
    std::vector<File> files;
    std::map<std::int64_t, std::string> seconds; ///< of the day, at which rows are from
    std::map<std::int64_t, std::string> days;    ///< that the data are from: of times in rows, and of file names

    std::vector<std::string> tables_left_out; ///< larger than what is kept of a table
    std::size_t pools_left_out = 0;           ///< datasets too large to be joined, or not kept whole
    std::shared_ptr<const ValueIndex> index;  ///< set by `weigh`

    std::size_t part(const std::string& name);
    /// Is all that the tables say looked at, whatever the words around a number?
    bool whole() const { return tables_left_out.empty() && pools_left_out == 0 && index->left_out == 0; }
};

/// Finite numbers of a column in rows, in their order.
std::vector<double> numbers(const DataTable& table, std::size_t column, const std::vector<std::size_t>& rows);

/// Words that name a statistic, in the form that `concepts` gives them; empty where the word is none.
std::string statistic(const std::string& word);

/// Adds the tables of one artifact. `paths`: its own and those of its copies.
void add_tables(World& world, std::size_t artifact, const std::vector<std::string>& paths,
                const std::vector<Dimension>& dimensions, std::vector<SourceTable> sources);
/// A table with what its columns and rows say; `parts` name it. `source` is to outlive it.
DataTable described(World& world, DataTable table, const SourceTable& source, std::set<std::size_t> parts);
/// To be called once, behind the last table.
void weigh(World& world);

} // namespace assay::claims

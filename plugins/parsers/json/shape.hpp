#pragma once
// A document becomes tables. A pure function of the document; tables and columns in the order of first appearance.
//
//   scalars outside of rows        one row of the table `document`; nested objects make dotted columns
//   array of objects               a table named by its path, a row an item, the union of keys as columns
//   collection (likeness.hpp)      a table, a row an entry, with a column for the key (several levels: several columns)
//   array of scalars               a table with `index` and `value`
//   arrays of arrays               the same, with `index`, `index_2`, ...
//   parallel arrays                scalar arrays of one object and one length (2 or more, one of them numeric): the
//                                  columns of one table, named by what their names have in common, else by the first
//   any of these inside a row      a table of its own, whose rows know their parent row
//   up to 8 short texts in a row   stay one column, as JSON text, if all rows' lists are that short
//   records of `key` and `value`   texts among the numbers of `value` stand in `value.text`
//   columns called `...value`      numbers, also where they are written as texts
//   objects that ran for no time   nothing (idle.hpp)
//   empty objects and arrays       nothing; nor does null where other rows have an object or array make a column
#include "cells.hpp"
#include "remarks.hpp"
#include <cstdint>
#include <limits>
#include <memory>
#include <simdjson.h>
#include <string>
#include <unordered_map>
#include <vector>

namespace assay::json {

inline constexpr std::size_t max_columns = 20'000; ///< of a table
inline constexpr std::size_t max_tables = 256;     ///< of a document
inline constexpr std::size_t none = std::numeric_limits<std::size_t>::max();

struct Column {
    enum class Use { data, index, key };
    std::string name, pointer; ///< pointer: a pattern, `*` for the row
    Use use = Use::data;
    std::vector<Cell> cells = {}; ///< ascending rows; a row without a cell is null
    bool list = false;            ///< JSON text of short lists
    bool dropped = false;
};

struct ShapedTable {
    std::string name; ///< path with dots
    std::string last; ///< its last segment
    std::size_t parent = 0;
    std::vector<std::uint32_t> parent_row = {}; ///< per row
    std::vector<std::uint64_t> lines = {};      ///< per row, where the rows are lines; else empty
    std::uint64_t rejected = 0;
    std::uint32_t rows = 0;
    std::size_t expected = 1; ///< rows, for whom makes room
    std::vector<Column> columns = {};
    bool plain_objects = true; ///< all rows are objects, one level of index
    bool dropped = false;
    /// A list of texts that also stands as JSON text in this column of the parent, until we know which is better.
    std::size_t list_column = none;
    std::uint64_t lists = 0;
    bool only_short_lists = true;

    std::unordered_map<std::string, std::size_t> by_name = {};
};

struct Shape {
    std::vector<std::unique_ptr<ShapedTable>> tables; ///< [0] is the document's own row
    std::vector<std::unique_ptr<std::string>> texts;  ///< what cells borrow that is not in the document
};

/// A scalar as a cell. `big`, if it is not null, becomes true for integers beyond 2^53, where doubles lose units.
Cell scalar(simdjson::dom::element value, bool* big);
constexpr bool is_big(std::int64_t n) { return n > std::int64_t{1} << 53U || n < -(std::int64_t{1} << 53U); }
const char* fate_of_big(bool in_64_bits); ///< for people

Shape shape(simdjson::dom::element root, Remarks& remarks);

/// The name of one of what `plural` names: backends, backend.
std::string singular(std::string_view plural);

} // namespace assay::json

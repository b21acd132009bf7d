#pragma once
// The plan of a table: what every analyzer is told about its columns and rows. Order of authority: the pipeline's
// rules, the parser's declarations, inference from names and the sample.
#include "plan/rules.hpp"
#include "plan/types.hpp"
#include <assay/abi.h>
#include <assay/bytes.hpp>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace assay::plan {

/// A column as a parser declared it, read from its Arrow schema.
struct Declared {
    std::string name;
    Type type = Type::text;
    std::string role = {}, unit = {}, direction = {}, label = {}, pointer = {};
    bool untyped = false, document_scope = false;
};

using SharedColumns = std::shared_ptr<const std::vector<Declared>>;

/// Reads a schema that a plugin made. Null and a sentence in `error` where it is not a table we can take. Like schemas
/// give the same columns, as long as they are narrow and were seen lately.
SharedColumns read_schema(const ArrowSchema& schema, std::string& error);

struct ColumnPlan {
    std::string name, label, unit, unit_reason, role_reason, pointer;
    Type type = Type::text;
    std::int32_t role = ASSAY_ROLE_TEXT, direction = ASSAY_DIRECTION_UNKNOWN;
    std::int32_t role_source = ASSAY_SOURCE_INFERRED, unit_source = ASSAY_SOURCE_NONE;
    bool document_scope = false, aggregate = false, dimension = false, ambiguous_numbers = false;
    bool no_zone = false; ///< its times name none, and are read as UTC
    CellFormat format = {};
};

struct TablePlan {
    std::string name;
    std::int32_t kind = ASSAY_TABLE_DATA;
    std::vector<ColumnPlan> columns;
    std::optional<Predicate> failed, suspect;
    std::optional<Predicate> published; ///< rows that are statistics of other rows
    bool status_inferred = true;
    /// Where repetitions stand side by side: the table as its parser gives it, while `columns` are of one row a
    /// repetition; where each column's cells stand there, one for all repetitions or one each, and none of the number
    /// of the repetition; and these numbers.
    std::shared_ptr<const TablePlan> written = {};
    std::vector<std::vector<std::uint32_t>> sources = {};
    std::vector<std::int64_t> repetitions = {};

    const TablePlan& as_written() const { return written ? *written : *this; }
};

/// A parameter with more levels than this in the sample does not divide rows into cells.
inline constexpr std::size_t most_levels = 64;

/// Types that reading on has shown to be needed, by column name.
using Widened = std::map<std::string, Type, std::less<>>;

/// `sample` may be null. Pure: the same arguments give the same plan.
TablePlan make_plan(std::string_view name, std::int32_t kind, const std::vector<Declared>& columns,
                    const ArrowArray* sample, const Rules& rules, const Widened& widened);

using SharedPlan = std::shared_ptr<const TablePlan>;

/// The same. Tables that are declared alike and whose samples show the same share a plan: many small ones do.
SharedPlan shared_plan(std::string_view name, std::int32_t kind, const SharedColumns& columns, const ArrowArray* sample,
                       const Rules& rules);

/// ASSAY_ROW_* of each row of a batch of the plan's columns.
std::vector<std::uint8_t> row_status(const TablePlan& plan, const ArrowArray& batch);

std::string encode(const TablePlan& plan);
/// The plan that these bytes hold, null where they are damaged. Equal bytes give one plan, in whatever thread, as long
/// as it is among the last few thousand: many small tables are alike.
SharedPlan decode_plan(std::string_view bytes);

/// A plan as the ABI shows it; the texts belong to the plan, which must stay in place.
class AbiTable {
  public:
    explicit AbiTable(const TablePlan& plan);
    const assay_table* get() const { return &table_; }

  private:
    std::vector<assay_column> columns_;
    assay_table table_{};
};

std::string_view name_of_role(std::int32_t role);
std::optional<std::int32_t> role_named(std::string_view name);
std::string_view name_of_type(Type type);
std::string_view name_of_source(std::int32_t source);
std::optional<std::int32_t> direction_named(std::string_view name);

} // namespace assay::plan

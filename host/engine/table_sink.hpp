#pragma once
// Takes the tables of one artifact from its parser: plans them, checks every batch, tells failed rows from good ones,
// counts, and hands all to the analyzers.
#include "engine/activity.hpp"
#include "engine/content_record.hpp"
#include "engine/row_spool.hpp"
#include "engine/stages.hpp"
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace assay::engine {

/// What reading to the end has shown about column types, by (position of the table, its name).
using Replan = std::map<std::pair<std::size_t, std::string>, plan::Widened>;

/// Types only widen, so few rounds of reading are ever needed.
inline constexpr int most_rounds = 4;
/// Adds to `replan` what a round has shown.
void widen(Replan& replan, const Replan& shown);

/// Cells of a column that did not fit its type.
struct Misfits {
    std::uint64_t count = 0, first_line = ASSAY_UNKNOWN;
    std::string first_cell;
    Type needed = Type::boolean;
    void add(const Misfits& later);
};

/// A table as its rows have shown it so far.
struct TableTally {
    std::size_t place = 0; ///< among the artifact's tables
    TableContent content;
    std::vector<Misfits> misfits;                    ///< per column
    std::vector<plan::Dimension> first_row;          ///< of document columns and of parameters
    std::vector<std::uint8_t> first_row_is_document; ///< parallel to `first_row`
};

/// What a whole table comes to: its record with its remarks. Notes in `widened` the columns whose type has to be wider.
void conclude_table(TableTally tally, ContentRecord& record, Replan& widened);

class TableSink {
  public:
    /// `stages` may be empty of analyzers (then tables are only counted). All must outlive the sink.
    TableSink(std::vector<AnalyzerStage>& analyzers, const plan::Rules& rules, const Replan& replan,
              ContentRecord& record, Activity& activity);
    /// Takes one table, a part of it only, and keeps its tally: the table is concluded by whoever has all parts.
    void keep_tally() { keeps_tally_ = true; }
    std::optional<TableTally> take_tally() { return std::move(kept_); }
    /// The tables are known from before: they are planned as they were, and their rows go to `rows` too.
    void follow(const std::vector<TableContent>& known, SpoolWriter& rows) {
        known_ = &known;
        rows_ = &rows;
    }
    TableSink(const TableSink&) = delete;
    TableSink& operator=(const TableSink&) = delete;

    assay_table_sink* abi() { return &abi_; }
    /// Closes a table that its parser left open.
    void close();
    /// A table of the host's own: @diagnostics.
    void give_diagnostics();
    /// Columns whose type has to be wider than planned; empty where the plans held.
    Replan widened() const;
    /// Why analyzers stopped, by stage index; a stage that failed sees no more of this artifact.
    const std::map<std::size_t, registry::Outcome>& failures() const { return failures_; }

  private:
    struct OpenTable {
        TableTally tally;
        std::unique_ptr<plan::AbiTable> abi;
        std::unique_ptr<plan::AbiTable> written; ///< for the parser, where it is another
        std::vector<Type> types;
        std::uint64_t chunk = 0, row_in_chunk = 0;
    };
    std::int32_t begin(std::string_view name, std::int32_t kind, const ArrowSchema* schema, const ArrowArray* sample,
                       const assay_table** plan, assay_error* error);
    std::int32_t batch(const ArrowArray& rows, std::uint64_t chunk, const std::uint64_t* line, assay_error* error);
    /// Rows of the plan's columns, to whom they concern.
    std::int32_t give(const ArrowArray& rows, const std::vector<std::uint8_t>& status, const std::uint64_t* line,
                      assay_error* error);
    std::int32_t give_repetitions(const ArrowArray& rows, const std::vector<std::uint8_t>& status,
                                  const std::uint64_t* line, assay_error* error);
    std::int32_t end(assay_error* error);
    std::int32_t stream(std::string_view name, std::int32_t kind, ArrowArrayStream& stream, assay_error* error);
    void start_over();
    void misfit(std::size_t column, std::int32_t could_be, std::uint64_t line, std::string_view cell);
    plan::SharedPlan plan_of(std::string_view name, std::int32_t kind, const plan::SharedColumns& declared,
                             const ArrowArray* sample) const;
    /// What the spool says of it; nothing where no rows are kept.
    template <class Call> std::string spooled(Call call);
    void count(const std::vector<std::uint8_t>& status);
    void remember_first_row(const ArrowArray& rows);
    template <class Call> void each_analyzer(Call call);

    std::vector<AnalyzerStage>& analyzers_;
    const plan::Rules& rules_;
    const Replan& replan_;
    ContentRecord& record_;
    std::size_t remarks_before_; ///< of others than the parser
    Activity& activity_;
    const std::vector<TableContent>* known_ = nullptr;
    SpoolWriter* rows_ = nullptr;
    bool keeps_tally_ = false;
    std::optional<TableTally> kept_;
    std::unique_ptr<OpenTable> open_;
    std::size_t tables_begun_ = 0;
    Replan widened_;
    std::map<std::size_t, registry::Outcome> failures_;
    assay_table_sink abi_;
};

} // namespace assay::engine

#include "engine/table_sink.hpp"
#include "engine/arrow_check.hpp"
#include "engine/repeat_rows.hpp"
#include <algorithm>
#include <assay/json_writer.hpp>

namespace assay::engine {

namespace {

/// Above this share of cells that do not fit, a column is read again with a wider type.
constexpr std::uint64_t misfit_percent = 1;
/// More tables than this of one artifact are a fault of the parser.
constexpr std::size_t most_tables = 10'000;
constexpr std::size_t longest_constant = 120;
constexpr std::size_t longest_excerpt = 60;

std::int32_t refuse(assay_error* error, std::string_view reason, const std::string& message) {
    if (error && error->set) error->set(error, to_abi(reason), to_abi(message));
    return ASSAY_FAILED;
}

/// A cell as it may be shown: short, and without what could disturb a terminal.
std::string excerpt(std::string_view text) {
    std::string out;
    for (const char c : text.substr(0, longest_excerpt))
        out += static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? ' ' : c;
    while (!out.empty() && (static_cast<unsigned char>(out.back()) & 0x80U) != 0 && text.size() > longest_excerpt)
        out.pop_back();
    return out + (text.size() > longest_excerpt ? "..." : "");
}

std::string text_of(const ColumnView& column, std::size_t row) {
    switch (column.type()) {
    case Type::text: return std::string{column.text(row)};
    case Type::boolean: return column.boolean(row) ? "true" : "false";
    case Type::integer: return std::to_string(column.integer(row));
    default: return {};
    }
}

void report_misfits(const TableTally& tally, ContentRecord& record, Replan& widened) {
    const std::uint64_t rows = tally.content.rows();
    for (std::size_t i = 0; i < tally.misfits.size(); ++i) {
        const Misfits& misfits = tally.misfits[i];
        if (misfits.count == 0) continue;
        const auto& column = tally.content.plan->as_written().columns[i];
        const bool fraction = column.type == Type::integer && misfits.needed == Type::real;
        if (column.type != Type::text && (fraction || misfits.count * 100 > rows * misfit_percent))
            widened[{tally.place, tally.content.plan->name}][column.name] = plan::widened(column.type, misfits.needed);
        Remark remark;
        remark.code = "misfit";
        remark.message = "not of the column's type " + std::string{plan::name_of_type(column.type)} + ", first '" +
                         misfits.first_cell + "'; left out";
        remark.table = tally.content.plan->name;
        remark.column_name = column.name;
        remark.line = misfits.first_line;
        remark.count = misfits.count;
        record.add(std::move(remark));
    }
}

/// Statistics of other rows are never failed, and failed rows never merely suspect.
std::uint8_t worse(std::uint8_t a, std::uint8_t b) {
    static constexpr std::uint8_t states[]{ASSAY_ROW_PUBLISHED, ASSAY_ROW_FAILED, ASSAY_ROW_SUSPECT};
    for (const std::uint8_t state : states)
        if (a == state || b == state) return state;
    return ASSAY_ROW_OK;
}

TableSink& self_of(assay_table_sink* sink) { return *static_cast<TableSink*>(sink->self); }

} // namespace

void widen(Replan& replan, const Replan& shown) {
    for (const auto& [table, columns] : shown)
        for (const auto& [column, type] : columns) replan[table][column] = type;
}

void Misfits::add(const Misfits& later) {
    if (later.count == 0) return;
    const Misfits before = *this;
    *this = before.count > 0 ? before : later;
    count = before.count + later.count;
    if (before.count > 0) needed = plan::widened(before.needed, later.needed);
}

void conclude_table(TableTally tally, ContentRecord& record, Replan& widened) {
    report_misfits(tally, record, widened);
    const bool single = tally.content.rows() == 1;
    tally.content.constants.reserve(tally.first_row.size());
    for (std::size_t i = 0; i < tally.first_row.size(); ++i)
        if (single || tally.first_row_is_document[i] != 0)
            tally.content.constants.push_back(std::move(tally.first_row[i]));
    const auto remark_on = [&](const auto& column, std::int32_t severity, std::string code, std::string message) {
        Remark remark;
        remark.severity = severity;
        remark.code = std::move(code);
        remark.message = std::move(message);
        remark.table = tally.content.plan->name;
        remark.column_name = column.name;
        record.add(std::move(remark));
    };
    for (const auto& column : tally.content.plan->columns) {
        if (column.ambiguous_numbers)
            remark_on(column, ASSAY_SEVERITY_WARNING, "ambiguous-numbers",
                      "a comma in its numbers is read as grouping thousands; it could be a decimal comma");
        if (column.no_zone && column.type == Type::time)
            remark_on(column, ASSAY_SEVERITY_INFO, "no-zone", "its times name no time zone and are read as UTC");
    }
    record.tables.push_back(std::move(tally.content));
}

TableSink::TableSink(std::vector<AnalyzerStage>& analyzers, const plan::Rules& rules, const Replan& replan,
                     ContentRecord& record, Activity& activity)
    : analyzers_{analyzers}, rules_{rules}, replan_{replan}, record_{record},
      remarks_before_{record.remarks.size()}, activity_{activity}, abi_{} {
    abi_.struct_size = sizeof abi_;
    abi_.self = this;
    abi_.begin = [](assay_table_sink* s, assay_str name, std::int32_t kind, const ArrowSchema* schema,
                    const ArrowArray* sample, const assay_table** plan,
                    assay_error* error) { return self_of(s).begin(view(name), kind, schema, sample, plan, error); };
    abi_.batch = [](assay_table_sink* s, ArrowArray* rows, std::uint64_t chunk, const std::uint64_t* line,
                    assay_error* error) {
        if (!rows) return refuse(error, "bad-batch", "a batch is null");
        const std::int32_t code = self_of(s).batch(*rows, chunk, line, error);
        if (rows->release) rows->release(rows);
        return code;
    };
    abi_.misfit = [](assay_table_sink* s, std::size_t column, std::int32_t could_be, std::uint64_t line,
                     assay_str cell) -> std::int32_t {
        self_of(s).misfit(column, could_be, line, view(cell));
        return ASSAY_OK;
    };
    abi_.reject = [](assay_table_sink* s, std::uint64_t rows) -> std::int32_t {
        if (self_of(s).open_) self_of(s).open_->tally.content.rows_rejected += rows;
        return ASSAY_OK;
    };
    abi_.end = [](assay_table_sink* s, assay_error* error) { return self_of(s).end(error); };
    abi_.stream = [](assay_table_sink* s, assay_str name, std::int32_t kind, ArrowArrayStream* stream,
                     assay_error* error) {
        return stream ? self_of(s).stream(view(name), kind, *stream, error)
                      : refuse(error, "bad-stream", "a stream is null");
    };
    abi_.diagnostic = [](assay_table_sink* s, const assay_diagnostic* d) {
        if (!d) return;
        Remark remark;
        remark.severity = std::clamp<std::int32_t>(d->severity, ASSAY_SEVERITY_INFO, ASSAY_SEVERITY_ERROR);
        remark.code = view(d->code);
        remark.message = view(d->message);
        remark.table = view(d->table);
        remark.column_name = view(d->column_name);
        remark.pointer = view(d->pointer);
        remark.line = d->line;
        remark.column = d->column;
        remark.offset = d->offset;
        remark.count = std::max<std::uint64_t>(d->count, 1);
        self_of(s).record_.add(std::move(remark));
    };
    abi_.start_over = [](assay_table_sink* s, assay_error*) -> std::int32_t {
        self_of(s).start_over();
        return ASSAY_OK;
    };
}

template <class Call> void TableSink::each_analyzer(Call call) {
    for (std::size_t i = 0; i < analyzers_.size(); ++i) {
        if (!analyzers_[i].analyzer.folds() || failures_.count(i) != 0) continue;
        const Doing doing{activity_, Activity::Kind::analyze, i};
        registry::Outcome outcome = call(analyzers_[i].analyzer);
        if (!outcome.ok()) failures_.emplace(i, std::move(outcome));
    }
}

plan::SharedPlan TableSink::plan_of(std::string_view name, std::int32_t kind, const plan::SharedColumns& declared,
                                    const ArrowArray* sample) const {
    if (!known_) {
        const auto widened = replan_.find({tables_begun_, std::string{name}});
        if (widened == replan_.end()) return plan::shared_plan(name, kind, declared, sample, rules_);
        return std::make_shared<const plan::TablePlan>(
            plan::make_plan(name, kind, *declared, sample, rules_, widened->second));
    }
    if (tables_begun_ >= known_->size()) return nullptr;
    const plan::SharedPlan& plan = (*known_)[tables_begun_].plan;
    const auto& columns = plan->as_written().columns;
    const bool same = plan->name == name && plan->kind == kind &&
                      std::equal(declared->begin(), declared->end(), columns.begin(), columns.end(),
                                 [](const auto& a, const auto& b) { return a.name == b.name; });
    return same ? plan : nullptr;
}

template <class Call> std::string TableSink::spooled(Call call) {
    if (!rows_ || open_->tally.content.plan->kind != ASSAY_TABLE_DATA) return {};
    try {
        call(*rows_);
        return {};
    } catch (const std::exception& error) {
        return error.what();
    }
}

std::int32_t TableSink::begin(std::string_view name, std::int32_t kind, const ArrowSchema* schema,
                              const ArrowArray* sample, const assay_table** plan, assay_error* error) {
    if (open_)
        return refuse(error, "table-open",
                      "table '" + std::string{name} + "' begins before table '" + open_->tally.content.plan->name +
                          "' ended");
    if (!schema || !plan) return refuse(error, "bad-schema", "a schema is null");
    if (keeps_tally_ && tables_begun_ > 0)
        return refuse(error, "several-tables", "a part of a content gives one table");
    if (tables_begun_ == most_tables)
        return refuse(error, "too-many-tables", "more than " + std::to_string(most_tables) + " tables");
    std::string problem;
    const auto declared = plan::read_schema(*schema, problem);
    if (!declared) return refuse(error, "bad-schema", "table '" + std::string{name} + "': " + problem);
    std::vector<Type> types;
    types.reserve(declared->size());
    for (const auto& column : *declared) types.push_back(column.type);
    if (sample && !(problem = problem_of(*sample, types)).empty())
        return refuse(error, "bad-batch", "sample of table '" + std::string{name} + "': " + problem);
    const bool untyped = std::any_of(declared->begin(), declared->end(), [](auto& c) { return c.untyped; });
    if (untyped && !sample)
        return refuse(error, "bad-schema", "table '" + std::string{name} + "' has untyped columns and no sample");

    auto planned = plan_of(name, kind, declared, sample);
    if (!planned) return refuse(error, "rows-differ", "table '" + std::string{name} + "' is not as it was read before");
    open_ = std::make_unique<OpenTable>();
    open_->tally.content.plan = std::move(planned);
    open_->types.reserve(types.size());
    const plan::TablePlan& plan_made = *open_->tally.content.plan;
    for (const auto& column : plan_made.as_written().columns) open_->types.push_back(column.type);
    open_->tally.misfits.resize(open_->types.size());
    open_->abi = std::make_unique<plan::AbiTable>(*open_->tally.content.plan);
    open_->tally.place = tables_begun_++;
    if (plan_made.written) open_->written = std::make_unique<plan::AbiTable>(*plan_made.written);
    *plan = (open_->written ? open_->written : open_->abi)->get();
    each_analyzer([&](auto& analyzer) { return analyzer.table_begin(*open_->abi->get()); });
    problem = spooled([&](auto& rows) { rows.table_begin(open_->tally.place, *open_->tally.content.plan); });
    if (!problem.empty()) return refuse(error, "no-room", problem);
    return ASSAY_OK;
}

std::int32_t TableSink::batch(const ArrowArray& rows, std::uint64_t chunk, const std::uint64_t* line,
                              assay_error* error) {
    if (!open_) return refuse(error, "no-table", "a batch without a table");
    const auto problem = problem_of(rows, open_->types);
    if (!problem.empty())
        return refuse(error, "bad-batch", "table '" + open_->tally.content.plan->name + "': " + problem);
    if (chunk < open_->chunk)
        return refuse(error, "bad-batch", "table '" + open_->tally.content.plan->name + "': chunk numbers go back");
    if (chunk != open_->chunk) open_->row_in_chunk = 0;
    open_->chunk = chunk;
    if (rows.length == 0) return ASSAY_OK;
    const plan::TablePlan& plan = *open_->tally.content.plan;
    const auto status = plan::row_status(plan.as_written(), rows);
    return plan.written ? give_repetitions(rows, status, line, error) : give(rows, status, line, error);
}

/// In pieces, as there are more rows than were read.
std::int32_t TableSink::give_repetitions(const ArrowArray& rows, const std::vector<std::uint8_t>& status,
                                         const std::uint64_t* line, assay_error* error) {
    const plan::TablePlan& plan = *open_->tally.content.plan;
    const std::size_t times = plan.repetitions.size(), all = status.size();
    const std::size_t piece = std::max<std::size_t>(1, static_cast<std::size_t>(most_batch_rows) / times);
    std::int32_t code = ASSAY_OK;
    for (std::size_t first = 0; first < all && code == ASSAY_OK; first += piece) {
        const std::size_t count = std::min(piece, all - first);
        std::vector<std::uint8_t> each_status;
        std::vector<std::uint64_t> each_line;
        for (std::size_t row = first; row < first + count; ++row) {
            each_status.insert(each_status.end(), times, status[row]);
            if (line) each_line.insert(each_line.end(), times, line[row]);
        }
        ArrowArray repeated = repeat_rows(plan, rows, first, count);
        // Conditions may speak of columns as they are written, and as they are shown.
        const auto shown_status = plan::row_status(plan, repeated);
        std::transform(each_status.begin(), each_status.end(), shown_status.begin(), each_status.begin(), worse);
        code = give(repeated, each_status, line ? each_line.data() : nullptr, error);
        repeated.release(&repeated);
    }
    return code;
}

std::int32_t TableSink::give(const ArrowArray& rows, const std::vector<std::uint8_t>& status, const std::uint64_t* line,
                             assay_error* error) {
    if (open_->tally.content.rows() == open_->tally.content.rows_rejected) remember_first_row(rows);
    count(status);
    // Without lines, rows of the first chunk are told by their number: one that a row of a repetition does not have.
    const bool numbered = line || !open_->tally.content.plan->written;
    assay_batch out{sizeof(assay_batch), &rows, status.data(), line, open_->chunk + (numbered ? 0 : 1),
                    open_->row_in_chunk};
    each_analyzer([&](auto& analyzer) { return analyzer.update(out); });
    const auto unkept = spooled([&](auto& spool) { spool.batch(out); });
    if (!unkept.empty()) return refuse(error, "no-room", unkept);
    open_->row_in_chunk += static_cast<std::uint64_t>(rows.length);
    return ASSAY_OK;
}

void TableSink::count(const std::vector<std::uint8_t>& status) {
    const auto n = [&](std::uint8_t state) {
        return static_cast<std::uint64_t>(std::count(status.begin(), status.end(), state));
    };
    open_->tally.content.rows_ok += n(ASSAY_ROW_OK);
    open_->tally.content.rows_failed += n(ASSAY_ROW_FAILED);
    open_->tally.content.rows_suspect += n(ASSAY_ROW_SUSPECT);
    open_->tally.content.rows_published += n(ASSAY_ROW_PUBLISHED);
}

void TableSink::remember_first_row(const ArrowArray& rows) {
    const auto& columns = open_->tally.content.plan->columns;
    const bool several = rows.length > 1; // then only what holds for the whole document is a constant
    open_->tally.first_row.reserve(std::min<std::size_t>(columns.size(), 16));
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (columns[i].role != ASSAY_ROLE_PARAMETER || (several && !columns[i].document_scope)) continue;
        const ColumnView column{rows, i, columns[i].type};
        if (column.is_null(0)) continue;
        std::string text = text_of(column, 0);
        if (text.empty() || text.size() > longest_constant) continue;
        open_->tally.first_row.push_back({columns[i].name, std::move(text), ""});
        open_->tally.first_row_is_document.push_back(columns[i].document_scope ? 1 : 0);
    }
}

void TableSink::misfit(std::size_t column, std::int32_t could_be, std::uint64_t line, std::string_view cell) {
    if (!open_ || column >= open_->tally.misfits.size()) return;
    Misfits& misfits = open_->tally.misfits[column];
    const auto type =
        could_be >= ASSAY_TYPE_BOOL && could_be <= ASSAY_TYPE_TIME ? static_cast<Type>(could_be) : Type::text;
    misfits.needed = misfits.count == 0 ? type : plan::widened(misfits.needed, type);
    if (misfits.count++ != 0) return;
    misfits.first_line = line;
    misfits.first_cell = excerpt(cell);
}

std::int32_t TableSink::end(assay_error* error) {
    if (!open_) return refuse(error, "no-table", "the end of a table that did not begin");
    const auto rejected = open_->tally.content.rows_rejected;
    each_analyzer([&](auto& analyzer) { return analyzer.table_end(rejected); });
    const auto unkept = spooled([](auto& rows) { rows.table_end(); });
    if (!unkept.empty()) return refuse(error, "no-room", unkept);
    if (keeps_tally_)
        kept_ = std::move(open_->tally);
    else
        conclude_table(std::move(open_->tally), record_, widened_);
    open_.reset();
    return ASSAY_OK;
}

void TableSink::start_over() {
    open_.reset();
    kept_.reset();
    if (rows_) rows_->start_over();
    tables_begun_ = 0;
    widened_.clear();
    failures_.clear();
    record_.tables.clear();
    record_.remarks.resize(std::min(record_.remarks.size(), remarks_before_));
    record_.remarks_left_out = 0;
    const assay_content content = content_of(record_);
    each_analyzer([&](auto& analyzer) { return analyzer.artifact_begin(content); });
}

void TableSink::close() {
    if (open_) end(nullptr);
}

std::int32_t TableSink::stream(std::string_view name, std::int32_t kind, ArrowArrayStream& in, assay_error* error) {
    const auto failed = [&](const char* what) {
        const char* text = in.get_last_error ? in.get_last_error(&in) : nullptr;
        return refuse(error, "bad-stream", std::string{what} + (text ? std::string{": "} + text : ""));
    };
    ArrowSchema schema{};
    if (in.get_schema(&in, &schema) != 0) return failed("the stream gives no schema");
    const assay_table* plan = nullptr;
    ArrowArray rows{};
    std::int32_t code = in.get_next(&in, &rows) == 0 ? ASSAY_OK : failed("the stream fails");
    if (code == ASSAY_OK) code = begin(name, kind, &schema, rows.release ? &rows : nullptr, &plan, error);
    if (schema.release) schema.release(&schema);
    while (code == ASSAY_OK && rows.release) {
        code = batch(rows, open_->tally.content.rows() / most_batch_rows, nullptr, error);
        rows.release(&rows);
        rows = {};
        if (code == ASSAY_OK && in.get_next(&in, &rows) != 0) code = failed("the stream fails");
    }
    if (rows.release) rows.release(&rows);
    if (in.release) in.release(&in);
    return code == ASSAY_OK ? end(error) : code;
}

Replan TableSink::widened() const { return widened_; }

void TableSink::give_diagnostics() {
    if (record_.remarks.empty()) return;
    std::vector<plan::Declared> columns;
    for (const char* name : {"severity", "code", "message", "table", "column", "line", "count"}) {
        const std::string_view n{name};
        plan::Declared column;
        column.name = name;
        column.type = n == "line" || n == "count" || n == "severity" ? Type::integer : Type::text;
        column.role = n == "message" ? "text" : n == "line" ? "identifier" : n == "count" ? "metric" : "parameter";
        columns.push_back(column);
    }
    const auto plan = plan::make_plan("@diagnostics", ASSAY_TABLE_DIAGNOSTICS, columns, nullptr, {}, {});
    const plan::AbiTable abi{plan};
    std::vector<ColumnBuilder> builders;
    for (const auto& column : plan.columns) builders.emplace_back(column.type);
    for (const auto& r : record_.remarks) {
        builders[0].integer(r.severity);
        builders[1].text(r.code);
        builders[2].text(r.message);
        builders[3].text(r.table);
        builders[4].text(r.column_name);
        if (r.line == ASSAY_UNKNOWN)
            builders[5].null();
        else
            builders[5].integer(static_cast<std::int64_t>(r.line));
        builders[6].integer(static_cast<std::int64_t>(r.count));
    }
    std::vector<ArrowArray> arrays;
    for (auto& builder : builders) arrays.push_back(builder.finish());
    ArrowArray rows = make_batch(std::move(arrays), static_cast<std::int64_t>(record_.remarks.size()));
    const std::vector<std::uint8_t> status(record_.remarks.size(), ASSAY_ROW_OK);
    const assay_batch batch{sizeof(assay_batch), &rows, status.data(), nullptr, 0, 0};
    each_analyzer([&](auto& analyzer) { return analyzer.table_begin(*abi.get()); });
    each_analyzer([&](auto& analyzer) { return analyzer.update(batch); });
    each_analyzer([&](auto& analyzer) { return analyzer.table_end(0); });
    rows.release(&rows);
}

} // namespace assay::engine

#pragma once
// Where a parser under test puts its tables: each call is checked against the contract of abi.h and kept as text.
#include <assay/testkit/seen.hpp>
#include <assay/utc.hpp>
#include <assay/utf8.hpp>
#include <cstdint>
#include <cstdio>
#include <deque>

namespace assay::testkit::detail {

/// With all digits of the fraction: a cell's text does not hide what it holds.
inline std::string iso_time(std::int64_t microseconds) {
    const UtcTime time = utc_time(microseconds);
    char clock[40];
    std::snprintf(clock, sizeof clock, "T%02d:%02d:%02d.%06dZ", time.hour, time.minute, time.second, time.microsecond);
    return utc_date(microseconds) + clock;
}

inline Cell cell_text(const ColumnView& column, std::size_t row) {
    if (column.is_null(row)) return std::nullopt;
    switch (column.type()) {
    case Type::boolean: return column.boolean(row) ? "true" : "false";
    case Type::integer: return std::to_string(column.integer(row));
    case Type::time: return iso_time(column.time(row));
    case Type::text: return std::string{column.text(row)};
    case Type::real: break;
    }
    char buffer[64];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, column.real(row)).ptr;
    return std::string{buffer, end};
}

/// The narrowest type that all cells of a sample's column have; text where there are none.
inline Type type_of_sample(const ColumnView& column, std::size_t rows) {
    bool any = false, whole = true, number = true, truth = true, time = true;
    for (std::size_t row = 0; row < rows; ++row) {
        if (column.is_null(row) || cell::is_missing(column.text(row))) continue;
        const auto text = column.text(row);
        any = true;
        whole = whole && cell::integer(text).has_value();
        number = number && cell::number(text).has_value();
        truth = truth && cell::truth(text).has_value();
        time = time && cell::time(text).has_value();
    }
    if (!any) return Type::text;
    if (whole) return Type::integer;
    if (number) return Type::real;
    if (truth) return Type::boolean;
    return time ? Type::time : Type::text;
}

inline std::map<std::string, std::string> read_metadata(const char* bytes) {
    std::map<std::string, std::string> all;
    const auto number = [&] {
        std::int32_t value = 0;
        std::memcpy(&value, bytes, sizeof value);
        bytes += sizeof value;
        return value;
    };
    const auto text = [&] {
        const auto size = static_cast<std::size_t>(number());
        std::string value{bytes, size};
        bytes += size;
        return value;
    };
    for (std::int32_t left = bytes ? number() : 0; left > 0; --left) {
        std::string key = text();
        all[key] = text();
    }
    return all;
}

/// Takes tables, checks them and keeps them as text.
class CheckingSink {
  public:
    CheckingSink(Parsed& out, const Settings& settings) : out_{out}, settings_{settings} {
        sink_.struct_size = sizeof sink_;
        sink_.self = this;
        sink_.begin = [](assay_table_sink* self, assay_str name, std::int32_t kind, const ArrowSchema* schema,
                         const ArrowArray* sample, const assay_table** plan, assay_error* error) -> std::int32_t {
            return me(self).begin(name, kind, *schema, sample, plan, error);
        };
        sink_.batch = [](assay_table_sink* self, ArrowArray* batch, std::uint64_t chunk, const std::uint64_t* line,
                         assay_error* error) -> std::int32_t { return me(self).batch(*batch, chunk, line, error); };
        sink_.misfit = [](assay_table_sink* self, std::size_t column, std::int32_t could_be, std::uint64_t line,
                          assay_str text) -> std::int32_t { return me(self).misfit(column, could_be, line, text); };
        sink_.reject = [](assay_table_sink* self, std::uint64_t rows) -> std::int32_t {
            if (me(self).inside("reject")) me(self).table().rejected += rows;
            return ASSAY_OK;
        };
        sink_.end = [](assay_table_sink* self, assay_error*) -> std::int32_t {
            if (me(self).inside("end")) me(self).table().ended = true;
            me(self).open_ = false;
            return ASSAY_OK;
        };
        sink_.stream = [](assay_table_sink* self, assay_str name, std::int32_t kind, ArrowArrayStream* stream,
                          assay_error* error) -> std::int32_t { return me(self).stream(name, kind, *stream, error); };
        sink_.diagnostic = [](assay_table_sink* self, const assay_diagnostic* d) { me(self).diagnostic(*d); };
        sink_.start_over = [](assay_table_sink* self, assay_error*) -> std::int32_t {
            me(self).out_.tables.clear();
            me(self).out_.diagnostics.clear();
            me(self).open_ = false;
            return ASSAY_OK;
        };
    }
    CheckingSink(const CheckingSink&) = delete;
    CheckingSink& operator=(const CheckingSink&) = delete;

    assay_table_sink* get() { return &sink_; }
    /// After the parse: throws with all that was against the contract.
    void check() {
        if (open_ && out_.code == ASSAY_OK) wrong("the last table was not ended");
        if (!wrong_.empty()) throw std::logic_error{"the parser broke the contract:" + wrong_};
    }

  private:
    static CheckingSink& me(assay_table_sink* self) { return *static_cast<CheckingSink*>(self->self); }
    TableSeen& table() { return out_.tables.back(); }
    void wrong(const std::string& what) {
        if (wrong_.size() < 4000) wrong_ += "\n  " + what;
    }
    bool inside(const char* call) {
        if (!open_) wrong(std::string{call} + " outside a table");
        return open_;
    }
    std::string column_name(std::size_t column) { return "column '" + table().fields[column].name + "'"; }

    static std::optional<Type> type_of(std::string_view format) {
        for (const Type type : {Type::boolean, Type::integer, Type::real, Type::text})
            if (format == arrow_format(type)) return type;
        if (format.substr(0, 4) == "tsu:") return Type::time;
        return std::nullopt;
    }

    void read_schema(const ArrowSchema& schema) {
        if (schema.format == nullptr || std::string_view{schema.format} != "+s") wrong("the schema is not a struct");
        std::map<std::string, int> seen;
        for (std::int64_t i = 0; i < schema.n_children; ++i) {
            const ArrowSchema& child = *schema.children[i];
            const std::string name = child.name ? child.name : "";
            const auto type = type_of(child.format ? child.format : "");
            if (!type) wrong("column '" + name + "' has a format the host does not take");
            if (name.empty()) wrong("column " + std::to_string(i) + " has no name");
            if (!is_utf8(name)) wrong("the name of column " + std::to_string(i) + " is not UTF-8");
            if (++seen[name] == 2) wrong("two columns are named '" + name + "'");
            const Type declared = type.value_or(Type::text);
            table().fields.push_back({name, declared, declared, read_metadata(child.metadata)});
        }
    }

    ColumnPlan decide(const FieldSeen& field, std::size_t index, const ArrowArray* sample) {
        if (const auto found = settings_.plan.find(field.name); found != settings_.plan.end()) return found->second;
        const auto untyped = field.metadata.find("assay.untyped");
        if (untyped == field.metadata.end() || untyped->second != "1") return {field.type, '.', 0, 1, {}};
        if (field.type != Type::text) wrong("untyped column '" + field.name + "' is not text");
        if (sample == nullptr || sample->length == 0) return {};
        return {type_of_sample({*sample, index, Type::text}, static_cast<std::size_t>(sample->length)), '.', 0, 1, {}};
    }

    void make_plan(const ArrowArray* sample) {
        columns_.clear();
        suffixes_.clear();
        auto& fields = table().fields;
        for (std::size_t i = 0; i < fields.size(); ++i) {
            const ColumnPlan decided = decide(fields[i], i, sample);
            fields[i].planned = decided.type;
            assay_column column{};
            column.struct_size = sizeof column;
            column.name = to_abi(fields[i].name);
            column.type = static_cast<std::int32_t>(decided.type);
            column.format = {decided.decimal, decided.grouping, 0, decided.scale,
                             to_abi(suffixes_.emplace_back(decided.suffix))};
            columns_.push_back(column);
        }
        plan_ = {sizeof plan_,    to_abi(table().name), table().kind,
                 columns_.data(), columns_.size(),      sizeof(assay_column)};
    }

    std::int32_t begin(assay_str name, std::int32_t kind, const ArrowSchema& schema, const ArrowArray* sample,
                       const assay_table** plan, assay_error*) {
        if (open_) wrong("a table begins before the last one ended");
        open_ = true;
        chunk_ = 0;
        out_.tables.push_back({.name = std::string{view(name)},
                               .kind = kind,
                               .fields = {},
                               .rows = {},
                               .lines = {},
                               .chunks = {},
                               .misfits = {}});
        if (kind < ASSAY_TABLE_DATA || kind > ASSAY_TABLE_DIAGNOSTICS) wrong("no such kind of table");
        read_schema(schema);
        if (sample != nullptr) {
            table().sample_rows = sample->length;
            if (!check_array(*sample, false)) sample = nullptr;
        }
        make_plan(sample);
        if (plan != nullptr) *plan = &plan_;
        return ASSAY_OK;
    }

    bool check_text(const ArrowArray& array, std::size_t column) {
        const auto* offsets = static_cast<const std::int32_t*>(array.buffers[1]) + array.offset;
        for (std::int64_t i = 0; i < array.length; ++i)
            if (offsets[i] < 0 || offsets[i] > offsets[i + 1]) {
                wrong(column_name(column) + ": offsets descend");
                return false;
            }
        const ColumnView cells{array, Type::text};
        for (std::size_t row = 0; row < static_cast<std::size_t>(array.length); ++row)
            if (!cells.is_null(row) && !is_utf8(cells.text(row))) {
                wrong(column_name(column) + ": row " + std::to_string(row) + " is not UTF-8");
                return false;
            }
        return true;
    }

    bool check_column(const ArrowArray& array, std::size_t column, Type type, std::int64_t rows) {
        const auto fail = [&](const char* what) {
            wrong(column_name(column) + ": " + what);
            return false;
        };
        if (array.length < rows) return fail("fewer cells than the batch has rows");
        if (array.n_children != 0 || array.dictionary != nullptr) return fail("nested or dictionary encoded");
        if (array.n_buffers != (type == Type::text ? 3 : 2)) return fail("buffers are not those of the plan's type");
        if (array.length > 0 && array.buffers[1] == nullptr) return fail("no values");
        std::int64_t nulls = 0;
        const ColumnView cells{array, type};
        for (std::size_t row = 0; row < static_cast<std::size_t>(array.length); ++row)
            nulls += cells.is_null(row) ? 1 : 0;
        if (array.null_count != -1 && array.null_count != nulls) return fail("wrong null count");
        return type != Type::text || array.length == 0 || check_text(array, column);
    }

    bool check_array(const ArrowArray& array, bool planned) {
        const auto& fields = table().fields;
        if (array.n_children != static_cast<std::int64_t>(fields.size())) {
            wrong("a batch has " + std::to_string(array.n_children) + " columns, the schema " +
                  std::to_string(fields.size()));
            return false;
        }
        if (array.length > 65536) wrong("a batch has more than 65,536 rows");
        if (array.null_count > 0) wrong("a batch has null rows");
        bool good = true;
        for (std::size_t i = 0; i < fields.size(); ++i)
            good &= check_column(*array.children[i], i, planned ? fields[i].planned : fields[i].type,
                                 array.length + array.offset);
        return good;
    }

    void keep(const ArrowArray& batch, const std::uint64_t* line) {
        std::vector<ColumnView> cells;
        for (std::size_t i = 0; i < table().fields.size(); ++i) cells.emplace_back(batch, i, table().fields[i].planned);
        for (std::size_t row = 0; row < static_cast<std::size_t>(batch.length); ++row) {
            auto& out = table().rows.emplace_back();
            for (const auto& column : cells) out.push_back(cell_text(column, row));
            if (line != nullptr) table().lines.push_back(line[row]);
        }
    }

    std::int32_t batch(ArrowArray& batch, std::uint64_t chunk, const std::uint64_t* line, assay_error* error) {
        if (batch.release == nullptr) wrong("a batch was released before it came");
        const std::int32_t answer = take(batch, chunk, line, error);
        if (batch.release) batch.release(&batch);
        return answer;
    }

    std::int32_t take(const ArrowArray& batch, std::uint64_t chunk, const std::uint64_t* line, assay_error* error) {
        if (!inside("batch") || !check_array(batch, true)) return ASSAY_OK;
        if (table().batch_count > 0 && chunk < chunk_) wrong("chunks descend");
        chunk_ = chunk;
        for (std::int64_t i = 0; line != nullptr && i < batch.length; ++i)
            if (line[i] == 0) wrong("lines count from 1");
        table().chunks.push_back(chunk);
        table().row_count += static_cast<std::uint64_t>(batch.length);
        ++table().batch_count;
        if (settings_.keep_rows) keep(batch, line);
        if (table().batch_count <= settings_.stop_after) return ASSAY_OK;
        if (error && error->set) error->set(error, to_abi("cancelled"), to_abi("the host asked to stop"));
        return ASSAY_CANCELLED;
    }

    std::int32_t misfit(std::size_t column, std::int32_t could_be, std::uint64_t line, assay_str text) {
        if (!inside("misfit")) return ASSAY_OK;
        if (column >= table().fields.size()) wrong("misfit in a column that is not there");
        if (could_be < ASSAY_TYPE_BOOL || could_be > ASSAY_TYPE_TIME) wrong("misfit of no type");
        if (!is_utf8(view(text))) wrong("misfit cell is not UTF-8");
        table().misfits.push_back({column, could_be, line, std::string{view(text)}});
        return ASSAY_OK;
    }

    std::int32_t stream(assay_str name, std::int32_t kind, ArrowArrayStream& stream, assay_error* error) {
        ArrowSchema schema{};
        if (stream.get_schema(&stream, &schema) != 0) return ASSAY_FAILED;
        const assay_table* plan = nullptr;
        begin(name, kind, schema, nullptr, &plan, error);
        if (schema.release) schema.release(&schema);
        for (std::uint64_t chunk = 0;; ++chunk) {
            ArrowArray next{};
            if (stream.get_next(&stream, &next) != 0) return ASSAY_FAILED;
            if (next.release == nullptr) break;
            if (const auto answer = batch(next, chunk, nullptr, error); answer != ASSAY_OK) return answer;
        }
        return sink_.end(&sink_, error);
    }

    void diagnostic(const assay_diagnostic& d) {
        if (d.count < 1) wrong("a diagnostic that counts nothing");
        for (const char c : view(d.code))
            if (!(c == '-' || cell::is_digit(c) || (c >= 'a' && c <= 'z')))
                wrong("'" + std::string{view(d.code)} + "' is not kebab-case");
        if (!is_utf8(view(d.message))) wrong("the message of '" + std::string{view(d.code)} + "' is not UTF-8");
        out_.diagnostics.push_back({std::string{view(d.code)}, std::string{view(d.message)}, d.severity,
                                    std::string{view(d.table)}, std::string{view(d.column_name)},
                                    std::string{view(d.pointer)}, d.line, d.column, d.offset, d.count});
    }

    Parsed& out_;
    const Settings& settings_;
    assay_table_sink sink_{};
    bool open_ = false;
    std::uint64_t chunk_ = 0;
    std::string wrong_;
    std::vector<assay_column> columns_;
    std::deque<std::string> suffixes_;
    assay_table plan_{};
};

} // namespace assay::testkit::detail

#pragma once
// A host in miniature, for the unit tests of a parser: it drives the parser through the C calls the real host uses,
// checks what comes back against the contract of abi.h, and gives tables as text.
//
//     MyParser parser;
//     const auto got = assay::testkit::parse(parser, "a,b\n1,2\n", "x.csv", {.options = {{"header", "yes"}}});
//     BOOST_TEST(got.tables.at(0).rows.at(0).at(1).value() == "2");
//
// A parser that breaks the contract (a batch of the wrong types, chunks that descend, text that is not UTF-8, ...)
// makes `parse` throw std::logic_error with all that was wrong; a parser that fails as it may is seen in
// `Parsed::code`.
#include <assay/sdk.hpp>
#include <chrono>
#include <cstdio>
#include <deque>
#include <map>
#include <stdexcept>
#include <variant>

namespace assay::testkit {

/// An option's value as a pipeline would give it.
using OptionValue = std::variant<bool, std::int64_t, double, std::string, TextList, TextMap>;
using Options = std::map<std::string, OptionValue>;

/// What the plan says of a column, in place of what the kit would decide from the sample.
struct ColumnPlan {
    Type type = Type::text;
    char decimal = '.', grouping = 0;
    double scale = 1;
    std::string suffix = {};
};

struct Settings {
    Options options = {};
    std::map<std::string, ColumnPlan> plan = {}; ///< by column name
    std::size_t read_limit = 0;                  ///< most bytes one read gives; 0 all that were asked for
    bool size_known = true;                      ///< false: as for a compressed artifact
    bool keep_rows = true;                       ///< false: count rows, for large inputs
    std::uint64_t stop_after = ASSAY_UNKNOWN;    ///< batches, then the host answers ASSAY_CANCELLED
};

using Cell = std::optional<std::string>;

struct FieldSeen {
    std::string name;
    Type type; ///< as declared
    Type planned;
    std::map<std::string, std::string> metadata;
};

struct MisfitSeen {
    std::size_t column;
    int could_be;
    std::uint64_t line;
    std::string cell;
};

struct TableSeen {
    std::string name;
    int kind = ASSAY_TABLE_DATA;
    std::vector<FieldSeen> fields;
    std::int64_t sample_rows = 0;
    std::uint64_t row_count = 0, batch_count = 0;
    std::vector<std::vector<Cell>> rows; ///< doubles shortest round trip, times ISO 8601 UTC, null: no value
    std::vector<std::uint64_t> lines;    ///< per row
    std::vector<std::uint64_t> chunks;   ///< per batch
    std::uint64_t rejected = 0;
    std::vector<MisfitSeen> misfits;
    bool ended = false;

    std::vector<std::string> names() const {
        std::vector<std::string> all;
        for (const auto& field : fields) all.push_back(field.name);
        return all;
    }
    /// Metadata of a column, empty where there is none.
    std::string metadata(std::size_t column, const std::string& key) const {
        const auto& all = fields.at(column).metadata;
        const auto found = all.find(key);
        return found == all.end() ? "" : found->second;
    }
};

struct DiagnosticSeen {
    std::string code, message;
    int severity;
    std::string table, column_name, pointer;
    std::uint64_t line, column, offset, count;
};

struct Parsed {
    std::int32_t code = ASSAY_OK;
    std::string reason, message; ///< of a failure
    std::vector<TableSeen> tables;
    std::vector<DiagnosticSeen> diagnostics;

    /// How often a diagnostic was given, counting what each stands for.
    std::uint64_t count(std::string_view diagnostic) const {
        std::uint64_t total = 0;
        for (const auto& d : diagnostics) total += d.code == diagnostic ? d.count : 0;
        return total;
    }
    /// The first diagnostic of a code; throws where there is none.
    const DiagnosticSeen& diagnostic(std::string_view wanted) const {
        for (const auto& d : diagnostics)
            if (d.code == wanted) return d;
        throw std::out_of_range{"no diagnostic '" + std::string{wanted} + "'"};
    }
};

namespace detail {

/// Options as the values a host passes; the tree lives as long as this.
class OptionTree {
  public:
    explicit OptionTree(const Options& options) {
        std::vector<assay_value> items;
        for (const auto& [name, value] : options) items.push_back(keyed(name, make(value)));
        root_ = collection(ASSAY_VALUE_MAP, std::move(items));
    }
    const assay_value* root() const { return &root_; }

  private:
    static assay_value scalar(std::int32_t kind) {
        assay_value value{};
        value.struct_size = sizeof value;
        value.kind = kind;
        return value;
    }
    static assay_value keyed(const std::string& key, assay_value value) {
        value.key = to_abi(key);
        return value;
    }
    static assay_value text(const std::string& content) {
        assay_value value = scalar(ASSAY_VALUE_TEXT);
        value.text = to_abi(content);
        return value;
    }
    assay_value collection(std::int32_t kind, std::vector<assay_value> items) {
        const auto& kept = lists_.emplace_back(std::move(items));
        assay_value value = scalar(kind);
        value.items = kept.data();
        value.n_items = kept.size();
        return value;
    }
    assay_value make(const OptionValue& option) {
        if (const auto* content = std::get_if<std::string>(&option)) return text(*content);
        if (const auto* list = std::get_if<TextList>(&option)) {
            std::vector<assay_value> items;
            for (const auto& item : *list) items.push_back(text(item));
            return collection(ASSAY_VALUE_LIST, std::move(items));
        }
        if (const auto* map = std::get_if<TextMap>(&option)) {
            std::vector<assay_value> items;
            for (const auto& [key, item] : *map) items.push_back(keyed(key, text(item)));
            return collection(ASSAY_VALUE_MAP, std::move(items));
        }
        return plain(option);
    }
    static assay_value plain(const OptionValue& option) {
        assay_value value{};
        if (const auto* truth = std::get_if<bool>(&option)) {
            value = scalar(ASSAY_VALUE_BOOL);
            value.boolean = *truth ? 1 : 0;
        } else if (const auto* whole = std::get_if<std::int64_t>(&option)) {
            value = scalar(ASSAY_VALUE_INT);
            value.integer = *whole;
            value.number = static_cast<double>(*whole);
        } else if (const auto* number = std::get_if<double>(&option)) {
            value = scalar(ASSAY_VALUE_FLOAT);
            value.number = *number;
            if (*number == std::floor(*number) && std::abs(*number) < 9e15)
                value.integer = static_cast<std::int64_t>(*number);
        }
        return value;
    }

    std::deque<std::vector<assay_value>> lists_;
    assay_value root_{};
};

/// An artifact in memory.
class MemoryInput {
  public:
    MemoryInput(std::string_view bytes, std::string_view name, const Settings& settings)
        : bytes_{bytes}, limit_{settings.read_limit} {
        input_.struct_size = sizeof input_;
        input_.self = this;
        input_.name = to_abi(name);
        input_.size = settings.size_known ? bytes.size() : ASSAY_UNKNOWN;
        input_.read_at = [](assay_input* self, std::uint64_t offset, void* buffer, std::size_t size, std::size_t* got,
                            assay_error*) -> std::int32_t {
            const auto& me = *static_cast<MemoryInput*>(self->self);
            *got = 0;
            if (offset >= me.bytes_.size()) return ASSAY_OK;
            *got = std::min(size, me.bytes_.size() - static_cast<std::size_t>(offset));
            if (me.limit_ > 0) *got = std::min(*got, me.limit_);
            std::memcpy(buffer, me.bytes_.data() + offset, *got);
            return ASSAY_OK;
        };
        input_.view = [](assay_input* self, assay_str* out, assay_error*) -> std::int32_t {
            auto& me = *static_cast<MemoryInput*>(self->self);
            if (me.padded_.empty()) me.padded_.assign(me.bytes_).append(64, '\0');
            *out = {me.padded_.data(), me.bytes_.size()};
            return ASSAY_OK;
        };
    }
    MemoryInput(const MemoryInput&) = delete;
    MemoryInput& operator=(const MemoryInput&) = delete;
    assay_input* get() { return &input_; }

  private:
    std::string_view bytes_;
    std::string padded_;
    std::size_t limit_;
    assay_input input_{};
};

/// Whether text is UTF-8 by the table of Unicode 15, 3.9 (no surrogates, nothing overlong).
inline bool is_utf8(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        const auto byte = [&](std::size_t at) {
            return at < text.size() ? static_cast<unsigned char>(text[at]) : static_cast<unsigned char>(0);
        };
        const unsigned char first = byte(i), second = byte(i + 1);
        std::size_t length = 0;
        if (first < 0x80)
            length = 1;
        else if (first >= 0xC2 && first <= 0xDF)
            length = 2;
        else if (first >= 0xE0 && first <= 0xEF)
            length = (first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F) ? 0 : 3;
        else if (first >= 0xF0 && first <= 0xF4)
            length = (first == 0xF0 && second < 0x90) || (first == 0xF4 && second > 0x8F) ? 0 : 4;
        if (length == 0) return false;
        for (std::size_t k = 1; k < length; ++k)
            if (byte(i + k) < 0x80 || byte(i + k) > 0xBF) return false;
        i += length;
    }
    return true;
}

inline std::string iso_time(std::int64_t microseconds) {
    using namespace std::chrono;
    const sys_time<std::chrono::microseconds> at{std::chrono::microseconds{microseconds}};
    const auto day = floor<days>(at);
    const year_month_day date{day};
    const hh_mm_ss clock{at - day};
    char buffer[80];
    std::snprintf(buffer, sizeof buffer, "%04d-%02u-%02uT%02d:%02d:%02d.%06dZ", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                  static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                  static_cast<int>(clock.seconds().count()), static_cast<int>(clock.subseconds().count()));
    return buffer;
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

} // namespace detail

/// Configures `parser` and lets it parse `bytes` as a file called `name`.
inline Parsed parse(Parser& parser, std::string_view bytes, std::string_view name = "artifact",
                    const Settings& settings = {}) {
    const assay_parser* calls = assay::detail::parser_calls<Parser>();
    Parsed out;
    assay::detail::ErrorText error;
    const detail::OptionTree options{settings.options};
    out.code = calls->configure(&parser, options.root(), &error.error);
    detail::CheckingSink sink{out, settings};
    if (out.code == ASSAY_OK) {
        detail::MemoryInput input{bytes, name, settings};
        out.code = calls->parse(&parser, input.get(), sink.get(), &error.error);
    }
    out.reason = error.reason;
    out.message = error.message;
    sink.check();
    return out;
}

/// What the parser answers when it is shown the first `head_bytes` of a file.
inline Confidence probe(Parser& parser, std::string_view bytes, std::string_view name = "artifact",
                        std::size_t head_bytes = 65536) {
    const assay_parser* calls = assay::detail::parser_calls<Parser>();
    assay::detail::ErrorText error;
    Confidence out;
    assay_sink reason{sizeof(assay_sink), &out.reason,
                      [](assay_sink* self, const void* data, std::size_t size) -> std::int32_t {
                          static_cast<std::string*>(self->self)->append(static_cast<const char*>(data), size);
                          return ASSAY_OK;
                      }};
    const assay_head head{sizeof(assay_head), to_abi(name), to_abi(bytes.substr(0, head_bytes)),
                          bytes.size() <= head_bytes ? 1 : 0};
    assay_probe answer{sizeof(assay_probe), 0, &reason};
    error.check(calls->probe(&parser, &head, &answer, &error.error));
    out.value = answer.confidence;
    if (out.value < 0 || out.value > 100) throw std::logic_error{"a confidence is 0 to 100"};
    return out;
}

} // namespace assay::testkit

#pragma once
// Writing a parser: say whether content is yours (probe), then turn it into tables (parse).
#include <algorithm>
#include <array>
#include <assay/column.hpp>
#include <assay/failure.hpp>
#include <assay/option.hpp>
#include <concepts>
#include <cstdint>
#include <exception>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace assay {

/// How sure a parser is that content is its own: 0 not mine, 1..100, and why. A name alone is worth at most 10.
struct Confidence {
    int value = 0;
    std::string reason = {};
};

/// The first bytes of an artifact and its name.
struct Head {
    std::string_view name;
    std::string_view bytes;
    bool complete; ///< `bytes` is everything
    bool named(std::string_view extension) const {
        return name.size() >= extension.size() &&
               std::equal(extension.rbegin(), extension.rend(), name.rbegin(),
                          [](char a, char b) { return a == (b >= 'A' && b <= 'Z' ? b - 'A' + 'a' : b); });
    }
};

namespace detail {
/// An assay_error whose content a caller on this side wants to read.
struct ErrorText {
    ErrorText() = default;
    ErrorText(const ErrorText&) = delete;
    ErrorText& operator=(const ErrorText&) = delete;
    assay_error error{sizeof(assay_error), this, [](assay_error* self, assay_str why, assay_str text) {
                          static_cast<ErrorText*>(self->self)->reason = view(why);
                          static_cast<ErrorText*>(self->self)->message = view(text);
                      }};
    std::string reason, message;
    void check(std::int32_t code) const {
        if (code != ASSAY_OK) throw HostStopped{code, reason, message};
    }
};
} // namespace detail

/// The bytes of an artifact.
class Input {
  public:
    explicit Input(assay_input& input) : input_{input} {}
    std::string_view name() const { return assay::view(input_.name); }
    std::uint64_t size() const { return input_.size; } ///< ASSAY_UNKNOWN when compressed
    /// Up to `size` bytes at `offset`; fewer only at the end.
    std::size_t read_at(std::uint64_t offset, char* buffer, std::size_t size) {
        detail::ErrorText error;
        std::size_t total = 0;
        while (total < size) {
            std::size_t got = 0;
            error.check(input_.read_at(&input_, offset + total, buffer + total, size - total, &got, &error.error));
            if (got == 0) break;
            total += got;
        }
        return total;
    }
    /// Everything at once; 64 more bytes may be read behind it.
    std::string_view view() {
        detail::ErrorText error;
        assay_str all{};
        error.check(input_.view(&input_, &all, &error.error));
        return assay::view(all);
    }

  private:
    assay_input& input_;
};

/// Something a reader should know about the artifact; becomes a row of the report.
struct Diagnostic {
    std::string_view code, message;
    std::int32_t severity = ASSAY_SEVERITY_WARNING;
    std::string_view table = {}, column_name = {}, pointer = {};
    std::uint64_t line = ASSAY_UNKNOWN, column = ASSAY_UNKNOWN, offset = ASSAY_UNKNOWN;
    std::uint64_t count = 1;
};

class Sink;

/// What tables and their sink share: a failure met where nothing could be thrown.
struct TableTrouble {
    std::optional<HostStopped> stopped;
};

/// A table being written, row by row: `table.text("x").real(1.5).end_row()`, or `table.row("x", 1.5)`. Sends batches as
/// they fill. It ends with `end()`, else when it goes out of scope; the next table begins after that.
class Table {
  public:
    static constexpr std::size_t batch_rows = 4096;       ///< small enough to stay in cache
    static constexpr std::uint64_t chunk_rows = 65536;    ///< rows that share a chunk number
    static constexpr std::size_t batch_bytes = 1U << 20U; ///< of text

    Table(assay_table_sink& sink, TableTrouble& trouble, std::string name, std::vector<Field> fields, int kind)
        : sink_{&sink}, trouble_{&trouble}, name_{std::move(name)}, fields_{std::move(fields)}, kind_{kind} {
        columns_.reserve(fields_.size());
        for (const Field& field : fields_) {
            if (field.untyped)
                throw Failure{"bad-table",
                              std::string{"column '"}
                                  .append(field.name)
                                  .append("' is untyped: its cells must follow the plan, use Sink::raw()")};
            columns_.emplace_back(field.type);
        }
    }
    Table(const Table&) = delete;
    Table& operator=(const Table&) = delete;
    ~Table() {
        if (ended_ || std::uncaught_exceptions() > 0) return;
        try {
            end();
        } catch (const HostStopped& stopped) {
            trouble_->stopped = stopped; // given on by Sink::finish
        } catch (const std::exception& error) {
            trouble_->stopped = HostStopped{ASSAY_INTERNAL, "exception", error.what()};
        }
    }

    Table& text(std::string_view value) {
        bytes_ += value.size();
        return next(Type::text, [&](ColumnBuilder& c) { c.text(value); });
    }
    Table& real(double value) {
        return next(Type::real, [&](ColumnBuilder& c) { c.real(value); });
    }
    Table& integer(std::int64_t value) {
        return next(Type::integer, [&](ColumnBuilder& c) { c.integer(value); });
    }
    Table& boolean(bool value) {
        return next(Type::boolean, [&](ColumnBuilder& c) { c.boolean(value); });
    }
    Table& time(std::int64_t microseconds) {
        return next(Type::time, [&](ColumnBuilder& c) { c.time(microseconds); });
    }
    Table& null() {
        return next(std::nullopt, [](ColumnBuilder& c) { c.null(); });
    }

    /// The line or record number of the row being written, for evidence.
    Table& at_line(std::uint64_t line) {
        line_ = line;
        return *this;
    }
    /// Its rows have no place of their own in the artifact's text, as values within a JSON document: readers are told
    /// which row of the table it is. Before the first row.
    Table& without_lines() {
        has_places_ = false;
        return *this;
    }
    /// Cells not given are null.
    void end_row() {
        while (column_ < columns_.size()) columns_[column_++].null();
        column_ = 0;
        lines_.push_back(line_ == ASSAY_UNKNOWN ? rows_ + 1 : line_);
        ++rows_;
        if (lines_.size() == batch_rows || rows_ % chunk_rows == 0 || bytes_ > batch_bytes) flush();
    }
    template <class... Cells> void row(const Cells&... cells) {
        (put(cells), ...);
        end_row();
    }
    /// Rows that could not be used; say why with Sink::diagnose.
    void reject(std::uint64_t rows) {
        begin(nullptr);
        sink_->reject(sink_, rows);
    }
    std::uint64_t rows() const { return rows_; }

    void end() {
        ended_ = true;
        if (!lines_.empty()) flush();
        begin(nullptr);
        detail::ErrorText error;
        error.check(sink_->end(sink_, &error.error));
    }

  private:
    /// `type`: of the cell; a null is of any.
    template <class Write> Table& next(std::optional<Type> type, Write write) {
        if (column_ >= columns_.size())
            throw Failure{"bad-table",
                          std::string{"table '"}.append(name_).append("': more cells than columns in a row")};
        if (type && columns_[column_].type() != *type)
            throw Failure{
                "bad-table",
                std::string{"column '"}.append(fields_[column_].name).append("' gets a cell of another type")};
        write(columns_[column_]);
        ++column_;
        return *this;
    }
    void put(std::string_view value) { text(value); }
    void put(const char* value) { put(std::string_view{value}); }
    void put(const std::string& value) { put(std::string_view{value}); }
    void put(double value) { real(value); }
    void put(bool value) { boolean(value); }
    template <std::integral Int> void put(const Int& value) {
        const Type type = column_ < columns_.size() ? columns_[column_].type() : Type::integer;
        if (type == Type::real) return put(static_cast<double>(value));
        if (type == Type::time) return static_cast<void>(time(static_cast<std::int64_t>(value)));
        integer(static_cast<std::int64_t>(value));
    }
    template <class T> void put(const std::optional<T>& value) {
        if (value)
            put(*value);
        else
            null();
    }

    void begin(const ArrowArray* sample) {
        if (begun_) return;
        begun_ = true;
        detail::ErrorText error;
        ArrowSchema schema = make_schema(fields_);
        const assay_table* plan = nullptr;
        const int code = sink_->begin(sink_, to_abi(name_), kind_, &schema, sample, &plan, &error.error);
        schema.release(&schema);
        error.check(code);
    }
    void flush() {
        std::vector<ArrowArray> arrays;
        arrays.reserve(columns_.size());
        for (auto& column : columns_) arrays.push_back(column.finish());
        ArrowArray batch = make_batch(std::move(arrays), static_cast<std::int64_t>(lines_.size()));
        try {
            begin(&batch);
        } catch (...) {
            batch.release(&batch);
            throw;
        }
        detail::ErrorText error;
        const std::uint64_t* lines = has_places_ ? lines_.data() : nullptr;
        const int code = sink_->batch(sink_, &batch, (rows_ - 1) / chunk_rows, lines, &error.error);
        lines_.clear();
        bytes_ = 0;
        error.check(code);
    }

    assay_table_sink* sink_;
    TableTrouble* trouble_;
    std::string name_;
    std::vector<Field> fields_;
    int kind_;
    bool begun_ = false, ended_ = false;
    std::vector<ColumnBuilder> columns_;
    std::size_t column_ = 0, bytes_ = 0;
    std::vector<std::uint64_t> lines_;
    std::uint64_t line_ = ASSAY_UNKNOWN, rows_ = 0;
    bool has_places_ = true;
};

/// Where a parser puts its tables and remarks. One table at a time.
class Sink {
  public:
    explicit Sink(assay_table_sink& sink) : sink_{sink} {}
    Table table(std::string name, std::vector<Field> fields, int kind = ASSAY_TABLE_DATA) {
        return {sink_, trouble_, std::move(name), std::move(fields), kind};
    }
    void diagnose(const Diagnostic& d) {
        const assay_diagnostic out{sizeof(assay_diagnostic),
                                   d.severity,
                                   to_abi(d.code),
                                   to_abi(d.message),
                                   to_abi(d.table),
                                   to_abi(d.column_name),
                                   to_abi(d.pointer),
                                   d.line,
                                   d.column,
                                   d.offset,
                                   d.count};
        sink_.diagnostic(&sink_, &out);
    }
    /// Drops all that was given, as if the parse had just begun. No table may be open.
    void start_over() {
        detail::ErrorText error;
        error.check(sink_.start_over(&sink_, &error.error));
    }
    /// For parsers that build their own batches.
    assay_table_sink& raw() { return sink_; }
    /// Called by the SDK behind `parse`: throws what a table met as it went out of scope.
    void finish() const {
        if (trouble_.stopped) throw *trouble_.stopped;
    }

  private:
    assay_table_sink& sink_;
    TableTrouble trouble_;
};

/// A part of a large content: the bytes [begin, end). A record belongs to the part that it begins in.
struct Part {
    std::uint64_t begin, end;
    std::vector<std::string_view> surveys; ///< of all parts before this one
    std::vector<std::string_view> known;   ///< what all parts found in the round before; none in the first
    /// For the parser to set: where the first record at or behind `begin`, and at or behind `end`, truly begins.
    assay_place began{}, ended{};
    std::string found = {}; ///< what it learned of the part: for another round, and for `join_parts`
    bool again = false;     ///< what it took for granted of the whole does not hold: all are to be parsed once more
    bool first() const { return surveys.empty(); }
};

class Parser : public Component {
  public:
    virtual Confidence probe(const Head& head) const = 0;
    virtual void parse(Input& in, Sink& out) = 0;
};

/// A parser that can read a large content in parts, side by side; abi.h (assay_parser) says what they must promise.
/// Throw NotMine where a part cannot: the content is then parsed as a whole.
template <class T>
concept ReadsParts = requires(T& parser, Input& in, Part& part, Sink& out) {
    { parser.survey(in, std::uint64_t{}, std::uint64_t{}) } -> std::same_as<std::string>;
    parser.parse_part(in, part, out);
};
/// One that tells remarks on the whole, once all parts are parsed.
template <class T>
concept JoinsParts = requires(T& parser, const std::vector<std::string_view>& found, Sink& out) {
    parser.join_parts(found, out);
};

} // namespace assay

#include "csv.hpp"
#include "columns.hpp"
#include "dialect.hpp"
#include "encoding.hpp"
#include "layout.hpp"
#include "not_a_table.hpp"
#include "remarks.hpp"
#include "specials.hpp"
#include <algorithm>
#include <assay/bytes.hpp>
#include <assay/cell.hpp>
#include <set>

namespace assay::csv {
namespace {

Encoding encoding_of(std::string_view name) {
    for (const Encoding encoding : {Encoding::utf8, Encoding::utf16_le, Encoding::utf16_be, Encoding::windows_1252})
        if (name == name_of(encoding)) return encoding;
    return Encoding::automatic;
}

Choice choice_of(std::string_view name) {
    return name == "yes" ? Choice::yes : name == "no" ? Choice::no : Choice::automatic;
}

std::string printable(char delimiter) { return delimiter == '\t' ? "tab" : std::string{"'"} + delimiter + "'"; }

std::string plural(std::uint64_t count, const std::string& noun) {
    return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
}

/// What the host may be told of columns: names made whole and unique.
std::vector<Field> make_fields(const Layout& layout, Sink& out) {
    const auto remark = [&](std::string_view code, const std::string& name, const std::string& message) {
        out.diagnose({.code = code, .message = message, .table = "rows", .column_name = name});
    };
    std::set<std::string> given(layout.names.begin(), layout.names.end()), used;
    std::vector<Field> fields;
    fields.reserve(layout.width());
    for (std::size_t c = 0; c < layout.width(); ++c) {
        const std::string& written = layout.names[c];
        std::string name = written.empty() ? "column_" + std::to_string(c + 1) : written;
        const std::string stem = name;
        for (int n = 2; used.count(name) > 0 || (name != written && given.count(name) > 0); ++n)
            name = stem + "_" + std::to_string(n);
        used.insert(name);
        if (layout.header && written.empty())
            remark("blank-header", name, "column " + std::to_string(c + 1) + " has no name in the header");
        else if (layout.header && name != written)
            remark("duplicate-header", name, "another column is named '" + written + "' too");
        fields.push_back({.name = name, .unit = layout.units[c], .untyped = true});
    }
    return fields;
}

/// What a survey notes of a part.
struct TextCounts {
    std::uint64_t lines = 0, quotes = 0;
    std::string text() const {
        std::string out;
        ByteWriter{out}.put(lines).put(quotes);
        return out;
    }
    void add(std::string_view survey) {
        ByteReader in{survey};
        lines += in.get<std::uint64_t>();
        quotes += in.get<std::uint64_t>();
    }
};

/// A sink for what another part of the content says already.
assay_table_sink without_remarks(const assay_table_sink& sink) {
    assay_table_sink out = sink;
    out.diagnostic = [](assay_table_sink*, const assay_diagnostic*) {};
    return out;
}

/// One parse: the text's records go through here into the table.
class TableReader {
  public:
    /// `part`: null where all is read.
    TableReader(const Csv& options, Input& in, Sink& out, Part* part = nullptr)
        : options_{options}, hints_{options.hints()}, in_{in}, part_{part}, sink_{out.raw()}, out_{out},
          head_sink_{in_later_part() ? without_remarks(sink_) : sink_}, head_out_{head_sink_}, remarks_{head_out_},
          stream_{reads(), encoding_of(*options.encoding), in.size()}, reader_{text(), stream_.room()} {}

    void run() {
        const Reading reading = look_at_head();
        if (part_ && (stream_.encoding() != Encoding::utf8 || reading.dialect.newline != '\n'))
            throw NotMine{"only UTF-8 with line feeds is read in parts"};
        take_sample(reading);
        layout_ = find_layout(sample_, choice_of(*options_.header), choice_of(*options_.units_row));
        remark_on_layout();
        begin();
        if (in_later_part())
            go_to_part(reading.dialect);
        else
            add_sample();
        read_rows();
        columns_->flush();
        remark_on_encoding();
        remarks_.finish();
        assay::detail::ErrorText error;
        error.check(sink_.end(&sink_, &error.error));
    }

  private:
    bool in_later_part() const { return part_ && !part_->first(); }

    Utf8Stream::Read reads() {
        return [this](std::uint64_t offset, char* to, std::size_t size) { return in_.read_at(offset, to, size); };
    }
    RecordReader::Source text() {
        return [this](char* to) { return stream_.read(to); };
    }

    void add_sample() {
        for (std::size_t i = layout_.first_row; i < sample_.size(); ++i) {
            if (part_ && sample_.record(i).offset >= part_->end) throw NotMine{"the part is too small"};
            add(sample_.record(i));
        }
    }

    /// To the first record that begins in the part: behind the first line end outside of quotes, from the byte before
    /// the part on.
    void go_to_part(const Dialect& dialect) {
        TextCounts before;
        for (const std::string_view survey : part_->surveys) before.add(survey);
        stream_ = Utf8Stream{reads(), part_->begin - 1};
        reader_ = RecordReader{text(), stream_.room()};
        reader_.set_offset(part_->begin - 1);
        const std::string_view ahead = reader_.ahead();
        if (ahead.empty()) throw NotMine{"the content is shorter than it was"};
        const auto is_quote = [&](char c) { return dialect.quote != 0 && c == dialect.quote; };
        // The survey has seen the first byte too.
        std::uint64_t lines = before.lines - (ahead.starts_with('\n') ? 1U : 0U);
        bool quoted = dialect.quote != 0 && (before.quotes - (is_quote(ahead.front()) ? 1U : 0U)) % 2 == 1;
        std::size_t at = 0;
        for (; at < ahead.size() && (quoted || ahead[at] != '\n'); ++at) {
            lines += ahead[at] == '\n' ? 1U : 0U;
            if (is_quote(ahead[at])) quoted = !quoted;
        }
        if (at == ahead.size()) throw NotMine{"no record begins near the start of the part"};
        reader_.set(dialect);
        reader_.skip(at + 1, lines + 1);
        remarks_.start_over(out_);
    }

    void read_rows() {
        const std::uint64_t end = part_ ? part_->end : UINT64_MAX;
        bool begun = false;
        const auto begins = [&](const assay_place& place) {
            if (part_ && !begun) part_->began = place;
            begun = true;
        };
        RegularRows rows;
        rows.width = layout_.width();
        const std::string_view header = layout_.header ? std::string_view{layout_.names[0]} : std::string_view{};
        for (Record record;;) {
            do {
                const std::uint64_t chunk_end = (reader_.offset() / Columns::chunk_bytes + 1) * Columns::chunk_bytes;
                reader_.next_regular(std::min(chunk_end, end), header, rows);
                if (rows.count > 0) begins({rows.offset, rows.lines[0]});
                columns_->add(rows);
            } while (rows.count > 0);
            const bool more = next(record);
            const assay_place place{more ? record.offset : reader_.offset(), more ? record.line : reader_.line()};
            begins(place);
            if (!more || place.offset >= end) {
                if (part_) part_->ended = place;
                return;
            }
            add(record);
        }
    }

    Reading look_at_head() {
        const std::string_view head = reader_.ahead();
        const bool complete = stream_.at_end();
        if (complete && cell::trim(head).empty()) throw Failure{"empty", "the file has no content"};
        if (stream_.encoding() == Encoding::utf8 && is_binary_text(head))
            throw Failure{"not-a-table", "the file is no table: its bytes are not text"};
        Reading reading = options_.sniffed(head, complete);
        const std::string against = reason_against(head, complete, reading);
        const bool user_knows = hints_.delimiter && other_kind(head).empty() && reading.records > 0;
        if (!against.empty() && !user_knows) {
            remark_on_encoding();
            throw Failure{"not-a-table", "the file is no table: " + against + ": \"" + excerpt(head) + "\""};
        }
        if (!reading.preamble.empty())
            head_out_.diagnose({.code = "preamble",
                                .message = plural(reading.preamble_lines, "line") +
                                           " before the table passed over: \"" + excerpt(reading.preamble) + "\"",
                                .severity = ASSAY_SEVERITY_INFO,
                                .line = 1,
                                .count = std::max<std::uint64_t>(reading.preamble_lines, 1)});
        reader_.set_offset(stream_.mark_size());
        reader_.set(reading.dialect);
        reader_.skip(reading.preamble_bytes, reading.preamble_lines);
        return reading;
    }

    static bool is_binary_text(std::string_view head) { return is_binary(head.substr(0, 65536), 10); }

    /// The next record that may be a row; what cannot be read is rejected here.
    bool next(Record& record) {
        while (true) {
            const Step step = reader_.next(record);
            if (step == Step::end) return false;
            if (step == Step::record) return true;
            if (part_ && columns_) throw NotMine{"a record that cannot be read hides where the next one begins"};
            if (step == Step::too_large)
                reject("record-too-large", record.line, "a record of more than 16 MiB is passed over");
            else if (!record.ended)
                reject("truncated", record.line, "the text ends within quotes");
            else
                reject("unclosed-quote", record.line,
                       "a quote opened here is not closed; reading goes on in the next line");
        }
    }

    void take_sample(const Reading& reading) {
        Record record;
        for (std::size_t titles = reading.leading; titles > 0 && next(record); --titles)
            head_out_.diagnose({.code = "preamble",
                                .message = "a line before the table passed over: \"" + excerpt(record.raw()) + "\"",
                                .severity = ASSAY_SEVERITY_INFO,
                                .line = record.line});
        while (!sample_.full() && next(record)) sample_.add(record);
        if (sample_.size() == 0) throw Failure{"empty", "the file has no records"};
        bool any = false;
        for (std::size_t i = 0; i < sample_.size() && !any; ++i) any = !all_blank(sample_.record(i));
        if (!any && !sample_.full()) throw Failure{"empty", "the file has delimiters and no cells"};
    }

    void remark_on_layout() {
        const auto info = [&](std::string_view code, const std::string& message) {
            head_out_.diagnose({.code = code,
                                .message = message,
                                .severity = ASSAY_SEVERITY_INFO,
                                .table = "rows",
                                .line = sample_.record(0).line});
        };
        if (layout_.documented)
            info("documented-names", "it has no header; its columns have the names of a known format, perf stat -x");
        else if (!layout_.header && *options_.header == "auto")
            info("no-header", "the first record has values where names would stand; columns are numbered");
        if (layout_.row_names)
            info("header-short", "rows have one cell more than the header; the first is taken as the row's name");
        else if (layout_.header && layout_.width() > sample_.width(0))
            info("header-short", "rows have more cells than the header; the columns behind are numbered");
        else if (layout_.shortest < layout_.width())
            info("header-long", "rows have fewer cells than the header; the columns behind have no values");
    }

    void begin() {
        const std::vector<Field> fields = make_fields(layout_, head_out_);
        std::vector<Record> rows;
        for (std::size_t i = layout_.first_row; i < sample_.size(); ++i)
            if (is_row(sample_.record(i))) rows.push_back(sample_.record(i));
        ArrowSchema schema = make_schema(fields);
        ArrowArray sample = make_sample(rows, layout_.width());
        const assay_table* plan = nullptr;
        assay::detail::ErrorText error;
        const std::int32_t code =
            sink_.begin(&sink_, to_abi("rows"), ASSAY_TABLE_DATA, &schema, &sample, &plan, &error.error);
        sample.release(&sample);
        schema.release(&schema);
        error.check(code);
        columns_.emplace(sink_, *plan);
        if (!in_later_part()) rejected_in_table(rejected_before_);
    }

    static bool all_blank(const Record& record) {
        for (std::size_t i = 0; i < std::min(record.count, max_columns); ++i)
            if (!cell::trim(record.cell(i)).empty()) return false;
        return true;
    }

    bool repeats_header(const Record& record) const {
        if (!layout_.header || layout_.width() < 2 || record.cell(0) != layout_.names[0]) return false;
        for (std::size_t i = 1; i < std::min(record.count, layout_.width()); ++i)
            if (cell::trim(record.cell(i)) != layout_.names[i]) return false;
        return true;
    }

    /// A row whose first cell is blank may hold delimiters only.
    bool is_blank_row(const Record& record) const {
        return layout_.width() > 1 && cell::trim(record.cell(0)).empty() && all_blank(record);
    }

    bool is_row(const Record& record) const {
        return layout_.fits(record) && !is_blank_row(record) && !repeats_header(record);
    }

    void add(const Record& record) {
        if (record.stray_quote)
            remarks_.note("stray-quote", ASSAY_SEVERITY_WARNING, record.line,
                          "text follows a closing quote; the cell is kept as it is written");
        if (!layout_.fits(record)) return add_ragged(record);
        if (is_blank_row(record))
            return reject("empty-row", record.line, "a row of delimiters only", ASSAY_SEVERITY_INFO);
        if (repeats_header(record))
            return reject("repeated-header", record.line, "the header again, in place of a row");
        columns_->add(record);
    }

    void add_ragged(const Record& record) {
        if (is_message(record.raw(), hints_.comment))
            return remarks_.note("message-line", ASSAY_SEVERITY_INFO, record.line,
                                 "a message among the rows: \"" + excerpt(record.raw()) + "\"");
        const std::string counts =
            plural(record.count, "cell") + " where the table has " + plural(layout_.width(), "column");
        if (!record.ended && record.count < layout_.shortest)
            return reject("truncated", record.line, "the last row breaks off: " + counts);
        reject("ragged-row", record.line, "the row has " + counts);
    }

    void reject(std::string_view code, std::uint64_t line, const std::string& message,
                std::int32_t severity = ASSAY_SEVERITY_WARNING) {
        remarks_.note(code, severity, line, message);
        if (columns_)
            rejected_in_table(1);
        else
            ++rejected_before_;
    }

    void rejected_in_table(std::uint64_t rows) {
        if (rows == 0) return;
        const std::int32_t code = sink_.reject(&sink_, rows);
        if (code != ASSAY_OK) throw HostStopped{code, "stopped", "the host asked to stop"};
    }

    void remark_on_encoding() {
        if (part_ && (stream_.encoding() != Encoding::utf8 || stream_.invalid > 0 || stream_.nuls > 0))
            throw NotMine{"the text holds bytes that are not UTF-8, or NULs"};
        const std::string name{name_of(stream_.encoding())};
        if (stream_.guessed())
            head_out_.diagnose({.code = "encoding-guessed", .message = "the text is taken as " + name});
        if (stream_.odd_length)
            head_out_.diagnose({.code = "truncated", .message = "the text ends within a UTF-16 unit"});
        if (stream_.invalid > 0)
            head_out_.diagnose({.code = "invalid-text",
                                .message = plural(stream_.invalid, "byte") + " or units are not " + name +
                                           " and became U+FFFD; the first at byte " +
                                           std::to_string(stream_.first_invalid),
                                .offset = stream_.first_invalid,
                                .count = stream_.invalid});
        if (stream_.nuls > 0)
            head_out_.diagnose({.code = "nul-characters",
                                .message = plural(stream_.nuls, "NUL character") + " in the text; the first at byte " +
                                           std::to_string(stream_.first_nul),
                                .offset = stream_.first_nul,
                                .count = stream_.nuls});
    }

    const Csv& options_;
    Hints hints_;
    Input& in_;
    Part* part_;
    assay_table_sink& sink_;
    Sink& out_;
    assay_table_sink head_sink_;
    Sink head_out_; ///< for remarks on the head
    Remarks remarks_;
    Utf8Stream stream_;
    RecordReader reader_;
    Sample sample_;
    Layout layout_;
    std::optional<Columns> columns_;
    std::uint64_t rejected_before_ = 0;
};

/// Whether most columns below the first record hold values, which prose and logs do not.
bool has_value_column(const Rows& rows, std::size_t fields) {
    for (std::size_t c = 0; c < fields && rows.size() > 1; ++c) {
        std::size_t values = 0;
        for (std::size_t r = 1; r < rows.size(); ++r)
            values += c < rows[r].size() && looks_like_value(rows[r][c]) ? 1U : 0U;
        if (values * 5 >= (rows.size() - 1) * 4) return true;
    }
    return false;
}

bool has_long_cells(const Rows& rows) {
    std::size_t cells = 0, longer = 0;
    for (const auto& row : rows)
        for (const auto& cell : row) {
            ++cells;
            longer += cell.size() > 40 || std::count(cell.begin(), cell.end(), ' ') > 3 ? 1U : 0U;
        }
    return 3 * longer > cells;
}

/// Content that a name does not vouch for must show more: values, and cells rather than sentences.
bool convincing(const Reading& reading, const Rows& rows) {
    if (reading.records < 3 || reading.share() < 0.9 || reading.leading > 5) return false;
    return has_value_column(rows, reading.fields) && (reading.fields > 2 || !has_long_cells(rows));
}

Confidence one_column(const Rows& rows, bool named) {
    if (!named) return {0, "no delimiter gives records of equal length"};
    if (has_value_column(rows, 1)) return {30, "one column of values, and the name"};
    return {10, "the name only; no delimiter gives records of equal length"};
}

} // namespace

void Csv::configured() {
    if (delimiter->size() > 1 && *delimiter != "tab" && *delimiter != "\\t")
        throw BadOption{"option 'delimiter' takes one character or \"tab\", not \"" + *delimiter + "\""};
    if (quote->size() > 1) throw BadOption{"option 'quote' takes one character or none, not \"" + *quote + "\""};
    if (!quote->empty() && *quote == *delimiter) throw BadOption{"options 'quote' and 'delimiter' are the same"};
    for (const auto* text : {&*delimiter, &*quote})
        if (!text->empty() && (static_cast<unsigned char>(text->front()) >= 0x80 || *text == "\n" || *text == "\r"))
            throw BadOption{"a delimiter or quote is an ASCII character other than a line end"};
}

Hints Csv::hints() const {
    Hints hints;
    if (*delimiter == "tab" || *delimiter == "\\t")
        hints.delimiter = '\t';
    else if (!delimiter->empty())
        hints.delimiter = delimiter->front();
    hints.quote = quote->empty() ? '\0' : quote->front();
    hints.comment = *comment;
    return hints;
}

Reading Csv::sniffed(std::string_view text, bool complete) const {
    if (text != last_.text || complete != last_.complete || text.empty())
        last_ = {std::string{text}, complete, sniff(text, complete, hints())};
    return last_.reading;
}

Confidence Csv::probe(const Head& head) const {
    if (is_binary(head.bytes.substr(0, 8192), 0)) return {0, "the content is not text"};
    const std::string text = decode(head.bytes.substr(0, 65536), encoding_of(*encoding));
    const bool complete = head.complete && head.bytes.size() <= 65536;
    const bool named = head.named(".csv") || head.named(".tsv");
    if (cell::trim(text).empty()) return {named ? 10 : 0, "no content"};
    const std::string_view other = other_kind(text);
    if (!other.empty()) return {0, "looks like " + std::string{other}};
    const Reading reading = sniffed(text, complete);
    const auto rows = [&] { return reading.records > 0 ? read_rows(text, complete, reading, 64) : Rows{}; };
    if (!reading.is_table()) return one_column(rows(), named);
    const std::string reason = "delimiter " + printable(reading.dialect.delimiter) + " gives " +
                               std::to_string(reading.fields) + " fields in " + std::to_string(reading.agreeing) +
                               " of " + plural(reading.records, "line");
    if (std::string against = reason_against(text, complete, reading); !against.empty())
        return {named ? 10 : 0, std::move(against)};
    if (named) return {50 + static_cast<int>(40 * reading.share()), reason};
    if (!convincing(reading, rows())) return {0, reason + ", which is too little without the name"};
    return {static_cast<int>((reading.fields > 2 ? 70 : 50) * reading.share()), reason};
}

void Csv::parse(Input& in, Sink& out) { TableReader{*this, in, out}.run(); }

std::string Csv::survey(Input& in, std::uint64_t begin, std::uint64_t end) {
    TextCounts counts;
    const auto buffer = std::make_unique_for_overwrite<char[]>(Utf8Stream::raw_size);
    while (begin < end) {
        const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(end - begin, Utf8Stream::raw_size));
        const std::string_view text{buffer.get(), in.read_at(begin, buffer.get(), wanted)};
        if (text.empty()) break;
        const Counts more = count(text, '\n', quote->empty() ? '\n' : quote->front());
        counts.lines += more.a;
        counts.quotes += quote->empty() ? 0 : more.b;
        begin += text.size();
    }
    return counts.text();
}

void Csv::parse_part(Input& in, Part& part, Sink& out) { TableReader{*this, in, out, &part}.run(); }

} // namespace assay::csv

#include "lines.hpp"
#include "read.hpp"
#include "scan.hpp"
#include <assay/failure.hpp>
#include <deque>

namespace assay::json {
namespace {

using simdjson::dom::element;
using simdjson::dom::object;

constexpr std::size_t longest_line = std::size_t{64} << 20U;

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r") == std::string_view::npos; }

struct Line {
    std::string_view text; ///< SIMDJSON_PADDING bytes behind it are readable
    std::uint64_t number = 0, offset = 0;
    bool too_long = false; ///< `text` is only its beginning
};

/// Lines from reads in blocks; memory is bounded by the longest line allowed.
class LineReader {
  public:
    explicit LineReader(Input& in) : in_{in}, buffer_(block + simdjson::SIMDJSON_PADDING, '\0') {}

    /// The next line that is not blank; valid until the next call.
    bool next(Line& line) {
        while (find(line)) {
            if (line.number == 1 && line.text.substr(0, 3) == "\xEF\xBB\xBF") line.text.remove_prefix(3);
            if (!is_blank(line.text)) return true;
        }
        return false;
    }

  private:
    static constexpr std::size_t block = std::size_t{1} << 20U;

    bool find(Line& line) {
        std::size_t searched = begin_;
        for (;;) {
            const std::string_view held{buffer_.data() + searched, end_ - searched};
            if (const auto newline = held.find('\n'); newline != held.npos) return take(line, searched + newline, 1);
            searched = end_;
            if (ended_) return begin_ < end_ && take(line, end_, 0);
            if (end_ - begin_ >= longest_line) return take_beginning(line);
            searched -= begin_;
            refill();
        }
    }
    bool take(Line& line, std::size_t end, std::size_t newline) {
        line = {{buffer_.data() + begin_, end - begin_}, ++number_, offset_, false};
        offset_ += end - begin_ + newline;
        begin_ = end + newline;
        return true;
    }
    /// Gives the first bytes of an overlong line and passes over the rest.
    bool take_beginning(Line& line) {
        beginning_.assign(buffer_, begin_, 64);
        line = {beginning_, ++number_, offset_, true};
        for (;;) {
            const std::string_view held{buffer_.data() + begin_, end_ - begin_};
            const auto newline = held.find('\n');
            const std::size_t skipped = newline == held.npos ? held.size() : newline + 1;
            begin_ += skipped;
            offset_ += skipped;
            if (newline != held.npos || ended_) return true;
            refill();
        }
    }
    void refill() {
        buffer_.erase(0, begin_);
        end_ -= begin_;
        begin_ = 0;
        buffer_.resize(std::max(block, 2 * end_) + simdjson::SIMDJSON_PADDING);
        const std::size_t room = buffer_.size() - simdjson::SIMDJSON_PADDING - end_;
        const std::size_t got = in_.read_at(offset_ + end_, buffer_.data() + end_, room);
        end_ += got;
        ended_ = got < room;
    }

    Input& in_;
    std::string buffer_, beginning_;
    std::size_t begin_ = 0, end_ = 0;
    std::uint64_t offset_ = 0, number_ = 0; ///< of `begin_` in the content; of the last line
    bool ended_ = false;
};

/// Reads the values of lines one after another; mends what can be mended.
class LineParser {
  public:
    LineParser(std::size_t max_depth, Remarks& remarks) : max_depth_{max_depth}, remarks_{remarks} {}

    /// The JSON of a line: itself, or mended. Empty if it is none, which is then remarked.
    std::string_view values(const Line& line, std::size_t& count) {
        count = 1;
        if (!line.too_long && parse(line.text)) return line.text;
        const Scan found = scan(line.text, max_depth_);
        if (line.too_long || found.fault || found.documents.empty()) {
            reject(line, found);
            return {};
        }
        for (const Oddity& odd : found.oddities)
            remarks_.add({.code = odd.code,
                          .message = "a value that strict JSON has not; mended",
                          .line = line.number,
                          .offset = line.offset + odd.offset});
        count = found.documents.size();
        mended_ = mend(line.text, found);
        const std::size_t size = mended_.size();
        mended_.resize(size + simdjson::SIMDJSON_PADDING);
        if (!parse({mended_.data(), size})) return {};
        return std::string_view{mended_}.substr(count > 1 ? 1 : 0, size - (count > 1 ? 2 : 0));
    }
    element root() const { return root_; } ///< of the last line; an array of them where it held several values

  private:
    bool parse(std::string_view text) {
        if (parser_.max_depth() != max_depth_ + 1 && parser_.allocate(text.size(), max_depth_ + 1) != simdjson::SUCCESS)
            return false;
        return parser_.parse(text.data(), text.size(), false).get(root_) == simdjson::SUCCESS;
    }
    void reject(const Line& line, const Scan& found) {
        const std::string why = line.too_long ? "longer than 64 MiB" : found.fault ? found.fault->message : "no value";
        remarks_.add({.code = "bad-line",
                      .message = "line " + std::to_string(line.number) + " is not JSON: " + why,
                      .severity = ASSAY_SEVERITY_ERROR,
                      .line = line.number,
                      .offset = line.offset + (found.fault ? found.fault->offset : 0)});
    }

    std::size_t max_depth_;
    Remarks& remarks_;
    simdjson::dom::parser parser_;
    element root_;
    std::string mended_;
};

[[noreturn]] void no_line(std::uint64_t rejected) {
    if (rejected == 0) throw Failure{"empty", "there is nothing in it"};
    throw Failure{"syntax", "none of its " + std::to_string(rejected) + " lines is JSON"};
}

// ---- as one document

void parse_whole(Input& in, LineSettings settings, Remarks& remarks, Sink& out) {
    LineReader reader{in};
    LineParser parser{settings.max_depth, remarks};
    std::string all = "[";
    std::vector<std::uint64_t> numbers;
    std::uint64_t rejected = 0;
    for (Line line; reader.next(line);) {
        std::size_t count = 0;
        const std::string_view text = parser.values(line, count);
        if (text.empty()) {
            ++rejected;
            continue;
        }
        if (!numbers.empty()) all += ',';
        all += text;
        numbers.insert(numbers.end(), count, line.number);
    }
    if (numbers.empty()) no_line(rejected);
    all += ']';
    const simdjson::padded_string padded{all};
    const Document document = read({padded.data(), padded.size()}, settings.max_depth + 1, remarks);
    Shape shaped = shape(document.root, remarks);
    for (auto& table : shaped.tables) {
        if (table->name != "rows") continue;
        table->rejected = rejected;
        if (table->rows == numbers.size()) table->lines = std::exchange(numbers, {});
    }
    emit(shaped, settings.repeat, remarks, out);
}

// ---- in two passes

struct StreamColumn {
    std::string name, pointer;
    Census census = {};
    Cell cell = {};
    std::uint64_t row = 0; ///< that has the cell, from 1
};

/// Columns found so far, and the cells of the row at hand.
class Flattener {
  public:
    explicit Flattener(Remarks& remarks) : remarks_{remarks} {}
    std::vector<StreamColumn> columns;
    bool quiet = false; ///< all was said in a first pass, in which an array's text does not matter

    void row(element value, std::uint64_t number) {
        row_ = number;
        next_ = 0;
        texts_.clear();
        if (value.is_object())
            members(value);
        else
            set("value", value);
    }

  private:
    void members(object o) {
        for (const auto [key, value] : o) {
            const std::size_t size = prefix_.size();
            prefix_.append(key);
            if (value.is_object()) {
                prefix_ += '.';
                members(value);
            } else {
                set(prefix_, value);
            }
            prefix_.resize(size);
        }
    }
    void set(std::string_view name, element value) {
        bool big = false;
        Cell cell = scalar(value, &big);
        if (big) remark("big-integer", fate_of_big(value), name);
        if (value.is_array()) {
            cell = Cell::of(quiet ? std::string_view{texts_.emplace_back(simdjson::minify(value))} : "[]");
            remark("nested-array", "an array inside a row of a large file; kept as JSON text", name);
        }
        StreamColumn& column = find(name);
        if (column.row == row_) remark("duplicate-key", "the key stands twice in one object; the last counts", name);
        column.row = row_;
        column.cell = cell;
    }
    /// Rows mostly have their members in one order: the next column is tried first.
    StreamColumn& find(std::string_view name) {
        if (next_ < columns.size() && columns[next_].name == name) return columns[next_++];
        lookup_.assign(name);
        const auto found = by_name_.find(lookup_);
        if (found != by_name_.end()) {
            next_ = found->second + 1;
            return columns[found->second];
        }
        if (columns.size() == max_columns)
            throw Failure{"too-wide", "more than " + std::to_string(max_columns) + " columns"};
        by_name_.emplace(lookup_, columns.size());
        std::string pointer = "/*/" + lookup_;
        std::replace(pointer.begin(), pointer.end(), '.', '/');
        return columns.emplace_back(StreamColumn{lookup_, std::move(pointer)});
    }
    void remark(const char* code, const char* message, std::string_view name) {
        if (quiet) return;
        if (!remarks_.wants(code)) return remarks_.count(code);
        remarks_.add({.code = code, .message = message, .table = "rows", .column = std::string{name}, .line = row_});
    }

    Remarks& remarks_;
    std::unordered_map<std::string, std::size_t> by_name_;
    std::deque<std::string> texts_;
    std::string prefix_, lookup_;
    std::uint64_t row_ = 0;
    std::size_t next_ = 0; ///< column that is likely to come next
};

/// Calls `use(line number)` for each value, after it is flattened into `rows`. Answers how many lines were rejected.
template <class Use>
std::uint64_t each_row(Input& in, const LineSettings& settings, Remarks& remarks, Flattener& rows, const Use& use) {
    LineReader reader{in};
    LineParser parser{settings.max_depth, remarks};
    std::uint64_t rejected = 0, row = 0;
    for (Line line; reader.next(line);) {
        std::size_t count = 0;
        if (parser.values(line, count).empty()) {
            ++rejected;
        } else if (count == 1) {
            rows.row(parser.root(), ++row);
            use(line.number, row);
        } else {
            for (const element value : simdjson::dom::array(parser.root())) {
                rows.row(value, ++row);
                use(line.number, row);
            }
        }
    }
    return rejected;
}

void parse_streaming(Input& in, LineSettings settings, Remarks& remarks, Sink& out) {
    Flattener rows{remarks};
    std::uint64_t read = 0;
    const std::uint64_t rejected = each_row(in, settings, remarks, rows, [&](std::uint64_t, std::uint64_t row) {
        read = row;
        for (StreamColumn& column : rows.columns)
            if (column.row == row) column.census.add(column.cell);
    });
    if (read == 0) no_line(rejected);

    std::vector<Field> fields;
    for (StreamColumn& column : rows.columns) {
        column.row = 0;
        remark_on(remarks, column.census, "rows", column.name, column.pointer);
        const Type type = column.census.type();
        fields.push_back({.name = column_name(column.name),
                          .type = type,
                          .role = type == Type::time ? "timestamp" : "",
                          .pointer = column.pointer});
    }
    if (fields.empty()) return;
    Table table = out.table("rows", std::move(fields));
    Remarks again; // dropped: all was said in the first pass
    rows.quiet = true;
    each_row(in, settings, again, rows, [&](std::uint64_t line, std::uint64_t row) {
        table.at_line(line);
        for (const StreamColumn& column : rows.columns)
            if (column.row == row)
                write(table, column.cell, column.census.type());
            else
                table.null();
        table.end_row();
    });
    if (rejected > 0) table.reject(rejected);
    table.end();
}

} // namespace

bool is_lines(std::string_view head, bool complete, bool named_so, std::size_t max_depth) {
    if (head.substr(0, 3) == "\xEF\xBB\xBF") head.remove_prefix(3);
    const auto begin = head.find_first_not_of(" \t\r\n");
    if (begin == head.npos) return named_so;
    const auto end = head.find('\n', begin);
    if (end == head.npos) return named_so;
    const std::string_view line = head.substr(begin, end - begin);
    const Scan first = scan(line, max_depth);
    const bool value = !first.fault && first.documents.size() == 1 && (line[0] == '{' || line[0] == '[');
    if (!value) return named_so && line.find_first_of("{[") == 0 && line.size() > 1;
    const auto next = head.find_first_not_of(" \t\r\n", end);
    if (next == head.npos) return named_so || !complete;
    return head[next] == '{' || head[next] == '[' || named_so;
}

void parse_lines(Input& in, LineSettings settings, Remarks& remarks, Sink& out, std::size_t whole_up_to) {
    char probe = 0;
    const bool large = in.size() != ASSAY_UNKNOWN ? in.size() > whole_up_to : in.read_at(whole_up_to, &probe, 1) == 1;
    if (large)
        parse_streaming(in, settings, remarks, out);
    else
        parse_whole(in, settings, remarks, out);
}

} // namespace assay::json

#include "lines.hpp"
#include "line_mark.hpp"
#include "line_parser.hpp"
#include "line_table.hpp"
#include "read.hpp"
#include "scan.hpp"
#include <assay/bytes.hpp>
#include <assay/failure.hpp>

namespace assay::json {
namespace {

constexpr std::size_t sample_rows = 1024; ///< what the host looks at
constexpr int most_rounds = 3;

[[noreturn]] void no_line(std::uint64_t rejected) {
    if (rejected == 0) throw Failure{"empty", "there is nothing in it"};
    throw Failure{"syntax", "none of its " + std::to_string(rejected) + " lines is JSON"};
}

/// A line without the mark that lines have: true where it holds an object nevertheless, and so is a row that is lost.
bool rejects(const Line& line, std::size_t max_depth, Remarks& remarks) {
    const bool object = holds_object(line.text, max_depth);
    const char* const code = object ? "other-mark" : "other-line";
    if (!remarks.wants(code)) {
        remarks.count(code);
        return object;
    }
    remarks.add({.code = code,
                 .message = object ? "it holds JSON, but does not begin as the other lines of JSON do; not read"
                                   : "it does not begin as the lines of JSON do; passed over",
                 .severity = object ? ASSAY_SEVERITY_WARNING : ASSAY_SEVERITY_INFO,
                 .line = line.number});
    return object;
}

void parse_whole(Input& in, const LineSettings& settings, Remarks& remarks, Sink& out) {
    LineReader reader{in, settings.mark};
    LineParser parser{settings.max_depth, remarks};
    std::string all = "[";
    std::vector<std::uint64_t> numbers;
    std::uint64_t rejected = 0;
    for (Line line; reader.next(line);) {
        if (line.other) {
            rejected += rejects(line, settings.max_depth, remarks) ? 1U : 0U;
            continue;
        }
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
    emit(shaped, {{}, settings.repeat}, remarks, out);
}

// ---- in bounded memory

/// Calls `use(line)` for each value of the lines that begin before `end`, until it answers false; counts rows and
/// rejected lines, and gathers remarks.
template <class Use>
void each_row(LineReader& lines, std::uint64_t end, std::size_t max_depth, RowReader& rows, LineCensus& seen,
              const Use& use) {
    LineParser parser{max_depth, seen.remarks};
    bool more = true;
    Line line;
    const auto take = [&] {
        ++seen.rows;
        for (const RowReader::Note& note : rows.notes()) {
            if (!seen.remarks.wants(note.code)) {
                seen.remarks.count(note.code);
                continue;
            }
            seen.remarks.add({.code = note.code,
                              .message = note.message,
                              .table = "rows",
                              .column = rows.columns()[note.column].name,
                              .line = line.number});
        }
        more = more && use(line);
    };
    for (std::string list; more && lines.next(line, end);) {
        if (line.other) {
            seen.rejected += rejects(line, max_depth, seen.remarks) ? 1U : 0U;
            continue;
        }
        if (!line.too_long && rows.read(line.text)) {
            take();
            continue;
        }
        // Not strict, no object, or with members that are new.
        std::size_t count = 0;
        const std::string_view text = parser.values(line, count);
        if (text.empty()) {
            ++seen.rejected;
            continue;
        }
        if (count == 1)
            rows.learn(parser.root());
        else
            for (const auto value : simdjson::dom::array(parser.root())) rows.learn(value);
        list.assign("[").append(text).append("]");
        const std::size_t size = list.size();
        list.resize(size + simdjson::SIMDJSON_PADDING);
        if (!rows.read_each({list.data(), size}, take))
            throw Failure{"syntax", "line " + std::to_string(line.number) + " cannot be read"};
    }
}

/// What the first lines have as columns.
LineCensus census_of_head(Input& in, const LineSettings& settings) {
    LineCensus seen;
    RowReader rows{settings.max_depth};
    std::vector<Census> cells;
    LineReader lines{in, settings.mark};
    each_row(lines, settings.head, settings.max_depth, rows, seen, [&](const Line&) {
        cells.resize(rows.columns().size());
        for (std::size_t i = 0; i < cells.size(); ++i)
            if (const Cell* const cell = rows.cell(i)) cells[i].add(*cell);
        return true;
    });
    for (std::size_t i = 0; i < cells.size(); ++i)
        seen.columns.push_back({rows.columns()[i].name, rows.columns()[i].pointer, cells[i]});
    return seen;
}

/// Gives the rows of the lines that begin before `end` as a table of the columns expected. Answers what they have
/// shown, and whether the columns are those.
std::pair<LineCensus, bool> read_table(Input& in, LineReader& lines, std::uint64_t end, const LineSettings& settings,
                                       const LineCensus& expected, Sink& out) {
    RowReader rows{settings.max_depth};
    for (const LineCensus::Column& column : expected.columns) rows.column(column.name);
    LineTable table{expected, rows, out.raw()};
    {
        LineReader first{in, settings.mark};
        LineCensus ignored;
        std::size_t left = sample_rows;
        each_row(first, settings.head, settings.max_depth, rows, ignored, [&](const Line&) {
            table.add_to_sample();
            return --left > 0;
        });
    }
    table.begin();
    LineCensus seen;
    each_row(lines, end, settings.max_depth, rows, seen, [&](const Line& line) {
        table.add(line);
        return true;
    });
    const bool as_expected = table.end(seen.rejected);
    for (std::size_t i = 0; i < rows.columns().size(); ++i)
        seen.columns.push_back({rows.columns()[i].name, rows.columns()[i].pointer, table.census(i)});
    return {std::move(seen), as_expected};
}

void parse_streaming(Input& in, const LineSettings& settings, Remarks& remarks, Sink& out) {
    LineCensus expected = census_of_head(in, settings);
    for (int round = 1; round <= most_rounds; ++round) {
        LineReader lines{in, settings.mark};
        auto [seen, as_expected] = read_table(in, lines, UINT64_MAX, settings, expected, out);
        if (seen.rows == 0) no_line(seen.rejected);
        if (as_expected) return remarks.add(seen.all_remarks());
        out.start_over();
        expected = std::move(seen);
    }
    throw Failure{"changed-while-read", "its lines have other columns each time they are read"};
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

void parse_lines(Input& in, const LineSettings& settings, Remarks& remarks, Sink& out) {
    char probe = 0;
    const bool large = in.size() != ASSAY_UNKNOWN ? in.size() > settings.whole_up_to
                                                  : in.read_at(settings.whole_up_to, &probe, 1) == 1;
    if (large)
        parse_streaming(in, settings, remarks, out);
    else
        parse_whole(in, settings, remarks, out);
}

std::string survey_lines(Input& in, std::uint64_t begin, std::uint64_t end) {
    std::string survey;
    ByteWriter{survey}.put(count_line_ends(in, begin, end));
    return survey;
}

void parse_lines(Input& in, const LineSettings& settings, Part& part, Sink& out) {
    const LineCensus expected = part.known.empty() ? census_of_head(in, settings) : LineCensus::joined(part.known);
    std::uint64_t line_ends = 0;
    for (const std::string_view survey : part.surveys) line_ends += ByteReader{survey}.get<std::uint64_t>();
    LineReader lines =
        part.first() ? LineReader{in, settings.mark} : LineReader{in, settings.mark, part.begin, line_ends};
    part.began = lines.place();
    const auto [seen, as_expected] = read_table(in, lines, part.end, settings, expected, out);
    part.ended = lines.place();
    part.found = seen.encode();
    part.again = !as_expected;
}

void join_lines(const std::vector<std::string_view>& found, Sink& out) {
    LineCensus::joined(found).all_remarks().send(out);
}

} // namespace assay::json

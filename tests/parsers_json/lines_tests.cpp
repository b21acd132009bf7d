// One JSON value a line.
#include "lines.hpp"
#include "seen.hpp"

using namespace seen;

namespace {
/// A file too large to be held, however small it is; `head`: bytes that tell which columns to expect.
assay::json::LineSettings large(std::uint64_t head = 1U << 20U, std::string mark = {}) {
    return {.mark = std::move(mark), .whole_up_to = 0, .head = head};
}

struct Streaming final : assay::Parser {
    std::uint64_t head = 1U << 20U;
    std::string mark = {};
    assay::Confidence probe(const assay::Head&) const override { return {}; }
    void parse(assay::Input& in, assay::Sink& out) override {
        assay::json::Remarks remarks;
        assay::json::parse_lines(in, large(head, mark), remarks, out);
        remarks.send(out);
    }
};
assay::testkit::Parsed stream(std::string_view text, const assay::testkit::Settings& settings = {}) {
    Streaming parser;
    return assay::testkit::parse(parser, text, "x.jsonl", settings);
}
assay::testkit::Parsed stream_by_first_line(std::string_view text) {
    Streaming parser;
    parser.head = 1;
    return assay::testkit::parse(parser, text, "x.jsonl");
}

/// As the host reads a content in two parts.
struct InParts {
    assay::testkit::Parsed parts[2], joined;
    int rounds = 0;

    std::string mark;

    InParts(const std::string& text, std::size_t cut, std::string lines_mark = {}) : mark{std::move(lines_mark)} {
        assay::testkit::detail::MemoryInput input{text, "x.jsonl", {}};
        assay::Input in{*input.get()};
        const std::string survey = assay::json::survey_lines(in, 0, cut);
        std::string found[2], known[2];
        for (bool again = true; again;) {
            assay::Part first{0, cut, {}, views(known)}, second{cut, text.size(), {survey}, views(known)};
            parts[0] = read(in, first);
            parts[1] = read(in, second);
            BOOST_TEST(first.ended.offset == second.began.offset);
            BOOST_TEST(first.ended.line == second.began.line);
            found[0] = first.found;
            found[1] = second.found;
            again = first.again || second.again;
            if (again) std::swap(known, found);
            BOOST_REQUIRE(++rounds <= 2);
        }
        assay::testkit::detail::CheckingSink sink{joined, none};
        assay::Sink out{*sink.get()};
        assay::json::join_lines(views(found), out);
    }

  private:
    assay::testkit::Settings none = {};
    static std::vector<std::string_view> views(const std::string (&texts)[2]) {
        if (texts[0].empty()) return {};
        return {texts[0], texts[1]};
    }
    assay::testkit::Parsed read(assay::Input& in, assay::Part& part) const {
        assay::testkit::Parsed seen;
        assay::testkit::detail::CheckingSink sink{seen, none};
        assay::Sink out{*sink.get()};
        assay::json::parse_lines(in, large(1, mark), part, out);
        if (!part.again) sink.check();
        return seen;
    }
};

std::string text_of(const std::vector<assay::testkit::DiagnosticSeen>& all) {
    std::string text;
    for (const auto& d : all)
        text += d.code + '|' + d.message + '|' + d.column_name + '|' + std::to_string(d.line) + '|' +
                std::to_string(d.offset) + '|' + std::to_string(d.count) + '\n';
    return text;
}
const std::string three = "{\"a\":1,\"b\":{\"c\":\"x\"}}\n\n{\"a\":2.5}\r\n{\"a\":3,\"d\":true}\n";
} // namespace

BOOST_AUTO_TEST_SUITE(lines)

BOOST_AUTO_TEST_CASE(each_line_is_a_row_that_knows_its_line) {
    const auto got = parse(three, "x.jsonl");
    const auto& t = table(got, "rows");
    BOOST_TEST(names(t) == "a b.c d");
    BOOST_TEST(cells(t, "a") == "1 2.5 3");
    BOOST_TEST((t.lines == std::vector<std::uint64_t>{1, 3, 4}));
    BOOST_TEST(got.diagnostics.empty());
}

BOOST_AUTO_TEST_CASE(lines_are_recognised_without_the_name) {
    BOOST_TEST(parse(three, "x.log").count("several-documents") == 0U);
    BOOST_TEST(table(parse("{\"a\":1}\n", "x.jsonl"), "rows").row_count == 1U);
    BOOST_TEST(parse("{\"a\":1}\n", "x.json").tables.at(0).name == "document");
    BOOST_TEST(table(parse("{\"a\":1}\n", "x.json", {.options = {{"lines", "yes"}}}), "rows").row_count == 1U);
}

BOOST_AUTO_TEST_CASE(bad_lines_are_rejected_with_their_number) {
    const std::string text = "{\"a\":1}\n{\"a\":\n{\"a\":NaN}\n{\"a\":4}\n{\"a\":5";
    for (const auto& got : {parse(text, "x.jsonl"), stream(text)}) {
        BOOST_TEST(cells(table(got, "rows"), "a") == "1 nan 4");
        BOOST_TEST(table(got, "rows").rejected == 2U);
        BOOST_TEST(got.count("bad-line") == 2U);
        BOOST_TEST(got.diagnostic("bad-line").line == 2U);
        BOOST_TEST(got.count("nan-literal") == 1U);
        BOOST_TEST(got.diagnostic("nan-literal").line == 3U);
    }
    BOOST_TEST(stream("no\njson\n").reason == "syntax");
    BOOST_TEST(stream("\n \n").reason == "empty");
}

BOOST_AUTO_TEST_CASE(streaming_gives_the_same_rows) {
    const auto whole = parse(three, "x.jsonl"), streamed = stream(three, {.read_limit = 7});
    BOOST_TEST((table(whole, "rows").rows == table(streamed, "rows").rows));
    BOOST_TEST((table(whole, "rows").lines == table(streamed, "rows").lines));
    BOOST_TEST(names(table(whole, "rows")) == names(table(streamed, "rows")));
    BOOST_TEST(table(streamed, "rows").metadata(1, "assay.pointer") == "/*/b/c");
}

BOOST_AUTO_TEST_CASE(streaming_reads_lines_longer_than_its_block) {
    const std::string text = "{\"a\":\"" + std::string(3'000'000, 'x') + "\"}\n{\"a\":\"y\"}\n{\"a\":\"z\"}";
    const auto got = stream(text);
    BOOST_TEST(table(got, "rows").row_count == 3U);
    BOOST_TEST(table(got, "rows").rows[0][0].value().size() == 3'000'000U);
    BOOST_TEST(*table(got, "rows").rows[2][0] == "z");
}

BOOST_AUTO_TEST_CASE(streaming_keeps_nested_arrays_as_text_and_says_so) {
    const auto got = stream("{\"a\":[1,2]}\n{\"a\":[]}\n");
    BOOST_TEST(cells(table(got, "rows"), "a") == "[1,2] []");
    BOOST_TEST(got.count("nested-array") == 2U);
    BOOST_TEST(stream("{\"a\":1,\"a\":2}\n").count("duplicate-key") == 1U);
}

BOOST_AUTO_TEST_CASE(many_lines_arrive_complete_from_an_input_of_unknown_size) {
    std::string text;
    for (int i = 1; i <= 100'000; ++i)
        text += "{\"i\":" + std::to_string(i) + ",\"x\":\"" + std::string(40, 'x') + "\"}\n";
    for (const std::size_t limit : {std::size_t{0}, std::size_t{65536}}) {
        const auto got = stream(text, {.read_limit = limit, .size_known = false});
        const auto& t = table(got, "rows");
        BOOST_TEST(t.row_count == 100'000U);
        BOOST_TEST(*t.rows.back()[0] == "100000");
        BOOST_TEST(t.chunks.back() == 1U);
    }
}

BOOST_AUTO_TEST_CASE(streaming_reads_every_kind_of_value_as_a_document_does) {
    const std::string text =
        R"({"i":-0,"u":18446744073709551615,"r":1.5e-7,"t":"a","b":true,"n":null,"d":"2025-01-02T03:04:05Z"}
{"i":9007199254740993,"u":1,"r":-2,"t":"q\"\u00e9\ud83d\ude00\\","b":false,"n":null,"d":"2025-01-02"}
{ "r" : 12345678901234567890.5 , "t" : "" , "i" : 7 , "o" : { "x" : { "y" : [ ] , "z" : "N/A" } } , "e" : { } }
{"o":{"x":{"z":"3","w":4}},"":5,"k\"1":6,"k\u0032":8,"a.b":9,"t":"é"}
{"k\"1":7,"k2":9,"a.b":1,"i":"NaN","big":123456789012345678901234567890}
)";
    const auto whole = table(parse(text, "x.jsonl"), "rows");
    for (const auto& got : {stream(text), stream_by_first_line(text)}) {
        const auto streamed = table(got, "rows");
        BOOST_TEST(names(streamed) == "i u r t b n d o.x.y o.x.z o.x.w (empty) k\"1 k2 a.b big");
        for (const auto& name : streamed.names())
            if (name != "o.x.y" && name != "a.b") // empty lists make no column there; dots in keys are told apart
                BOOST_TEST_CONTEXT(name) BOOST_TEST(cells(streamed, name) == cells(whole, name));
    }
}

BOOST_AUTO_TEST_CASE(streaming_is_as_strict_as_a_document) {
    for (const std::string line :
         {R"({"a":[1,,2]})", R"({"a":[01]})", R"({"a":["\q"]})", R"({"a":[{"b" 1}]})", R"({"a":[{"\q":1}]})",
          R"({"a":tru})",    R"({"a":1}})",   R"({"a":1} x)",    R"({"a" 1})",         R"({"a":1,})",
          R"({"a":[1,]})",   R"({"a":1 2})",  R"({"a":"x"y})",   R"({"a":01})",        R"({"a":1.})",
          R"({"a":-})",      R"({"a":nul})",  R"({"a":"\u12"})", R"({"a":[)",          R"({,"a":1})",
          R"(["a":1])",      R"({"a":[1}]})", R"({a:1})",        R"({"a":+1})"}) {
        const std::string text = "{\"a\":1}\n" + line + "\n{\"a\":2}\n";
        BOOST_TEST_CONTEXT(line) {
            const auto got = table(stream(text), "rows");
            BOOST_TEST(got.rejected == 1U);
            BOOST_TEST(got.rejected == table(parse(text, "x.jsonl"), "rows").rejected);
            BOOST_TEST(cells(got, "a") == "1 2");
        }
    }
}

BOOST_AUTO_TEST_CASE(lists_are_kept_as_they_are_written_but_for_blanks) {
    const auto got = stream(R"({"a":[1.50, {"b" : "x y"},
[]]}
{"a":[1.50,	2e0 ]})");
    BOOST_TEST(cells(table(got, "rows"), "a") == "[1.50,2e0]");
    BOOST_TEST(cells(table(stream("{\"a\":[ 1.50, { \"b\" : \"x y\" } ] }"), "rows"), "a") == "[1.50,{\"b\":\"x y\"}]");
}

BOOST_AUTO_TEST_CASE(columns_and_types_that_the_head_does_not_show_are_those_of_all_lines) {
    const std::string text = "{\"a\":1,\"n\":null}\n{\"a\":2.5}\n{\"b\":\"x\",\"n\":3}\n{\"a\":4,\"b\":\"N/A\"}\n";
    const auto got = stream_by_first_line(text);
    const auto rows = table(got, "rows");
    BOOST_TEST(got.tables.size() == 1U);
    BOOST_TEST(names(rows) == "a n b");
    BOOST_TEST(cells(rows, "a") == "1 2.5 ~ 4");
    BOOST_TEST(cells(rows, "n") == "~ ~ 3 ~");
    BOOST_TEST((rows.fields[1].type == assay::Type::integer));
    BOOST_TEST((rows.rows == table(stream(text), "rows").rows));
}

BOOST_AUTO_TEST_CASE(a_column_that_comes_late_makes_a_bad_line_no_column) {
    const auto got = stream_by_first_line("{\"a\":1}\n{\"new\":2,\n{\"a\":3}\n");
    BOOST_TEST(names(table(got, "rows")) == "a");
}

BOOST_AUTO_TEST_CASE(parts_give_what_one_reading_gives_wherever_they_are_cut) {
    const std::string text = "\xEF\xBB\xBF{\"a\":1,\"t\":\"2025-01-01\"}\r\n\n  \r\n{\"a\":NaN,\"t\":\"2025-01-02\"}\n"
                             "{\"a\":2,\"a\":3,\"l\":[1, 2]}\n{\"a\":\n{\"late\":9007199254740993}\nbad\n[4]\n"
                             "{\"a\":5}{\"a\":6.5}\r\n{\"l\":[],\"t\":\"n/a\"}\n5\n{\"late\":\"text\"}\n{\"a\":[}\n"
                             "x\ny\nz\n{\"a\":7,\"a\":8}\n{\"a\":\"NaN\"}\n{\"a\":";
    const auto expected = stream_by_first_line(text);
    const auto rows = table(expected, "rows");
    BOOST_TEST(rows.row_count == 12U);
    BOOST_TEST(rows.rejected == 7U);
    for (std::size_t cut = 1; cut < text.size(); ++cut) {
        BOOST_TEST_CONTEXT("cut at " << cut) {
            const InParts got{text, cut};
            const auto first = table(got.parts[0], "rows"), second = table(got.parts[1], "rows");
            BOOST_TEST(names(first) == names(rows));
            BOOST_TEST(names(second) == names(rows));
            for (std::size_t c = 0; c < rows.fields.size(); ++c) {
                BOOST_TEST((first.fields[c].type == rows.fields[c].type));
                BOOST_TEST((second.fields[c].type == rows.fields[c].type));
            }
            auto all = first.rows;
            all.insert(all.end(), second.rows.begin(), second.rows.end());
            BOOST_TEST((all == rows.rows));
            auto lines = first.lines;
            lines.insert(lines.end(), second.lines.begin(), second.lines.end());
            BOOST_TEST((lines == rows.lines));
            BOOST_TEST(first.rejected + second.rejected == rows.rejected);
            BOOST_TEST(text_of(got.joined.diagnostics) == text_of(expected.diagnostics));
            BOOST_TEST(first.sample_rows == second.sample_rows);
        }
    }
}

BOOST_AUTO_TEST_CASE(log_lines_of_json_behind_a_mark_are_rows) {
    const std::string log = ":::MLLOG {\"key\": \"run_start\", \"value\": null}\n"
                            "step 1 of 90\n"
                            ":::MLLOG {\"key\": \"eval_accuracy\", \"value\": 0.5}\n"
                            ":::MLLOG {\"key\": \"eval_accuracy\", \"value\": 0.75}\n";
    BOOST_TEST(probe(log, "bert.log") == 70);
    const auto got = parse(log, "bert.log");
    const auto rows = table(got, "rows");
    BOOST_TEST(cells(rows, "key") == "run_start eval_accuracy eval_accuracy");
    BOOST_TEST(cells(rows, "value") == "~ 0.5 0.75");
    BOOST_TEST((rows.lines == std::vector<std::uint64_t>{1, 3, 4}));
    BOOST_TEST(rows.rejected == 0U);
    BOOST_TEST(got.count("other-line") == 1U);
}

BOOST_AUTO_TEST_CASE(blanks_before_json_are_no_mark) {
    std::string log = "garbage\n";
    for (int i = 0; i < 20; ++i) log += std::string(i % 4 == 0 ? "  " : "") + "{\"i\":" + std::to_string(i) + "}\n";
    BOOST_TEST(probe(log, "a.log") == 0);
    BOOST_TEST(parse(log, "a.jsonl").reason == "syntax");
}

BOOST_AUTO_TEST_CASE(objects_behind_another_mark_are_rejected_rows) {
    const std::string log = "train: {\"a\":1}\ntrain: {\"a\":2}\nval: {\"b\":3}\n{\"c\":4}\nepoch {1} ended\n"
                            "train: {\"a\":3}\n";
    const auto got = parse(log, "a.log");
    BOOST_TEST(cells(table(got, "rows"), "a") == "1 2 3");
    BOOST_TEST(table(got, "rows").rejected == 2U);
    BOOST_TEST(got.count("other-mark") == 2U);
    BOOST_TEST(got.diagnostic("other-mark").line == 3U);
    BOOST_TEST(got.count("other-line") == 1U);
    Streaming parser;
    parser.mark = "train: ";
    const auto streamed = assay::testkit::parse(parser, log, "a.log");
    BOOST_TEST(table(streamed, "rows").rejected == 2U);
    BOOST_TEST(text_of(streamed.diagnostics) == text_of(got.diagnostics));
}

BOOST_AUTO_TEST_CASE(a_torn_line_takes_no_log_of_json_away) {
    std::string log = "R: {\"i\":0,\"lo\n";
    for (int i = 0; i < 9; ++i) log += "R: {\"i\":" + std::to_string(i) + "}\n";
    BOOST_TEST(probe(log, "a.log") == 70);
    const auto rows = table(parse(log, "a.log"), "rows");
    BOOST_TEST(cells(rows, "i") == "0 1 2 3 4 5 6 7 8");
    BOOST_TEST(rows.rejected == 1U);
}

BOOST_AUTO_TEST_CASE(text_with_a_brace_here_and_there_is_no_log_of_json) {
    BOOST_TEST(probe("int f() {\n}\nint g() {\n}\nint h() {\n}\n", "a.c") == 0);
    BOOST_TEST(probe("a {\"x\":1}\nb {\"x\":1}\nc {\"x\":1}\n", "a.log") == 0);
    BOOST_TEST(probe("x: {\"a\":1}\nx: {\"a\":2}\n", "a.log") == 0);
}

BOOST_AUTO_TEST_CASE(parts_of_a_marked_log_give_what_one_reading_gives) {
    std::string text;
    for (int i = 0; i < 40; ++i)
        text += i % 3 == 2 ? "epoch\n" : "RESULT: {\"i\":" + std::to_string(i) + ",\"x\":0.5}\n";
    Streaming parser;
    parser.head = 1;
    parser.mark = "RESULT: ";
    const auto expected = assay::testkit::parse(parser, text, "x.log");
    const auto rows = table(expected, "rows");
    for (const std::size_t cut : {std::size_t{1}, std::size_t{100}, text.size() / 2, text.size() - 3}) {
        const InParts got{text, cut, "RESULT: "};
        auto all = table(got.parts[0], "rows").rows;
        const auto second = table(got.parts[1], "rows");
        all.insert(all.end(), second.rows.begin(), second.rows.end());
        BOOST_TEST((all == rows.rows));
        BOOST_TEST(text_of(got.joined.diagnostics) == text_of(expected.diagnostics));
    }
}

BOOST_AUTO_TEST_CASE(parts_of_lines_that_the_head_tells_are_read_once) {
    std::string text;
    for (int i = 0; i < 50; ++i) text += "{\"i\":" + std::to_string(i) + ",\"x\":0.5,\"s\":\"y\"}\n";
    BOOST_TEST((InParts{text, text.size() / 2}.rounds) == 1);
    BOOST_TEST((InParts{text + "{\"i\":1.5}\n", text.size() / 2}.rounds) == 2);
}

BOOST_AUTO_TEST_SUITE_END()

// One JSON value a line.
#include "lines.hpp"
#include "seen.hpp"

using namespace seen;

namespace {
/// As a file too large to be held, however small it is.
struct Streaming final : assay::Parser {
    assay::Confidence probe(const assay::Head&) const override { return {}; }
    void parse(assay::Input& in, assay::Sink& out) override {
        assay::json::Remarks remarks;
        assay::json::parse_lines(in, {}, remarks, out, 0);
        remarks.send(out);
    }
};
assay::testkit::Parsed stream(std::string_view text, const assay::testkit::Settings& settings = {}) {
    Streaming parser;
    return assay::testkit::parse(parser, text, "x.jsonl", settings);
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
        BOOST_TEST(cells(table(got, "rows"), "a") == "1 ~ 4");
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
    for (int i = 1; i <= 100'000; ++i) text += "{\"i\":" + std::to_string(i) + ",\"x\":0.5}\n";
    for (const std::size_t limit : {std::size_t{0}, std::size_t{65536}}) {
        const auto got = stream(text, {.read_limit = limit, .size_known = false});
        const auto& t = table(got, "rows");
        BOOST_TEST(t.row_count == 100'000U);
        BOOST_TEST(*t.rows.back()[0] == "100000");
        BOOST_TEST(t.chunks.back() == 1U);
    }
}

BOOST_AUTO_TEST_SUITE_END()

#include "pipeline/sample.hpp"

using namespace sample;
namespace {
ParsedJson parse(const std::string& text) { return parse_located(source(text)); }

Problem fault(const std::string& text) {
    const ParsedJson parsed = parse(text);
    BOOST_REQUIRE_MESSAGE(parsed.problems.size() == 1, text + "\n" + render_text(parsed.problems));
    return parsed.problems[0];
}
void expect(const std::string& text, Code code, unsigned line, unsigned column, std::size_t length) {
    const Problem p = fault(text);
    BOOST_TEST_CONTEXT(text << "\n" << render_text(p)) {
        BOOST_TEST(text_of(p.code) == text_of(code));
        BOOST_TEST(p.line == line);
        BOOST_TEST(p.column == column);
        BOOST_TEST(p.length == length);
    }
}
} // namespace

BOOST_AUTO_TEST_SUITE(located_json)

BOOST_AUTO_TEST_CASE(every_value_and_key_has_its_place_in_code_points) {
    const auto parsed = parse("{\n  \"\xC3\xA4\xF0\x9F\x98\x80\": [1, 2.5e1, true],\n\t\"b\": null }");
    BOOST_TEST(parsed.problems.empty());
    const Node& list = parsed.root->items.at(0);
    BOOST_TEST(list.key_place.line == 2U);
    BOOST_TEST(list.key_place.column == 3U);
    BOOST_TEST(list.key_place.length == 8U); // bytes
    BOOST_TEST(list.place.column == 9U);     // "ä😀" is four code points with its quotes
    BOOST_TEST(list.items.at(1).place.column == 13U);
    BOOST_TEST(list.items.at(1).integer == 25);
    BOOST_TEST((list.items.at(2).kind == Kind::boolean));
    BOOST_TEST(parsed.root->find("b")->place.line == 3U);
    BOOST_TEST(parsed.root->find("b")->place.column == 7U);
}

BOOST_AUTO_TEST_CASE(comments_and_a_byte_order_mark_are_skipped) {
    const auto parsed = parse("\xEF\xBB\xBF// head\n{ /* a\n b */ \"x\": 1 // end\n}\n// tail");
    BOOST_TEST(parsed.problems.empty());
    BOOST_TEST(parsed.root->find("x")->place.line == 3U);
    BOOST_TEST(parsed.root->find("x")->place.column == 12U);
    BOOST_TEST(parse("\xEF\xBB\xBF[1]").root->place.column == 1U);
}

BOOST_AUTO_TEST_CASE(escapes_and_surrogates_are_decoded) {
    BOOST_TEST(parse(R"("\u00e4\ud83d\ude00\n\/")").root->text == "\xC3\xA4\xF0\x9F\x98\x80\n/");
}

BOOST_AUTO_TEST_CASE(each_mistake_is_told_at_its_place) {
    expect("[1,]", Code::trailing_comma, 1, 3, 1);
    expect("{\"a\": 1,\n}", Code::trailing_comma, 1, 8, 1);
    expect("[1 2]", Code::missing_comma, 1, 3, 1);
    expect("{\"a\": 1\n \"b\": 2}", Code::missing_comma, 1, 8, 1);
    expect("[9223372036854775808]", Code::bad_number, 1, 2, 19);
    expect("[1e999]", Code::bad_number, 1, 2, 5);
    expect("[NaN]", Code::bad_number, 1, 2, 3);
    expect("[-Infinity]", Code::bad_number, 1, 2, 9);
    expect("[01]", Code::bad_number, 1, 2, 2);
    expect("[.5]", Code::bad_number, 1, 2, 2);
    expect("[True]", Code::syntax, 1, 2, 4);
    expect("{a: 1}", Code::syntax, 1, 2, 1);
    expect("['a']", Code::syntax, 1, 2, 3);
    expect("{\"a\" = 1}", Code::syntax, 1, 6, 1);
    expect("{\"a\": }", Code::syntax, 1, 7, 1);
    expect("# x\n[]", Code::syntax, 1, 1, 1);
    expect("[1] 2", Code::syntax, 1, 5, 1);
    expect("[1", Code::syntax, 1, 1, 1);
    expect("[1}", Code::syntax, 1, 3, 1);
    expect("/* x", Code::syntax, 1, 1, 2);
    expect("", Code::syntax, 1, 1, 0);
    expect("[\"a\n]", Code::bad_string, 1, 2, 2);
    expect("[\"a\tb\"]", Code::bad_string, 1, 4, 1);
    expect("[\"\\x\"]", Code::bad_string, 1, 3, 2);
    expect("[\"\\ud800\"]", Code::bad_string, 1, 3, 2);
    expect("[\"\\u0000\"]", Code::bad_string, 1, 3, 2);
    expect("\xFF\xFE[", Code::bad_encoding, 1, 1, 1);
}

BOOST_AUTO_TEST_CASE(a_duplicate_key_names_both_places) {
    const Problem p = fault("{\"a\": 1,\n \"b\": 2,\n \"a\": 3}");
    BOOST_TEST(text_of(p.code) == "E104");
    BOOST_TEST(p.line == 3U);
    BOOST_TEST(p.message == "duplicate key 'a', already in line 1");
}

BOOST_AUTO_TEST_CASE(invalid_utf8_is_told_once_with_its_count_and_reading_goes_on) {
    const auto parsed = parse("{\"a\": \"x\xFFy\xC0\xAF\",\n \"b\": nul}");
    BOOST_REQUIRE(parsed.problems.size() == 2U);
    BOOST_TEST(parsed.problems[0].message == "not UTF-8: byte 0xFF, and 2 more");
    BOOST_TEST(parsed.problems[0].column == 9U);
    BOOST_TEST(parsed.problems[1].suggestions.at(0) == "null");
    BOOST_TEST(parsed.root->find("a")->text == "x\xEF\xBF\xBDy\xEF\xBF\xBD\xEF\xBF\xBD");
}

BOOST_AUTO_TEST_CASE(a_hundred_thousand_brackets_are_refused_not_followed) {
    for (const char* const bracket : {"[", "{\"a\":"}) {
        std::string text;
        for (int i = 0; i < 100000; ++i) text += bracket;
        const Problem p = fault(text);
        BOOST_TEST(text_of(p.code) == "E108");
        BOOST_TEST(p.line == 1U);
    }
}

BOOST_AUTO_TEST_CASE(several_mistakes_are_told_in_one_go) {
    const auto parsed = parse("{a: 1, \"b\": True \"c\": 01, \"c\": [1,],}");
    const std::vector<std::string> expected = {"1:2 E101",  "1:13 E101", "1:17 E103", "1:23 E105",
                                               "1:34 E102", "1:27 E104", "1:36 E102"};
    BOOST_TEST(summary(parsed.problems) == expected, boost::test_tools::per_element());
    BOOST_TEST(parsed.root.has_value());
}

BOOST_AUTO_TEST_CASE(garbage_ends_with_a_bounded_number_of_mistakes) {
    std::string text = "[";
    for (int i = 0; i < 5000; ++i) text += "x,";
    BOOST_TEST(parse(text).problems.size() == 101U);
    std::string bytes;
    for (int i = 0; i < 70000; ++i) bytes += static_cast<char>(static_cast<unsigned char>(i * 7919 >> 3));
    BOOST_TEST(!parse(bytes).problems.empty());
}

BOOST_AUTO_TEST_CASE(every_truncation_of_a_pipeline_is_a_mistake_and_never_a_crash) {
    const std::string text = "{\"a\": [1, \"\\u00e4\", {\"b\": null}], // c\n \"d\": 1.5}";
    for (std::size_t size = 0; size < text.size(); ++size) {
        BOOST_TEST(!parse(text.substr(0, size)).problems.empty(), "cut at " << size);
    }
}

BOOST_AUTO_TEST_SUITE_END()

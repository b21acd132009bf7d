// Texts that are not quite JSON, or not at all; and which content is claimed.
#include "scan.hpp"
#include "seen.hpp"

using namespace seen;

BOOST_AUTO_TEST_SUITE(texts)

BOOST_AUTO_TEST_CASE(json_syntax_is_claimed_by_content) {
    BOOST_TEST(probe(R"({"a": 1})") >= 90);
    BOOST_TEST(probe("\xEF\xBB\xBF [1, 2]", "x.json") >= 90);
    BOOST_TEST(probe(R"({"a": [1, 2, {"b": "a long text that is cut")", "x", 20) >= 90);
    BOOST_TEST(probe("{\"a\":1}\n{\"a\":2}\n", "x.log") == 85);
}

BOOST_AUTO_TEST_CASE(text_that_only_looks_like_json_is_not_claimed) {
    for (const char* text : {"[INFO] started", "[2025-10-02 10:00:00] ready", "[1] a footnote", "{not json}",
                             "a,b\n1,2\n", "# heading", "", "[error", "plain [text]"})
        BOOST_TEST(probe(text, "x.log") == 0, text);
}

BOOST_AUTO_TEST_CASE(a_name_alone_is_worth_ten) {
    BOOST_TEST(probe("<html>", "x.json") == 10);
    BOOST_TEST(probe("", "x.json") == 10);
    BOOST_TEST(probe(std::string_view{"\0\1\2", 3}, "x.json") == 10);
    BOOST_TEST(probe("<html>", "x.html") == 0);
}

BOOST_AUTO_TEST_CASE(a_truncated_document_fails_with_its_place) {
    const auto got = parse("{\"a\": 1,\n \"b\": [1, 2");
    BOOST_TEST(got.code == ASSAY_FAILED);
    BOOST_TEST(got.reason == "truncated");
    BOOST_TEST(got.message.find("line 2, byte 20") != std::string::npos, got.message);
    for (const char* text : {"{", "[1,", "{\"a", "{\"a\":tr", "[\"\\u00", "{\"a\":1.", "{\"a\":-"})
        BOOST_TEST(parse(text).reason == "truncated", text);
}

BOOST_AUTO_TEST_CASE(nothing_and_no_text_fail_with_their_reason) {
    BOOST_TEST(parse("").reason == "empty");
    BOOST_TEST(parse(" \n\t ").reason == "empty");
    BOOST_TEST(parse("\xEF\xBB\xBF").reason == "empty");
    BOOST_TEST(parse(std::string_view{"{\"a\0\":1}", 8}).reason == "binary");
    BOOST_TEST(parse("{\"a\": 1,}").reason == "syntax");
    BOOST_TEST(parse("{'a': 1}").reason == "syntax");
}

BOOST_AUTO_TEST_CASE(two_hundred_thousand_levels_are_too_deep_and_nothing_breaks) {
    const auto got = parse(std::string(200'000, '[') + std::string(200'000, ']'));
    BOOST_TEST(got.reason == "too-deep");
    BOOST_TEST(got.message.find("256") != std::string::npos);
    std::string objects;
    for (int i = 0; i < 200'000; ++i) objects += "{\"a\":";
    BOOST_TEST(parse(objects).reason == "too-deep");
}

BOOST_AUTO_TEST_CASE(the_deepest_nesting_allowed_is_read) {
    const auto nested = [](std::size_t levels) { return std::string(levels, '[') + "1" + std::string(levels, ']'); };
    BOOST_TEST(parse(nested(256)).code == ASSAY_OK);
    BOOST_TEST(parse(nested(257)).reason == "too-deep");
    BOOST_TEST(parse(nested(9), "x.json", {.options = {{"max_depth", std::int64_t{8}}}}).reason == "too-deep");
    BOOST_TEST(parse(nested(300), "x.json", {.options = {{"max_depth", std::int64_t{400}}}}).code == ASSAY_OK);
}

BOOST_AUTO_TEST_CASE(literals_that_python_writes_are_those_numbers_with_their_place) {
    const auto got = parse("{\"a\": NaN,\n\"b\": -Infinity, \"c\": 1.5, \"d\": \"NaN\"}");
    BOOST_TEST(got.count("nan-literal") == 2U);
    BOOST_TEST(got.diagnostic("nan-literal").offset == 6U);
    BOOST_TEST(got.diagnostics[1].line == 2U);
    BOOST_TEST(cells(table(got, "document"), "a") == "nan");
    BOOST_TEST(cells(table(got, "document"), "b") == "-inf");
    BOOST_TEST(cells(table(got, "document"), "c") == "1.5");
    BOOST_TEST(cells(table(got, "document"), "d") == "nan");
}

BOOST_AUTO_TEST_CASE(integers_beyond_doubles_stay_exact_while_they_fit) {
    const auto got = parse(R"({"a":9007199254740992,"b":9007199254740993,"c":18446744073709551615,
                               "d":123456789012345678901234567890,"e":-9223372036854775808})");
    const auto& t = table(got, "document");
    BOOST_TEST(cells(t, "b") == "9007199254740993");
    BOOST_TEST(cells(t, "e") == "-9223372036854775808");
    BOOST_TEST(cells(t, "c") == "18446744073709551616");
    BOOST_TEST(cells(t, "d") == "1.2345678901234568e+29");
    BOOST_TEST(got.count("big-integer") == 4U);
}

BOOST_AUTO_TEST_CASE(duplicate_keys_are_named_and_the_last_counts) {
    const auto got = parse(R"({"r":[{"a":1,"b":2,"a":3}]})");
    BOOST_TEST(cells(table(got, "r"), "a") == "3");
    BOOST_TEST(got.count("duplicate-key") == 1U);
    BOOST_TEST(got.diagnostic("duplicate-key").pointer == "/r/0/a");
    BOOST_TEST(table(parse(R"({"r":[{"a":1}],"r":[{"a":2}]})"), "r").row_count == 2U);
}

BOOST_AUTO_TEST_CASE(several_documents_become_rows) {
    const auto got = parse("{\n \"a\": 1\n}\n{\n \"a\": 2\n}\n");
    BOOST_TEST(cells(table(got, "rows"), "a") == "1 2");
    BOOST_TEST(got.count("several-documents") == 1U);
}

BOOST_AUTO_TEST_CASE(what_follows_a_document_is_reported_and_the_document_read) {
    const auto got = parse("{\"a\": 1}\ndone in 3 s\n");
    BOOST_TEST(cells(table(got, "document"), "a") == "1");
    BOOST_TEST(got.diagnostic("trailing-content").line == 2U);
    BOOST_TEST(got.diagnostic("trailing-content").severity == ASSAY_SEVERITY_ERROR);
}

BOOST_AUTO_TEST_CASE(bad_bytes_in_strings_are_replaced_and_counted) {
    const auto got = parse("{\"a\":\"x\xFFy\",\"b\":\"tab\there\",\"c\":\"\\ud83d!\"}");
    BOOST_TEST(cells(table(got, "document"), "a") == "x\xEF\xBF\xBDy");
    BOOST_TEST(cells(table(got, "document"), "b") == "tab\there");
    BOOST_TEST(cells(table(got, "document"), "c") == "\xEF\xBF\xBD!");
    BOOST_TEST(got.count("invalid-utf8") == 1U);
    BOOST_TEST(got.count("control-character") == 1U);
    BOOST_TEST(got.count("lone-surrogate") == 1U);
}

BOOST_AUTO_TEST_CASE(utf16_with_a_mark_is_read) {
    const std::string little{"\xFF\xFE{\0\"\0\xE9\0\"\0:\0"
                             "1\0}\0",
                             16};
    BOOST_TEST(cells(table(parse(little), "document"), "\xC3\xA9") == "1");
    BOOST_TEST(probe(little, "x.json") >= 90);
}

// Every prefix of a document with all kinds of token: either JSON or a fault, and the same judgement as the fast
// parser.
BOOST_AUTO_TEST_CASE(every_prefix_of_a_document_is_truncated) {
    const std::string text = R"({"a":[1,-2.5e+3,true,null,"\u00e9\n"],"b":{"c":{}},"d":false})";
    for (std::size_t size = 1; size < text.size(); ++size) {
        const auto found = assay::json::scan(std::string_view{text}.substr(0, size), 256);
        BOOST_TEST((found.fault && found.documents.empty()), text.substr(0, size));
        BOOST_TEST(parse(text.substr(0, size)).code == ASSAY_FAILED);
    }
    BOOST_TEST(!assay::json::scan(text, 256).fault);
}

BOOST_AUTO_TEST_SUITE_END()

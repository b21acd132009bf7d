#include "pipeline/sample.hpp"
#include <assay/visible_text.hpp>
#include <nlohmann/json.hpp>

using namespace sample;

BOOST_AUTO_TEST_SUITE(diagnostic)

BOOST_AUTO_TEST_CASE(a_problem_shows_line_caret_nearest_name_and_valid_names) {
    const auto result = checked("{ \"parsers\": [\n"
                                "    {\n"
                                "      \"use\": \"csv\",\n"
                                "      \"with\": { \"delimitr\": \";\" }\n"
                                "    } ] }");
    BOOST_TEST(
        render_text(result.problems) ==
        "pipeline.json:4:17: error[E203]: unknown option 'delimitr' for parser 'csv'\n"
        "   4 |       \"with\": { \"delimitr\": \";\" }\n"
        "     |                 ^^^^^^^^^^ did you mean 'delimiter'?   options: delimiter, header, quote, encoding\n");
}

BOOST_AUTO_TEST_CASE(the_caret_stands_right_behind_tabs_wide_and_control_characters) {
    const auto caret_below = [](const std::string& line) {
        const auto parsed = parse_located(source(line));
        const Excerpt& excerpt = parsed.problems.at(0).excerpt;
        return excerpt.text.substr(excerpt.caret, excerpt.width);
    };
    BOOST_TEST(caret_below("\t \t[True]") == "True");
    const auto wide = parse_located(source("{\"\xE6\x97\xA5\xE6\x9C\xAC\": True}")).problems.at(0).excerpt;
    BOOST_TEST(wide.caret == 9U); // two characters of two cells each
    const auto control = parse_located(source("[\"\x1b[31m\", True]")).problems;
    BOOST_TEST(control.at(0).excerpt.text == "[\"\\u001B[31m\", True]");
    BOOST_TEST(control.at(1).excerpt.text.substr(control.at(1).excerpt.caret, 4) == "True");
}

BOOST_AUTO_TEST_CASE(a_huge_line_is_cut_around_the_caret) {
    const std::string filler(5000000, 'x');
    const auto parsed = parse_located(source("{\"" + filler + "\": True, \"" + filler + "\": 1}"));
    BOOST_REQUIRE(parsed.problems.size() == 2U);
    const Excerpt& excerpt = parsed.problems[0].excerpt;
    BOOST_TEST(parsed.problems[0].column == filler.size() + 6);
    BOOST_TEST(excerpt.text.size() < 200U);
    BOOST_TEST(excerpt.text.substr(excerpt.caret, excerpt.width) == "True");
    BOOST_TEST(excerpt.text.starts_with("..."));
    BOOST_TEST(excerpt.text.ends_with("..."));
}

BOOST_AUTO_TEST_CASE(names_in_messages_cannot_steer_the_terminal) {
    const auto result = checked("{\"a\\u001b[2Jb\\n\": 1}");
    BOOST_TEST(render_text(result.problems).find('\x1b') == std::string::npos);
    BOOST_TEST(render_text(result.problems, true).find("\x1b[2J") == std::string::npos);
    BOOST_TEST(assay::visible("a\xE2\x80\xAE\xFF\x7F") == "a\\u202E\\xFF\\u007F");
    // Cut, it is still whole characters, and escapes are whole or not there.
    BOOST_TEST(assay::visible("aaaaaaaaa\u20ACbbbb", 10) == "aaaaaaaaa\u2026");
    BOOST_TEST(assay::visible("aaaaaaa\u202Ebbbb", 10) == "aaaaaaa\u2026");
    BOOST_TEST(assay::visible("aaaaaaa\u20AC", 10) == "aaaaaaa\u20AC");
}

BOOST_AUTO_TEST_CASE(colour_adds_only_escapes) {
    const auto result = checked("{\"nam\": 1}");
    std::string coloured = render_text(result.problems, true);
    BOOST_TEST(coloured.find("\x1b[1;31m") != std::string::npos);
    for (const char* const escape : {"\x1b[1;31m", "\x1b[1m", "\x1b[0m"}) {
        for (std::size_t at; (at = coloured.find(escape)) != std::string::npos;) {
            coloured.erase(at, std::string(escape).size());
        }
    }
    BOOST_TEST(coloured == render_text(result.problems));
}

BOOST_AUTO_TEST_CASE(problems_as_json_hold_the_same_fields) {
    const auto result = checked("{\"fail_on\": \"hihg\"}");
    const auto json = nlohmann::json::parse(render_json(result.problems));
    BOOST_REQUIRE(json.size() == 1U);
    BOOST_TEST(json[0]["code"] == "E206");
    BOOST_TEST(json[0]["severity"] == "error");
    BOOST_TEST(json[0]["file"] == "pipeline.json");
    BOOST_TEST(json[0]["line"] == 1);
    BOOST_TEST(json[0]["column"] == 13);
    BOOST_TEST(json[0]["length"] == 6);
    BOOST_TEST(json[0]["suggestions"] == nlohmann::json({"high"}));
    BOOST_TEST(json[0]["choices"].size() == 6U);
}

BOOST_AUTO_TEST_CASE(the_nearest_name_forgives_swaps_and_case_but_not_strangers) {
    const std::vector<std::string> names = {"delimiter", "header", "quote", "to"};
    const auto first = [&](const char* given) {
        const auto found = nearest(given, names);
        return found.empty() ? std::string() : found[0];
    };
    BOOST_TEST(first("delimitr") == "delimiter");
    BOOST_TEST(first("Headre") == "header");
    BOOST_TEST(first("qoute") == "quote");
    BOOST_TEST(first("delim") == "delimiter");
    BOOST_TEST(first("width") == "");
    BOOST_TEST(first("x") == "");
    BOOST_TEST(first("") == "");
    BOOST_TEST(first(std::string(100000, 'd').c_str()) == "");
}

BOOST_AUTO_TEST_CASE(codes_are_listed_once_in_ascending_order) {
    for (std::size_t i = 1; i < std::size(codes); ++i) BOOST_TEST((codes[i - 1].code < codes[i].code));
    for (const CodeInfo& info : codes) BOOST_TEST(!info.meaning.empty());
}

BOOST_AUTO_TEST_SUITE_END()

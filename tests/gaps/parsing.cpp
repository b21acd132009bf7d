// Rules on what parsers mended or dropped: each fires on a minimal case and is silent on a near miss.
#include "findings.hpp"

using namespace assay::test;

BOOST_AUTO_TEST_SUITE(gaps_parsing)

BOOST_AUTO_TEST_CASE(rows_of_another_length_are_counted_by_share) {
    const auto with = [](const std::string& row) {
        return csv("model,load_ms,latency_ms", 20,
                   [&](int i) { return i == 7 ? row : "m,0.5,1." + std::to_string(i); });
    };
    const auto found = findings_of("P1", {{"a.csv", with("m,0.5")}});
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(told(found[0]) == "1/20 tree/a.csv:9");
    BOOST_TEST(found[0]["severity"] == "medium");
    BOOST_TEST(findings_of("P1", {{"a.csv", with("m,0.5,")}}).empty());
}

BOOST_AUTO_TEST_CASE(tables_in_prose_are_one_subject) {
    const std::string broken = "# t\n\n| a | b |\n|---|---|\n| 1 | 2 | 3 |\n| 4 | 5 |\n";
    const auto found = findings_of("P1", {{"a.md", broken}, {"b.md", broken + "\n"}});
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(found[0]["scope"] == "documents");
    BOOST_TEST(told(found[0]) == "2/4 tree/a.md:5");
}

BOOST_AUTO_TEST_CASE(text_that_is_no_utf_8_is_told) {
    const auto found = findings_of("P2", {{"a.csv", "model,latency_ms\nM\xFCller,1.5\ny,2.5\n"}});
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(told(found[0]) == "1/1 tree/a.csv");
    BOOST_TEST(findings_of("P2", {{"a.csv", "model,latency_ms\nM\xC3\xBCller,1.5\ny,2.5\n"}}).empty());
}

BOOST_AUTO_TEST_CASE(text_that_was_encoded_twice_is_told) {
    const auto found = findings_of("P2", {{"a.csv", "model,latency_ms\nM\xC3\x83\xC2\xBCller,1.5\ny,2.5\n"}});
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(told(found[0]) == "1/1 tree/a.csv:2");
}

BOOST_AUTO_TEST_CASE(a_name_that_stands_twice_in_a_header_is_told) {
    const auto found = findings_of("P3", {{"a.csv", "model,latency_ms,latency_ms\nx,1.5,2.5\ny,2.5,3.5\n"}});
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(told(found[0]) == "1/1 tree/a.csv");
    BOOST_TEST(findings_of("P3", {{"a.csv", ",model,latency_ms\n0,x,1.5\n1,y,2.5\n"}}).empty());
}

BOOST_AUTO_TEST_CASE(one_comma_in_every_number_is_ambiguous) {
    const auto found = findings_of("P4", {{"a.csv", "model;size_kb\nx;\"1,234\"\ny;\"5,678\"\n"}});
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(told(found[0]) == "1/1 tree/a.csv");
    BOOST_TEST(found[0]["severity"] == "high");
    BOOST_TEST(findings_of("P4", {{"a.csv", "model;size_kb\nx;\"1,234.5\"\ny;\"5,678.5\"\n"}}).empty());
}

BOOST_AUTO_TEST_CASE(a_key_that_stands_twice_is_loose_json) {
    const auto found = findings_of(
        "P5", {{"a.json", R"([{"ms": 1.5, "ms": 2.5}, {"ms": 3.5}])"}, {"b.json", R"([{"ms": 1.5}, {"ms": 3.5}])"}});
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(told(found[0]).substr(0, 15) == "1/2 tree/a.json");
    BOOST_TEST(findings_of("P5", {{"a.jsonl", "{\"ms\": 1.5}\n{\"ms\": 2.5}\n"}}).empty());
}

BOOST_AUTO_TEST_CASE(a_limit_that_was_hit_is_critical_where_much_was_not_read) {
    const std::string deep = std::string(2000, '[') + std::string(2000, ']');
    const Files files{{"a.json", deep}, {"b.csv", "model,latency_ms\nx,1.5\ny,2.5\n"}};
    const auto found = findings_of("P6", files);
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(told(found[0]) == "4000/4029 tree/a.json");
    BOOST_TEST(found[0]["severity"] == "critical");
    BOOST_TEST(findings_of("P6", {{"a.json", "[[[[1, 2]]]]"}}).empty());
}

BOOST_AUTO_TEST_SUITE_END()

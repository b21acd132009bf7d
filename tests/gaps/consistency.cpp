// Rules on the arithmetic within a table.
#include "findings.hpp"

using namespace assay::test;

BOOST_AUTO_TEST_SUITE(gaps_consistency)

BOOST_AUTO_TEST_CASE(shares_that_do_not_make_a_whole_are_told) {
    const std::string header = "kernel,time_share_pct\n";
    const auto found = findings_of("X1", {{"a.csv", header + "a,50.0\nb,30.0\nc,14.0\n"}});
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(told(found[0]) == "1/1 tree/a.csv:2");
    BOOST_TEST(has(found[0]["message"].get<std::string>(), "time_share_pct adds up to 94"));
    BOOST_TEST(findings_of("X1", {{"a.csv", header + "a,50.0\nb,30.0\nc,19.9\n"}}).empty()); // rounding
    BOOST_TEST(findings_of("X1", {{"a.csv", header + "a,50.0\nb,10.0\n"}}).empty());         // some of the parts
}

BOOST_AUTO_TEST_CASE(a_total_that_its_parts_do_not_make_is_told) {
    const auto with = [](const std::string& total) {
        return "stage,tokens\na,11\nb,20\nc,35\nd,41\nTotal," + total + "\n";
    };
    const auto found = findings_of("X1", {{"a.csv", with("117")}});
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(told(found[0]) == "1/1 tree/a.csv:6");
    BOOST_TEST(findings_of("X1", {{"a.csv", with("107")}}).empty());
}

BOOST_AUTO_TEST_CASE(a_rate_that_is_not_count_over_time_is_told_where_others_are) {
    const auto with = [](double off) {
        return csv("run,out_tokens,eval_ms,tokens_per_s", 12, [&](int i) {
            const int tokens = 100 + i * 7, ms = 1000 + i * 13;
            return std::to_string(i) + "," + std::to_string(tokens) + "," + std::to_string(ms) + "," +
                   std::to_string(tokens * 1000.0 / ms * (i == 4 ? off : 1));
        });
    };
    const auto found = findings_of("X2", {{"a.csv", with(1.05)}});
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(told(found[0]) == "1/12 tree/a.csv:6");
    BOOST_TEST(findings_of("X2", {{"a.csv", with(1.005)}}).empty());
}

BOOST_AUTO_TEST_CASE(tokens_that_do_not_add_up_are_told_where_others_do) {
    const auto with = [](int off) {
        return csv("model,prompt_tokens,completion_tokens,total_tokens", 9, [&](int i) {
            return "m" + std::to_string(i) + "," + std::to_string(20 + i) + "," + std::to_string(100 + 3 * i) + "," +
                   std::to_string(120 + 4 * i + (i == 2 ? off : 0));
        });
    };
    const auto found = findings_of("X7", {{"a.csv", with(1)}});
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(told(found[0]) == "1/9 tree/a.csv:4");
    BOOST_TEST(findings_of("X7", {{"a.csv", with(0)}}).empty());
}

BOOST_AUTO_TEST_SUITE_END()

// Rules on files that record the same.
#include "findings.hpp"

using namespace assay::test;

namespace {

const std::string raw = "threads,latency_ms,error\n1,1.5,\n1,2.5,\n2,3.0,\n2,4.0,\n3,0,timeout\n";

Files with_summary(const std::string& summed) {
    return {{"a_runs.csv", raw}, {"a_summary.csv", "threads,mean_latency_ms\n" + summed}};
}

} // namespace

BOOST_AUTO_TEST_SUITE(gaps_agreement)

BOOST_AUTO_TEST_CASE(a_summary_that_lacks_what_failed_is_told) {
    const auto found = findings_of("X3", with_summary("1,2.0\n2,3.5\n"));
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(found[0]["scope"] == "a summary");
    BOOST_TEST(told(found[0]) == "1/3 tree/a_runs.csv:6");
    BOOST_TEST(has(found[0]["message"].get<std::string>(), "tree/a_summary.csv lacks threads=3"));
    BOOST_TEST(findings_of("X3", with_summary("1,2.0\n2,3.5\n3,\n")).empty());
}

BOOST_AUTO_TEST_CASE(a_summary_with_another_mean_is_told) {
    const auto found = findings_of("X3", with_summary("1,2.0\n2,3.6\n3,\n"));
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(told(found[0]) == "1/3 tree/a_summary.csv:3");
    BOOST_TEST(has(found[0]["message"].get<std::string>(), "mean_latency_ms = 3.6, but its rows give 3.5"));
}

BOOST_AUTO_TEST_CASE(a_mean_over_failed_rows_is_told) {
    const auto found = findings_of("X3", with_summary("1,2.0\n2,3.5\n3,0.5\n"));
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(has(found[0]["message"].get<std::string>(), "of rows that all failed"));
}

BOOST_AUTO_TEST_CASE(a_summary_of_another_run_is_not_compared) {
    BOOST_TEST(
        findings_of("X3", {{"a_runs.csv", raw}, {"b_summary.csv", "threads,mean_latency_ms\n1,9.0\n2,9.5\n"}}).empty());
}

BOOST_AUTO_TEST_CASE(two_records_of_one_run_that_differ_are_told) {
    const auto with = [](const std::string& second) {
        return Files{{"a_raw.csv", "threads,latency_ms\n1,1.5\n2,2.5\n3,3.5\n"},
                     {"a_results.json", R"([{"threads": 1, "latency_ms": 1.5}, {"threads": 2, "latency_ms": )" +
                                            second + R"(}, {"threads": 3, "latency_ms": 3.5}])"}};
    };
    const auto found = findings_of("X4", with("2.75"));
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(found[0]["counts"]["k"] == 1);
    BOOST_TEST(found[0]["counts"]["n"] == 3);
    BOOST_TEST(findings_of("X4", with("2.5")).empty());
}

BOOST_AUTO_TEST_CASE(namesakes_conflict_only_where_times_say_that_they_are_the_same) {
    const std::string one = "time,latency_ms\n2025-10-02T10:00:00Z,1.5\n2025-10-02T10:00:09Z,2.5\n";
    const std::string other = "time,latency_ms\n2025-10-02T10:00:00Z,1.5\n2025-10-02T10:00:09Z,2.9\n";
    const auto found = findings_of("X4", {{"a/runs.csv", one}, {"b/runs.csv", other}});
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(told(found[0]) == "1/2 tree/a/runs.csv:3");
    BOOST_TEST(findings_of("X4", {{"a/runs.csv", "threads,latency_ms\n1,1.5\n2,2.5\n"},
                                  {"b/runs.csv", "threads,latency_ms\n1,1.7\n2,2.9\n"}})
                   .empty());
}

BOOST_AUTO_TEST_SUITE_END()

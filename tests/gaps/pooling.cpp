// Rules on observations that are put together and should not be.
#include "findings.hpp"

using namespace assay::test;

namespace {

std::string around(double level) {
    return csv("threads,latency_ms", 8,
               [&](int i) { return std::to_string(1 + i % 2) + "," + std::to_string(level + 0.02 * (i * 7 % 10)); });
}

} // namespace

BOOST_AUTO_TEST_SUITE(gaps_pooling)

BOOST_AUTO_TEST_CASE(a_row_of_means_among_observations_is_told) {
    const std::string rows = "case,latency_ms\na,1.5\nb,2.5\nc,3.5\n";
    const auto found = findings_of("X5", {{"a.csv", rows + "Mean,2.5\n"}});
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(told(found[0]) == "1/4 tree/a.csv:5");
    BOOST_TEST(found[0]["severity"] == "medium");
    BOOST_TEST(findings_of("X5", {{"a.csv", rows + "d,2.5\n"}}).empty());
    BOOST_TEST(findings_of("X5", {{"a.csv", "of,latency_ms\nmin,1.5\nmean,2.5\nmedian,2.5\nmax,3.5\n"}}).empty());
}

BOOST_AUTO_TEST_CASE(means_in_a_file_of_their_own_are_only_noted) {
    const auto found =
        findings_of("X5", {{"a.csv", around(10)}, {"a_summary.csv", "threads,mean_latency_ms\n1,10.03\n2,10.04\n"}});
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(found[0]["severity"] == "info");
    BOOST_TEST(told(found[0]) == "1/1 tree/a_summary.csv");
}

BOOST_AUTO_TEST_CASE(files_with_different_populations_that_no_column_tells_apart_are_told) {
    const auto found = findings_of("X6", {{"small_sweep.csv", around(10)}, {"large_sweep.csv", around(30)}});
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(told(found[0]) == "16/16 tree/large_sweep.csv");
    BOOST_TEST(has(found[0]["message"].get<std::string>(), "latency_ms is on average 30.09 in large, 10.09 in small"));
    BOOST_TEST(findings_of("X6", {{"small_sweep.csv", around(10)}, {"large_sweep.csv", around(10.001)}}).empty());
}

BOOST_AUTO_TEST_SUITE_END()

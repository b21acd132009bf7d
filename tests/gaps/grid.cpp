// Rules on cells that were not measured and rows that failed.
#include "findings.hpp"

using namespace assay::test;

namespace {

/// Threads 1 to 4 by block 8, 16, 32; `last` is the last row without its levels, or nothing.
std::string sweep(const std::string& last) {
    return csv("threads,block,latency_ms,error", last.empty() ? 11 : 12, [&](int i) {
        const std::string levels = std::to_string(1 + i % 4) + "," + std::to_string(8 << (i / 4)) + ",";
        return levels + (i == 11 ? last : "1" + std::to_string(i) + ".5,");
    });
}

} // namespace

BOOST_AUTO_TEST_SUITE(gaps_grid)

BOOST_AUTO_TEST_CASE(a_cell_that_failed_is_told_with_its_error) {
    const auto found = findings_of("N4", {{"a.csv", sweep("0,timed out")}});
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(told(found[0]) == "1/12 tree/a.csv:13");
    BOOST_TEST(has(found[0]["message"].get<std::string>(), "threads=4, block=32 (timed out)"));
    BOOST_TEST(found[0]["severity"] == "medium");
    BOOST_TEST(findings_of("N4", {{"a.csv", sweep("11.5,")}}).empty());
}

BOOST_AUTO_TEST_CASE(a_cell_that_was_never_run_is_told) {
    const auto found = findings_of("N4", {{"a.csv", sweep("")}});
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(told(found[0]) == "1/12 tree/a.csv");
    BOOST_TEST(has(found[0]["message"].get<std::string>(), "threads=4, block=32 (never run)"));
}

BOOST_AUTO_TEST_CASE(parameters_that_go_with_each_other_are_no_grid) {
    const auto rows = csv("threads,cores,latency_ms", 12, [](int i) {
        return std::to_string(1 + i % 3) + "," + std::to_string(2 + i % 3) + ",1" + std::to_string(i) + ".5";
    });
    BOOST_TEST(findings_of("N4", {{"a.csv", rows}}).empty());
}

BOOST_AUTO_TEST_CASE(failed_rows_are_counted_and_files_that_failed_wholly_are_named) {
    const std::string header = "model,latency_ms,error\n", ok = "a,1.5,\na,2.5,\na,1.75,\n";
    const auto found = findings_of(
        "N6", {{"one.csv", header + ok + "a,,timeout\n"}, {"two.csv", header + "a,,refused\na,,refused\n"}});
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(told(found[0]) == "3/6 tree/two.csv:2");
    BOOST_TEST(found[0]["severity"] == "critical");
    BOOST_TEST(has(found[0]["message"].get<std::string>(), "1 file holds nothing else: all of tree/two.csv (2)"));
    BOOST_TEST(findings_of("N6", {{"one.csv", header + ok}}).empty());
}

BOOST_AUTO_TEST_SUITE_END()

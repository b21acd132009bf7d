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

BOOST_AUTO_TEST_CASE(files_that_a_column_tells_apart_are_no_pooled_populations) {
    const auto of = [](const std::string& columns, const std::string& cells, double level) {
        return csv(columns + ",iteration,latency_ms", 8, [&](int i) {
            return cells + "," + std::to_string(i + 1) + "," + std::to_string(level + 0.02 * (i * 7 % 10));
        });
    };
    const auto told_of = [](const std::string& small, const std::string& large) {
        return findings_of("X6", {{"small_sweep.csv", small}, {"large_sweep.csv", large}});
    };
    BOOST_TEST(told_of(of("workload", "kv_get", 10), of("workload", "kv_scan", 30)).empty());
    BOOST_TEST(told_of(of("batch", "1", 10), of("batch", "8", 30)).empty());
    BOOST_TEST(told_of(of("workload,batch", "kv_get,1", 10), of("workload,batch", "kv_get,8", 30)).empty());
    BOOST_TEST(told_of(of("workload", "kv_get", 10), of("workload", "kv_get", 30)).size() == 1);
    BOOST_TEST(told_of(of("workload", "kv_get", 10), of("workload", "", 30)).size() == 1); // it says not what
    BOOST_TEST(told_of(of("run_id", "a", 10), of("run_id", "b", 30)).size() == 1); // a repeat, whatever it is of
    BOOST_TEST(told_of(of("run", "first", 10), of("run", "second", 30)).size() == 1);
}

BOOST_AUTO_TEST_CASE(a_setting_of_each_file_tells_them_apart_whatever_names_each_row) {
    const auto of = [](int batch, double level) {
        return csv("workload,batch,latency_ms", 8, [&](int i) {
            return "case_" + std::to_string(i) + "," + std::to_string(batch) + "," +
                   std::to_string(level + 0.02 * (i * 7 % 10));
        });
    };
    const auto fired_for = [&](int of_large) {
        return findings_of("X6", {{"first_sweep.csv", of(1, 10)},
                                  {"second_sweep.csv", of(1, 10.01)},
                                  {"large_sweep.csv", of(of_large, 30)}})
            .size();
    };
    BOOST_TEST(fired_for(8) == 0U);
    BOOST_TEST(fired_for(1) == 1U);
}

BOOST_AUTO_TEST_CASE(files_that_differ_where_their_columns_are_alike_are_told) {
    const auto of = [](const std::string& other, double level) {
        return csv("workload,latency_ms", 16, [&](int i) {
            return (i < 8 ? "kv_get," : other + ",") + std::to_string((i < 8 ? level : 500) + 0.02 * (i * 7 % 10));
        });
    };
    const auto found = findings_of("X6", {{"small_sweep.csv", of("sort", 10)}, {"large_sweep.csv", of("parse", 30)}});
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(told(found[0]) == "16/16 tree/large_sweep.csv");
    BOOST_TEST(has(found[0]["message"].get<std::string>(), "10.09 in small, where workload is kv_get"));
}

BOOST_AUTO_TEST_CASE(a_name_per_row_and_a_total_of_the_document_tell_no_files_apart) {
    const auto of = [](double level, int passed) {
        std::string rows;
        for (int i = 0; i < 6; ++i)
            rows += (i > 0 ? "," : "") + std::string{R"({"test_name":"case )"} + std::to_string(i) +
                    R"(","latency_ms":)" + std::to_string(level + 0.02 * (i * 7 % 10)) + "}";
        return R"({"passed_tests":)" + std::to_string(passed) + R"(,"results":[)" + rows + "]}";
    };
    const auto found = findings_of("X6", {{"small_sweep.json", of(10, 6)}, {"large_sweep.json", of(30, 5)}});
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(told(found[0]) == "12/12 tree/large_sweep.json");
}

BOOST_AUTO_TEST_SUITE_END()

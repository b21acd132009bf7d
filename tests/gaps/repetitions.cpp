// Rules on the sample: each fires on a minimal case and is silent on a near miss.
#include "findings.hpp"

using namespace assay::test;

namespace {

/// Threads 1 to 4, each measured so often.
std::string threads_by(int repetitions) {
    return csv("threads,repetition,latency_ms", 4 * repetitions, [&](int i) {
        return std::to_string(1 + i % 4) + "," + std::to_string(i / 4) + "," + std::to_string(10 + i % 4) + "." +
               std::to_string(i * 7 % 10);
    });
}

} // namespace

BOOST_AUTO_TEST_SUITE(gaps_repetitions)

BOOST_AUTO_TEST_CASE(fewer_than_six_repetitions_are_told) {
    const auto found = findings_of("N1", {{"a.csv", threads_by(5)}});
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(told(found[0]) == "4/4 tree/a.csv");
    BOOST_TEST(found[0]["severity"] == "medium");
    BOOST_TEST(findings_of("N1", {{"a.csv", threads_by(6)}}).empty());
    BOOST_TEST(findings_of("N1", {{"a.csv", threads_by(6)}}, R"({"thresholds": {"N1": "10"}})").size() == 1);
}

BOOST_AUTO_TEST_CASE(a_sweep_of_single_observations_ranks_nothing) {
    const auto found = findings_of("N2", {{"a.csv", threads_by(1)}});
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(told(found[0]) == "4/4 tree/a.csv");
    BOOST_TEST(found[0]["severity"] == "high");
    BOOST_TEST(has(found[0]["message"].get<std::string>(), "latency_ms from 10 to 13.1 ms (CV"));
    BOOST_TEST(findings_of("N2", {{"a.csv", threads_by(2)}}).empty());
}

BOOST_AUTO_TEST_CASE(rows_that_sum_up_many_observations_are_no_single_ones) {
    const auto with = [](const std::string& column) {
        return csv("threads," + column + ",latency_ms", 4,
                   [](int i) { return std::to_string(1 + i) + ",50,1" + std::to_string(i) + ".5"; });
    };
    BOOST_TEST(findings_of("N2", {{"a.csv", with("samples")}}).empty());
    BOOST_TEST(findings_of("N2", {{"a.csv", with("num_blocks")}}).size() == 1);
}

BOOST_AUTO_TEST_CASE(prompts_are_no_configurations) {
    const auto rows = csv("model,prompt_index,tokens_s", 8, [](int i) {
        return std::string{i < 4 ? "a," : "b,"} + std::to_string(i % 4) + ",5" + std::to_string(i) + ".5";
    });
    BOOST_TEST(findings_of("N2", {{"a.csv", rows}}).empty());
    const auto few = findings_of("N1", {{"a.csv", rows}});
    BOOST_REQUIRE(few.size() == 1);
    BOOST_TEST(told(few[0]) == "2/2 tree/a.csv");
}

BOOST_AUTO_TEST_CASE(a_percentile_beyond_its_sample_is_told) {
    const std::string header = "op,samples,latency_p95_ms,latency_p99_ms\n";
    const auto found =
        findings_of("N3", {{"a.csv", header + "read,10,2.5,2.5\nwrite,200,2.5,2.75\nsync,50,2.5,2.75\n"}});
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(told(found[0]) == "2/3 tree/a.csv:2");
    BOOST_TEST(
        has(found[0]["message"].get<std::string>(), "latency_p95_ms of 10 observations, equal to latency_p99_ms"));
    BOOST_TEST(findings_of("N3", {{"a.csv", header + "read,100,2.5,2.5\nwrite,200,2.5,2.75\n"}}).empty());
}

BOOST_AUTO_TEST_CASE(equal_upper_percentiles_of_an_unknown_sample_are_told) {
    const std::string header = "op,latency_p95_ms,latency_p99_ms\n";
    BOOST_TEST(findings_of("N3", {{"a.csv", header + "read,2.125,2.125\n"}}).size() == 1);
    BOOST_TEST(findings_of("N3", {{"a.csv", header + "read,2.125,2.25\nwrite,3,3\n"}}).empty()); // whole steps
}

BOOST_AUTO_TEST_CASE(unequal_repetitions_are_told) {
    const auto with = [](int of_one) {
        return csv("threads,repetition,latency_ms", 6 + of_one, [](int i) {
            return std::string{i < 6 ? "1," : "2,"} + std::to_string(i) + ",1" + std::to_string(i % 7) + ".5";
        });
    };
    const auto found = findings_of("N5", {{"a.csv", with(13)}});
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(told(found[0]) == "2/2 tree/a.csv");
    BOOST_TEST(has(found[0]["message"].get<std::string>(), "n = 13, n = 6"));
    BOOST_TEST(findings_of("N5", {{"a.csv", with(12)}}).empty());
}

BOOST_AUTO_TEST_CASE(repetitions_that_scatter_are_told) {
    const auto with = [](double factor) {
        return csv("threads,repetition,latency_ms", 12, [&](int i) {
            return std::string{i % 2 == 0 ? "1," : "2,"} + std::to_string(i / 2) + "," +
                   std::to_string(10 + (i % 2 == 0 ? factor : 0.01) * (i / 2 % 3));
        });
    };
    const auto found = findings_of("N7", {{"a.csv", with(10)}}); // 10, 20, 30, 10, 20, 30
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(told(found[0]) == "1/2 tree/a.csv:2");
    BOOST_TEST(found[0]["scope"] == "a, latency_ms");
    BOOST_TEST(findings_of("N7", {{"a.csv", with(1)}}).empty());
}

BOOST_AUTO_TEST_CASE(conditions_on_rows_may_name_repetitions_side_by_side_as_they_are_shown) {
    const Files files{{"a.csv", "case,run_1_ms,run_2_ms,run_3_ms\nx,1.5,-1,2.5\ny,2.5,3.5,4.5\n"}};
    const auto rows = [&](const char* condition, const char* state) {
        const auto report = report_of(files, "{}", R"(, "status": {)" + std::string{condition} + "}");
        return report["artifacts"][0]["tables"][0][state].get<int>();
    };
    BOOST_TEST(rows(R"("failed": "ms < 0")", "rows_failed") == 1);
    BOOST_TEST(rows(R"("failed": "run_2_ms < 0")", "rows_failed") == 3); // the whole row as it is written
    BOOST_TEST(rows(R"("suspect": "repetition == 1")", "rows_suspect") == 2);
    BOOST_TEST(rows(R"("failed": "run_2_ms < 0", "suspect": "repetition == 1")", "rows_suspect") == 1);
}

BOOST_AUTO_TEST_CASE(repetitions_side_by_side_are_not_told_by_numbers_that_rows_do_not_have) {
    std::string json = "[", text = "case,run_1_ms,run_2_ms,run_3_ms\n";
    for (int i = 0; i < 9; ++i) {
        const std::string n = std::to_string(i);
        json += std::string{i == 0 ? "" : ",\n"} + R"({"case": "c)" + std::to_string(i % 3) + R"(", "run_1_ms": 1)" +
                n + R"(.5, "run_2_ms": 1)" + n + R"(.25, "run_3_ms": )" + (i == 5 ? "null" : "1" + n + ".75") + "}";
        text += "c" + std::to_string(i % 3) + ",1" + n + ".5,1" + n + ".25," + (i == 5 ? "" : "1" + n + ".75") + "\n";
    }
    const auto found = findings_of("Z1", {{"a.json", json + "]"}});
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(told(found[0]) == "1/27 tree/a.json"); // neither its 18th nor its 6th line
    BOOST_TEST(has(found[0]["evidence"][0].dump(), "ms="));
    BOOST_TEST(told(findings_of("Z1", {{"a.csv", text}})[0]) == "1/27 tree/a.csv:7");
}

BOOST_AUTO_TEST_SUITE_END()

// Rules on files, their siblings and names: each fires on a minimal case and is silent on a near miss.
#include "findings.hpp"

using namespace assay::test;

namespace {

const std::pair<std::string, std::string> good{"good.csv", "model,latency_ms\nx,1.5\ny,2.5\n"};

std::string latencies(int rows) {
    return csv("model,latency_ms", rows, [](int i) { return "m" + std::to_string(i % 2) + ",1." + std::to_string(i); });
}

Files run_folders(const std::string& lacking) {
    Files files;
    for (int run = 1; run <= 5; ++run) {
        const std::string folder = "runs/run-" + std::to_string(run) + "/";
        files.emplace_back(folder + "run.csv", latencies(3 + run));
        if (lacking.find(std::to_string(run)) == std::string::npos)
            files.emplace_back(folder + "summary.json", "{\"mean_ms\": 1." + std::to_string(run) + "}");
    }
    return files;
}

} // namespace

BOOST_AUTO_TEST_SUITE(gaps_inventory)

BOOST_AUTO_TEST_CASE(files_without_content_are_told) {
    const auto found = findings_of("I1", {good, {"a.csv", ""}, {"b.json", "\n  \n"}});
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(told(found[0]) == "2/3 tree/a.csv");
    BOOST_TEST(findings_of("I1", {good, {"b.json", "{}"}}).empty());
}

BOOST_AUTO_TEST_CASE(a_file_that_cannot_be_parsed_is_told_with_the_reason) {
    const auto found = findings_of("I2", {good, {"a.json", "{\"a\": 1,,}"}});
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(told(found[0]) == "1/2 tree/a.json");
    BOOST_TEST(findings_of("I2", {good, {"a.json", "{\"a\": 1}"}, {"a.bin", "\x01\x02"}}).empty());
}

BOOST_AUTO_TEST_CASE(files_of_no_parser_are_told_and_matter_with_their_bytes) {
    auto found = findings_of("I3", {good, {"a.trace", std::string(500, '\x01')}});
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(told(found[0]) == "1/2 tree/a.trace");
    BOOST_TEST(found[0]["severity"] == "medium");
    found = findings_of("I3", {{"good.csv", latencies(40)}, {"a.trace", "\x01\x02"}});
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(found[0]["severity"] == "info");
    BOOST_TEST(findings_of("I3", {good}).empty());
}

BOOST_AUTO_TEST_CASE(json_that_is_called_csv_contradicts_its_name) {
    const auto found = findings_of("I4", {good, {"a.csv", "{\"latency_ms\": [1.5, 2.5]}"}});
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(told(found[0]) == "1/2 tree/a.csv");
    BOOST_TEST(findings_of("I4", {good, {"a.json", "{\"latency_ms\": [1.5, 2.5]}"}}).empty());
}

BOOST_AUTO_TEST_CASE(an_error_message_that_was_saved_as_data_is_told) {
    const Files files{good, {"a.csv", "==ERROR== the argument for option '--page' is invalid.\n"}};
    const auto found = findings_of("I5", files);
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(told(found[0]) == "1/2 tree/a.csv");
    BOOST_TEST(findings_of("I4", files).size() == 1);
    BOOST_TEST(findings_of("I5", {{"a.csv", "model,latency_ms,error\nx,1.5,\ny,,Error: refused\n"}}).empty());
}

BOOST_AUTO_TEST_CASE(a_file_that_breaks_off_is_told) {
    auto found = findings_of("I6", {good, {"a.json", "{\"latency_ms\": [1.5, 2."}});
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(told(found[0]) == "1/2 tree/a.json");
    found = findings_of("I6", {{"a.csv", "model,load_ms,latency_ms\nx,0.5,1.5\ny,0.5,2.5\nz,0.5"}});
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(told(found[0]) == "1/1 tree/a.csv:4");
    BOOST_TEST(findings_of("I6", {{"a.csv", "model,latency_ms\nx,1.5\ny,2.5"}}).empty());
}

BOOST_AUTO_TEST_CASE(a_last_line_of_json_that_breaks_off_is_told) {
    const auto found = findings_of("I6", {{"a.jsonl", "{\"ms\": 1.5}\n{\"ms\": 2.5}\n{\"ms\": 3."}});
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(told(found[0]) == "1/1 tree/a.jsonl:3");
}

BOOST_AUTO_TEST_CASE(copies_of_measurements_are_one_finding) {
    const auto found = findings_of("I7", {{"a/runs.csv", latencies(6)},
                                          {"b/runs.csv", latencies(6)},
                                          {"c/old.csv", latencies(6)},
                                          {"c/other.csv", latencies(7)}});
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(told(found[0]) == "2/4 tree/a/runs.csv");
    BOOST_TEST(found[0]["places"] == 1);
    BOOST_TEST(found[0]["severity"] == "high");
}

BOOST_AUTO_TEST_CASE(a_baseline_that_a_tool_keeps_beside_the_new_result_is_no_copy) {
    const auto found = findings_of("I7", {{"sort/base/estimates.csv", latencies(6)},
                                          {"sort/new/estimates.csv", latencies(6)},
                                          {"hash/base/estimates.csv", latencies(7)},
                                          {"hash/new/estimates.csv", latencies(7)}});
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(found[0]["severity"] == "info");
    BOOST_TEST(found[0]["counts"]["k"] == 2);
    const auto severity = [](const std::string& path) {
        return findings_of("I7", {{"sort/base/runs.csv", latencies(6)}, {path, latencies(6)}}).at(0)["severity"];
    };
    BOOST_TEST(severity("sort/new/runs.csv") == "info");
    BOOST_TEST(severity("sort/newer/runs.csv") == "high");
    BOOST_TEST(severity("hash/new/runs.csv") == "high");
    BOOST_TEST(severity("sort/new/other.csv") == "high");
}

BOOST_AUTO_TEST_CASE(environments_may_be_the_same_in_every_folder) {
    const std::string environment = R"({"cpu": "x", "cores": 8, "memory_gb": 16})";
    BOOST_TEST(findings_of("I7", {{"a/env.json", environment}, {"b/env.json", environment}}).empty());
    const auto found = findings_of("I7", {{"a/env.json", environment}, {"b/old.json", environment}});
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(found[0]["severity"] == "medium");
}

BOOST_AUTO_TEST_CASE(a_folder_without_what_its_siblings_have_is_told) {
    const auto found = findings_of("I9", run_folders("3"));
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(told(found[0]) == "1/5 tree/runs/run-3");
    BOOST_TEST(has(found[0]["message"].get<std::string>(), "summary.json"));
    BOOST_TEST(findings_of("I9", run_folders("35")).empty());
    BOOST_TEST(findings_of("I9", run_folders("")).empty());
}

BOOST_AUTO_TEST_CASE(a_file_ten_times_larger_than_its_siblings_is_told) {
    const auto with_last = [](int rows) {
        Files files;
        for (int i = 0; i < 8; ++i)
            files.emplace_back(std::to_string(i) + "_runs.csv", latencies(i < 7 ? 20 + i : rows));
        return files;
    };
    const auto found = findings_of("I11", with_last(400));
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(told(found[0]) == "1/8 tree/7_runs.csv");
    BOOST_TEST(findings_of("I11", with_last(100)).empty());
}

BOOST_AUTO_TEST_CASE(paths_that_differ_in_case_only_are_told) {
    const auto found = findings_of("I12", {{"Runs.csv", latencies(3)}, {"runs.csv", latencies(4)}});
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(told(found[0]) == "1/2 tree/runs.csv");
    BOOST_TEST(findings_of("I12", {{"runs.csv", latencies(3)}, {"runs2.csv", latencies(4)}}).empty());
}

BOOST_AUTO_TEST_CASE(a_folder_without_a_date_among_dated_ones_is_told) {
    const auto with = [](const std::string& last) {
        Files files;
        for (int day = 1; day <= 4; ++day)
            files.emplace_back("runs/2025100" + std::to_string(day) + "-101500/runs.csv", latencies(day));
        files.emplace_back("runs/" + last + "/runs.csv", latencies(5));
        return files;
    };
    const auto found = findings_of("I12", with("new"));
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(told(found[0]) == "1/5 tree/runs/new");
    BOOST_TEST(findings_of("I12", with("20251005-101500")).empty());
}

BOOST_AUTO_TEST_SUITE_END()

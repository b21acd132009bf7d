// Rules on what, with what and how a benchmark ran.
#include "findings.hpp"

using namespace assay::test;

namespace {

const std::string three_rows = "threads,latency_ms\n1,1.5\n2,2.5\n3,3.5\n";

std::string run_on(const std::string& driver) {
    return R"({"environment": {"gpu_name": "A100", "driver_version": ")" + driver + R"("}, "latency_ms": 1.5})";
}

} // namespace

BOOST_AUTO_TEST_SUITE(gaps_environment)

BOOST_AUTO_TEST_CASE(files_without_hardware_or_software_are_told) {
    const auto report = report_of({{"one/a.csv", three_rows},
                                   {"two/b.csv", three_rows + "4,4.5\n"},
                                   {"two/environment.json", R"({"cpu_model": "x", "git_commit": "y"})"}});
    for (const char* rule : {"H1", "H2"}) {
        const auto found = fired(report, rule);
        BOOST_REQUIRE(found.size() == 1);
        BOOST_TEST(told(found[0]) == "1/2 tree/one/a.csv");
    }
}

BOOST_AUTO_TEST_CASE(an_environment_file_tells_of_all_folders_below_also_where_it_is_a_copy) {
    const std::string environment = R"({"cpu_model": "x", "git_commit": "y"})";
    const auto report = report_of({{"one/deep/a.csv", three_rows},
                                   {"one/env.json", environment},
                                   {"two/b.csv", three_rows + "4,4.5\n"},
                                   {"two/env.json", environment}});
    BOOST_TEST(fired(report, "H1").empty());
    BOOST_TEST(fired(report, "H2").empty());
}

BOOST_AUTO_TEST_CASE(a_number_of_gpus_names_no_hardware) {
    BOOST_TEST(findings_of("H1", {{"a.csv", "num_gpu,latency_ms\n1,1.5\n2,2.5\n"}}).size() == 1);
    BOOST_TEST(findings_of("H1", {{"a.csv", "gpu,latency_ms\nA100,1.5\nA100,2.5\n"}}).empty());
}

BOOST_AUTO_TEST_CASE(generation_without_its_options_cannot_be_repeated) {
    const auto found = findings_of("H3", {{"a.csv", "model,tokens_s\na,51.5\nb,52.5\n"}});
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(told(found[0]) == "1/1 tree/a.csv");
    BOOST_TEST(found[0]["severity"] == "low");
    BOOST_TEST(has(found[0]["message"].get<std::string>(), "seed, sampling options, context size"));
    const std::string all = "model,tokens_s,seed,temperature,num_ctx\na,51.5,1,0.2,4096\nb,52.5,1,0.2,4096\n";
    BOOST_TEST(findings_of("H3", {{"a.csv", all}}).empty());
    BOOST_TEST(findings_of("H3", {{"a.csv", three_rows}}).empty()); // nothing is generated
}

BOOST_AUTO_TEST_CASE(options_kept_as_text_count) {
    const std::string text =
        "model,tokens_s,options\na,51.5,\"{\"\"seed\"\":1,\"\"top_p\"\":0.9,\"\"num_ctx\"\":4096}\"\n";
    BOOST_TEST(findings_of("H3", {{"a.csv", text}}).empty());
}

BOOST_AUTO_TEST_CASE(files_of_one_dataset_from_different_environments_are_told) {
    const auto found = findings_of("H4", {{"run_1.json", run_on("550.1")}, {"run_2.json", run_on("580.2")}});
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(told(found[0]) == "1/2 tree/run_2.json");
    BOOST_TEST(
        has(found[0]["message"].get<std::string>(), "environment.driver_version is 550.1 (1 file), 580.2 (1 file)"));
    BOOST_TEST(findings_of("H4", {{"run_1.json", run_on("550.1")}, {"run_2.json", run_on("550.1") + " "}}).empty());
}

BOOST_AUTO_TEST_CASE(a_parameter_of_a_run_is_no_environment) {
    const auto run = [](const std::string& gpus) {
        return R"({"num_gpu": )" + gpus + R"(, "kernel": "k)" + gpus + R"(", "latency_ms": 1.5})";
    };
    BOOST_TEST(findings_of("H4", {{"run_1.json", run("1")}, {"run_2.json", run("2")}}).empty());
}

BOOST_AUTO_TEST_CASE(speed_without_quality_is_told) {
    const auto found = findings_of("H9", {{"a.csv", "model,tokens_s\na,51.5\nb,52.5\n"}});
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(found[0]["severity"] == "info");
    BOOST_TEST(told(found[0]) == "1/1 tree/a.csv");
    BOOST_TEST(findings_of("H9", {{"a.csv", "model,tokens_s,accuracy\na,51.5,0.5\nb,52.5,0.6\n"}}).empty());
}

BOOST_AUTO_TEST_CASE(aggregates_without_their_raw_values_are_told) {
    const std::string means = "threads,mean_latency_ms\n1,1.5\n2,2.5\n3,3.5\n";
    const auto found = findings_of("H10", {{"a_summary.csv", means}});
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(told(found[0]) == "1/1 tree/a_summary.csv");
    BOOST_TEST(findings_of("H10", {{"a_summary.csv", means}, {"a_runs.csv", three_rows}}).empty());
}

BOOST_AUTO_TEST_SUITE_END()

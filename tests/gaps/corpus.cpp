// What must be found in the real corpus. Counts are those that `python3 tests/gaps/corpus_counts.py CORPUS` takes from
// the files themselves; what it does not count is not compared.
#include "findings.hpp"

using namespace assay::test;

namespace {

const nlohmann::json& corpus_report() {
    static const nlohmann::json report = [] {
        const Folder folder;
        const auto input = [](const std::string& name) { return R"({"path": ")" + corpus() + "/" + name + R"("})"; };
        folder.write("p.json", R"({"inputs": [)" + input("reports") + "," + input("csv_data") +
                                   R"(], "analyzers": [{"use": "gaps"}],
                                      "renderers": [{"use": "json", "to": "report.json"}]})");
        const auto ran = run_program({"run", "p.json", "--output", "out"}, {.folder = folder.path});
        BOOST_TEST_REQUIRE(ran.status == 0, ran.err);
        return read_json(folder / "out/report.json");
    }();
    return report;
}

struct Expected {
    std::string rule, scope;   ///< scope: how it begins; empty: the whole tree
    int k, n;                  ///< -1: not compared
    std::string message = {};  ///< a part of it
    std::string evidence = {}; ///< an end of the path of some evidence
};

nlohmann::json the_finding(const Expected& wanted) {
    for (const auto& finding : fired(corpus_report(), wanted.rule)) {
        const std::string scope = finding["scope"].is_null() ? "" : finding["scope"].get<std::string>();
        if (scope == wanted.scope) return finding;
    }
    return nullptr;
}

void check(const Expected& wanted) {
    BOOST_TEST_CONTEXT(wanted.rule << " " << wanted.scope) {
        const auto finding = the_finding(wanted);
        BOOST_REQUIRE(!finding.is_null());
        if (wanted.k >= 0) BOOST_TEST(finding["counts"]["k"] == wanted.k);
        if (wanted.n >= 0) BOOST_TEST(finding["counts"]["n"] == wanted.n);
        BOOST_TEST(has(finding["message"].get<std::string>(), wanted.message), finding["message"]);
        BOOST_TEST(has(finding["evidence"].dump(), wanted.evidence), finding["evidence"].dump());
    }
}

/// Line of the first evidence in a file of this name.
int line_in(const nlohmann::json& finding, const std::string& name) {
    for (const auto& place : finding["evidence"])
        if (place["artifact"].get<std::string>().ends_with(name) && place.contains("line")) return place["line"];
    return 0;
}

struct NeedsCorpus {
    boost::test_tools::assertion_result operator()(boost::unit_test::test_unit_id) const { return !corpus().empty(); }
};

} // namespace

BOOST_AUTO_TEST_SUITE(gaps_corpus, *boost::unit_test::precondition(NeedsCorpus{}))

BOOST_AUTO_TEST_CASE(files_that_are_no_data_are_named) {
    check({"I3", "", 5, 106, ".txt (3), .ncu-rep (2)"});
    check({"I4", "", 1, 72, "", "profiling/ncu_summary.csv"});
    check({"I5", "", 1, 106, "==ERROR==", "profiling/ncu_summary.csv"});
    check({"I7", "", 5, 106, "5 groups"});
    BOOST_TEST(has(the_finding({"P2", "", -1, -1})["evidence"].dump(), "profiling/ncu_summary.csv"));
    check({"P4", "ncu ollama raw", 52, 241, "", "profiling/ncu_ollama_raw.csv"});
}

BOOST_AUTO_TEST_CASE(failed_rows_false_successes_and_dead_sensors_are_counted) {
    check({"Z3", "runs", 75, 115, "Failed to connect to Ollama", "prompt_suite_runs.csv"});
    check({"N6", "runs", 75, 115, "7 files hold nothing else"});
    check({"Z3", "cuda bench: backends", 3, 15, "", "conv_cuda_bench_20251002-172037.json"});
    check({"Z4", "results", 5, 26, "All connection attempts failed", "baseline_test_results_1759186372.json"});
    check({"Z2", "baseline system metrics: metrics.gpu, fan_speed", 6, 6, "gives 0"});
}

BOOST_AUTO_TEST_CASE(sweeps_show_no_best_configuration_and_no_effect_of_temperature) {
    check({"N2", "ollama param tuning", 36, 36, "76.93 to 78.42"});
    check({"N2", "gemma3 param tuning", 106, 106});
    check({"N4", "gemma3 param tuning", 2, 108, "num_gpu=60, num_ctx=1024, temperature=0.2"});
    BOOST_TEST(line_in(the_finding({"N4", "gemma3 param tuning", -1, -1}), "gemma3_270m_param_tuning.csv") == 20);
    check({"X3", "gemma3 param tuning summary", 2, 108, "gemma3_270m_param_tuning_summary.csv"});
    for (const char* sweep : {"gemma3 param tuning, temperature", "ollama param tuning, temperature"}) {
        BOOST_TEST(!the_finding({"N13", sweep, -1, -1}).is_null());
        const auto effect = the_finding({"N14", sweep, -1, -1});
        BOOST_REQUIRE(!effect.is_null());
        BOOST_TEST(has(effect["message"].get<std::string>(), "ttft_s (only temperature=0.2 was measured cold)"));
    }
}

BOOST_AUTO_TEST_CASE(cold_starts_and_published_percentiles_are_told) {
    check({"N8", "runs", -1, 40, "", "gemma3_benchmark_fixed_runs.csv"});
    BOOST_TEST(line_in(the_finding({"N8", "runs", -1, -1}), "gemma3_benchmark_fixed_runs.csv") == 2);
    check({"N3", "baseline: timing_stats.run_results", 25, 25, "equal to p99_ms", "csv_data/baselines/"});
}

BOOST_AUTO_TEST_CASE(causes_and_what_is_not_comparable_are_named) {
    check({"K1", "runs", 45, 45, "ollama_host is 0.0.0.0:11434"});
    check({"K2", "ttft_s", 212, 212, "load_s + prompt_eval_s"});
    check({"K3", "device", 5, 8, "onnx on cpu where model.device says gpu (5)"});
    check({"K3", "precision", 4, 4, "tensorrt on fp16 where model.dtype says fp32 (4)"});
    check({"K4", "kernel benchmarks", 3, 4, "mean 24.62 from 0.1675 to 244.1", "kernel_benchmarks.json"});
    check({"K5", "", 3, -1, "gemma3_baseline.json as gemma3_baseline.csv"});
}

BOOST_AUTO_TEST_CASE(units_populations_environment_and_times_are_told) {
    check({"U4", "names that end in _s", -1, -1, "tokens_s is {token}/s"});
    BOOST_TEST(!the_finding({"X6", "gemma3 param tuning", -1, -1}).is_null());
    BOOST_TEST(fired(corpus_report(), "X5").size() == 1U);
    for (const char* rule : {"H1", "H2", "H3", "H5", "T1", "T3"})
        BOOST_TEST_CONTEXT(rule) BOOST_TEST(fired(corpus_report(), rule).size() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()

// Rules on causes and comparability: each fires on a minimal case and is silent on a near miss.
#include "findings.hpp"

using namespace assay::test;

namespace {

/// Files of two rows, each with its host; both rows of the first two files failed.
Files on_hosts(const std::vector<std::string>& hosts) {
    Files files;
    for (std::size_t i = 0; i < hosts.size(); ++i) {
        const std::string n = std::to_string(i), error = i < 2 ? "refused" : "";
        const auto row = [&](const char* model) {
            return R"({"model": ")" + std::string{model} + R"(", "ms": 5)" + n + R"(.5, "error": ")" + error + R"("})";
        };
        files.emplace_back("r" + n + ".json",
                           R"({"host": ")" + hosts[i] + R"(", "runs": [)" + row("x") + ", " + row("y") + "]}");
    }
    return files;
}

std::string sums(const char* last_total) {
    return csv("run_id,ttft_s,load_s,eval_s", 12, [&](int i) {
        const std::string load = "0." + std::to_string(10 + i), eval = "0." + std::to_string(50 + 3 * i);
        const std::string total = i == 11 ? last_total : "0." + std::to_string(60 + 4 * i);
        return "r" + std::to_string(i) + "," +
               (60 + 4 * i >= 100 && i != 11 ? "1.0" + std::to_string(4 * i - 40) : total) + "," + load + "," + eval;
    });
}

} // namespace

BOOST_AUTO_TEST_SUITE(gaps_causes)

BOOST_AUTO_TEST_CASE(a_context_value_that_stands_with_all_failures_is_named) {
    const auto found = findings_of("K1", on_hosts({"bad", "bad", "good", "good"}));
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(told(found[0]) == "4/4 tree/r0.json");
    BOOST_TEST(has(found[0]["message"].get<std::string>(), "host is bad in the 2 files that failed"));
    BOOST_TEST(findings_of("K1", on_hosts({"bad", "good", "good", "bad"})).empty());
}

BOOST_AUTO_TEST_CASE(what_to_do_begins_with_the_cause_and_names_what_else_is_for) {
    const auto report = report_of(on_hosts({"bad", "bad", "good", "good"}));
    std::vector<std::string> next;
    for (const auto& section : report["sections"])
        if (section["stage"] == "gaps" && section["place"] == "next") next = section["text"];
    BOOST_REQUIRE(next.size() >= 2U);
    BOOST_TEST(has(next[0], "host is bad in the 2 files that failed"), next[0]);
    BOOST_TEST(has(next[0], "Look first at what differs there"), next[0]);
    BOOST_TEST(next[1].find("(4 of 8)") != std::string::npos, next[1]);
}

BOOST_AUTO_TEST_CASE(a_context_that_differs_in_each_file_explains_nothing) {
    BOOST_TEST(findings_of("K1", on_hosts({"a", "b", "c", "d"})).empty());
}

BOOST_AUTO_TEST_CASE(a_metric_that_is_the_sum_of_two_others_is_derived) {
    const auto found = findings_of("K2", {{"a.csv", sums("1.04")}});
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(told(found[0]) == "12/12 tree/a.csv");
    BOOST_TEST(has(found[0]["message"].get<std::string>(), "ttft_s: it equals load_s + eval_s"));
    BOOST_TEST(findings_of("K2", {{"a.csv", sums("1.64")}}, R"({"thresholds": {"K2": "1"}})").empty());
}

BOOST_AUTO_TEST_CASE(a_row_on_another_device_than_declared_is_not_comparable) {
    const auto on = [](const std::string& device, const std::string& provider) {
        return Files{{"bench.json", R"({"model": {"device": ")" + device + R"("}, "runs": [
            {"backend": "eager", "ms": 1.5}, {"backend": "onnx", "providers": ")" +
                                        provider + R"(", "ms": 2.5}]})"}};
    };
    const auto found = findings_of("K3", on("cuda", "CPUExecutionProvider"));
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(told(found[0]) == "1/1 tree/bench.json#2");
    BOOST_TEST(has(found[0]["message"].get<std::string>(), "onnx on cpu where model.device says gpu"));
    BOOST_TEST(findings_of("K3", on("cuda", "CUDAExecutionProvider")).empty());
}

BOOST_AUTO_TEST_CASE(a_declared_comparison_of_devices_is_no_finding) {
    BOOST_TEST(findings_of("K3", {{"bench.csv", "device,ms\ncpu,9.5\ncuda,1.5\n"}}).empty());
}

BOOST_AUTO_TEST_CASE(a_published_mean_that_holds_its_warm_up_is_told) {
    const std::string header = "kernel,mean_ms,sd_ms,min_ms,max_ms\n";
    const auto found = findings_of("K4", {{"k.csv", header + "a,24.6,73.1,0.17,244\nb,0.5,0.1,0.4,0.7\n"}});
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(told(found[0]) == "1/2 tree/k.csv:2");
    BOOST_TEST(findings_of("K4", {{"k.csv", header + "a,24.6,3.1,20.1,44\nb,0.5,0.1,0.4,0.7\n"}}).empty());
}

BOOST_AUTO_TEST_CASE(the_same_observations_in_two_formats_are_told) {
    const std::string table = "model,ttft_s,tokens_s\na,0.51,50.5\na,0.52,51.5\nb,0.61,72.5\nb,0.66,74.5\n";
    const auto json = [](const char* last) {
        return R"({"results": [{"ttft_s": 0.66, "tokens_s": )" + std::string{last} +
               R"(}, {"ttft_s": 0.51, "tokens_s": 50.5},
                   {"ttft_s": 0.52, "tokens_s": 51.5}, {"ttft_s": 0.61, "tokens_s": 72.5}]})";
    };
    const auto found = findings_of("K5", {{"a.csv", table}, {"b.json", json("74.5")}});
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(told(found[0]) == "1/2 tree/b.json");
    BOOST_TEST(findings_of("K5", {{"a.csv", table}, {"b.json", json("74.6")}}).empty());
}

BOOST_AUTO_TEST_CASE(sizes_that_are_the_same_every_night_store_nothing_twice) {
    const auto night = [](const std::string& accuracy) {
        return R"({"accuracy": {"easy": 0.)" + accuracy + R"(1, "hard": 0.)" + accuracy + R"(2},
                   "sizes": [{"original": 2376, "limit_ms": 50.5}, {"original": 10042, "limit_ms": 60.5},
                             {"original": 1319, "limit_ms": 70.5}]})";
    };
    BOOST_TEST(findings_of("K5", {{"a.json", night("71")}, {"b.json", night("72")}}).empty());
    BOOST_TEST(findings_of("K5", {{"a.json", night("71")}, {"b.json", night("71") + "\n"}}).size() == 1);
    const std::string rows = "ttft_ms,tokens_s,load_ms\n1.5,2.5,\n3.5,4.5,\n5.5,6.5,"; // nothing differs from no value
    BOOST_TEST(findings_of("K5", {{"a.csv", rows + "7.5\n"}, {"b.csv", rows + "8.5\n"}}).empty());
    BOOST_TEST(findings_of("K5", {{"a.csv", rows + "7.5\n"}, {"b.csv", rows + "\n"}}).size() == 1);
}

BOOST_AUTO_TEST_CASE(two_columns_that_are_one_are_told_twice_by_nothing) {
    const auto rows = [](const char* name) {
        return std::string{"model,original_ms,effective_ms,"} + name +
               "\na,23.5,23.5,1.5\nb,10.5,10.5,2.5\nc,13.5,13.5,3.5\n";
    };
    const auto lines = [](const char* last) {
        return R"([{"original_ms": 23.5, "effective_ms": 23.5}, {"original_ms": 10.5, "effective_ms": 10.5},
                   {"original_ms": 13.5, "effective_ms": )" +
               std::string{last} + "}]";
    };
    BOOST_TEST(findings_of("K5", {{"a.csv", rows("ttft_s")}, {"b.json", lines("13.5")}}).empty());
}

BOOST_AUTO_TEST_SUITE_END()

// Rules on units and directions: each fires on a minimal case and is silent on a near miss.
#include "findings.hpp"

using namespace assay::test;

namespace {

std::string measured(const std::string& name, const std::string& zeros = "", int n = 6) {
    return csv("model," + name, n,
               [&](int i) { return "m" + std::to_string(i % 2) + "," + std::to_string(21 + i) + zeros + ".5"; });
}

} // namespace

BOOST_AUTO_TEST_SUITE(gaps_units)

BOOST_AUTO_TEST_CASE(a_metric_without_a_unit_is_told) {
    const auto found = findings_of("U1", {{"a.csv", measured("latency")}});
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(told(found[0]) == "1/1 tree/a.csv");
    BOOST_TEST(found[0]["severity"] == "low");
    BOOST_TEST(findings_of("U1", {{"a.csv", measured("latency_ms")}}).empty());
    BOOST_TEST(findings_of("U1", {{"a.csv", measured("accuracy")}}).empty());
}

BOOST_AUTO_TEST_CASE(a_file_in_another_scale_than_its_siblings_is_told) {
    const auto with = [](const std::string& zeros) {
        Files files;
        for (int i = 0; i < 5; ++i)
            files.emplace_back(std::to_string(i) + "_runs.csv", measured("latency_ms", i == 3 ? zeros : "", 6 + i));
        return files;
    };
    const auto found = findings_of("U2", with("000"));
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(told(found[0]) == "1/5 tree/3_runs.csv");
    BOOST_TEST(found[0]["severity"] == "high");
    BOOST_TEST(findings_of("U2", with("00")).empty());
}

BOOST_AUTO_TEST_CASE(a_median_beyond_what_a_unit_allows_is_told) {
    const auto found = findings_of("U3", {{"a.csv", measured("clock_ghz", "00")}});
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(told(found[0]) == "1/1 tree/a.csv:7");
    BOOST_TEST(findings_of("U3", {{"a.csv", measured("clock_mhz", "00")}}).empty());
}

BOOST_AUTO_TEST_CASE(a_rate_called_s_beside_seconds_has_a_name_with_two_meanings) {
    const auto found = findings_of("U4", {{"a.csv", measured("tokens_s")}, {"b.csv", measured("ttft_s")}});
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(told(found[0]) == "1/2 tree/a.csv");
    BOOST_TEST(has(found[0]["message"].get<std::string>(), "tokens_s is {token}/s"));
    BOOST_TEST(findings_of("U4", {{"a.csv", measured("tokens_per_s")}, {"b.csv", measured("ttft_s")}}).empty());
    BOOST_TEST(findings_of("U4", {{"a.csv", measured("tokens_s")}, {"b.csv", measured("ttft_ms")}}).empty());
}

BOOST_AUTO_TEST_CASE(one_name_with_units_of_two_kinds_is_told) {
    const auto with = [](const std::string& unit) {
        return csv("model,memory", 6,
                   [&](int i) { return "m" + std::to_string(i % 2) + "," + std::to_string(i + 20) + unit; });
    };
    const auto found =
        findings_of("U4", {{"a.csv", with(" MB")}, {"b.csv", with(" MB") + "m1,40 MB\n"}, {"c.csv", with("%")}});
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(told(found[0]) == "1/3 tree/c.csv");
    BOOST_TEST(findings_of("U4", {{"a.csv", with(" MB")}, {"b.csv", with(" GB")}}).empty());
}

BOOST_AUTO_TEST_CASE(a_compared_metric_without_a_direction_is_told) {
    const auto found = findings_of("U5", {{"a.csv", measured("power_w")}});
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(told(found[0]) == "1/1 tree/a.csv");
    BOOST_TEST(found[0]["severity"] == "info");
    BOOST_TEST(findings_of("U5", {{"a.csv", measured("latency_ms")}}).empty());
}

BOOST_AUTO_TEST_SUITE_END()

// Rules on telemetry.
#include "findings.hpp"

using namespace assay::test;

namespace {

std::string at(int second) {
    return "2025-10-02T10:" + std::string{second / 60 < 10 ? "0" : ""} + std::to_string(second / 60) + ":" +
           (second % 60 < 10 ? "0" : "") + std::to_string(second % 60) + "Z";
}

/// A sample a second; `skip` seconds are left out after the tenth.
std::string samples(int n, int skip = 0) {
    return csv("time,gpu_temperature_c,gpu_power_w", n, [&](int i) {
        return at(i + (i > 10 ? skip : 0)) + "," + std::to_string(50 + i % 9) + ",20" + std::to_string(i * 7 % 10) +
               ".5";
    });
}

std::string runs(int seconds) {
    return csv("time,latency_ms", 10,
               [&](int i) { return at(i * seconds / 9) + ",1" + std::to_string(i * 7 % 10) + ".5"; });
}

} // namespace

BOOST_AUTO_TEST_SUITE(gaps_telemetry)

BOOST_AUTO_TEST_CASE(runs_without_telemetry_over_their_time_are_told) {
    const auto found = findings_of("H5", {{"runs.csv", runs(40)}, {"telemetry.csv", samples(20)}});
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(told(found[0]) == "1/1 tree/runs.csv");
    BOOST_TEST(findings_of("H5", {{"runs.csv", runs(40)}, {"telemetry.csv", samples(41)}}).empty());
    BOOST_TEST(findings_of("H5", {{"runs.csv", runs(40)}}).size() == 1);
}

BOOST_AUTO_TEST_CASE(sensors_in_the_rows_themselves_are_telemetry) {
    const std::string rows = "threads,latency_ms,power_w\n1,1.5,200\n2,2.5,210\n";
    BOOST_TEST(findings_of("H5", {{"runs.csv", rows}}).empty());
}

BOOST_AUTO_TEST_CASE(a_hole_in_telemetry_is_told) {
    const auto found = findings_of("H6", {{"t.csv", samples(20, 5)}});
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(told(found[0]) == "1/19 tree/t.csv:13");
    BOOST_TEST(has(found[0]["message"].get<std::string>(), "up to 6 s"));
    BOOST_TEST(findings_of("H6", {{"t.csv", samples(20, 2)}}).empty());
}

BOOST_AUTO_TEST_CASE(samples_of_two_devices_in_one_table_are_two_series) {
    // Both every ten seconds, the second half a second after the first; `skip` seconds are left out of the second.
    const auto both = [](const std::string& column, int skip) {
        return csv("time," + column + ",temperature_c,power_w", 48, [&](int i) {
            const int seconds = i / 2 * 10 + (i % 2 == 1 && i > 20 ? skip : 0);
            std::string time = at(seconds);
            time.insert(time.size() - 1, i % 2 == 0 ? ".200" : ".700");
            return time + ",0" + std::to_string(i % 2) + "," + std::to_string(50 + i % 9) + ",20" +
                   std::to_string(i * 7 % 10) + ".5";
        });
    };
    BOOST_TEST(findings_of("H6", {{"t.csv", both("gpu_index", 0)}}).empty());
    const auto found = findings_of("H6", {{"t.csv", both("gpu_index", 35)}});
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(told(found[0]) == "1/46 tree/t.csv:23");
    BOOST_TEST(has(found[0]["message"].get<std::string>(), "up to 45 s"));
}

BOOST_AUTO_TEST_CASE(series_whose_times_do_not_rise_together_are_told_apart_by_any_column) {
    const auto both = [](bool apart) {
        return csv("time,unit,temperature_c,power_w", 48, [&](int i) {
            std::string time = at(i / 2 * 10);
            time.insert(time.size() - 1, i % 2 == 0 ? ".700" : ".200");
            return time + "," + (i % 2 == 0 || !apart ? "left" : "right") + "," + std::to_string(50 + i % 9) + ",20" +
                   std::to_string(i * 7 % 10) + ".5";
        });
    };
    BOOST_TEST(findings_of("H6", {{"t.csv", both(true)}}).empty());
    BOOST_TEST(findings_of("H6", {{"t.csv", both(false)}}).size() == 1);
}

BOOST_AUTO_TEST_CASE(a_state_that_changes_makes_no_series) {
    const std::string text = csv("time,state,gpu_temperature_c,gpu_power_w", 40, [](int i) {
        return at(i) + "," + (i % 20 < 10 ? "idle" : "busy") + "," + std::to_string(50 + i % 9) + ",20" +
               std::to_string(i * 7 % 10) + ".5";
    });
    BOOST_TEST(findings_of("H6", {{"t.csv", text}}).empty());
}

BOOST_AUTO_TEST_CASE(throttled_clocks_spoil_a_measurement) {
    const auto with = [](const std::string& state) {
        return "time,gpu_power_w,clocks_event_reasons.hw_slowdown\n" + at(0) + ",200.5,Not Active\n" + at(1) +
               ",201.5," + state + "\n";
    };
    const auto found = findings_of("H7", {{"t.csv", with("Active")}});
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(told(found[0]) == "1/2 tree/t.csv:3");
    BOOST_TEST(findings_of("H7", {{"t.csv", with("Not Active")}}).empty());
}

BOOST_AUTO_TEST_CASE(a_debug_build_or_cpu_scaling_spoils_a_measurement) {
    const auto with = [](const std::string& build, const std::string& scaling) {
        return R"({"context": {"library_build_type": ")" + build + R"(", "cpu_scaling_enabled": )" + scaling +
               R"(}, "benchmarks": [{"name": "a", "real_time": 1.5}]})";
    };
    const auto found = findings_of("H7", {{"b.json", with("debug", "true")}});
    BOOST_REQUIRE(!found.empty());
    BOOST_TEST(has(found[0]["message"].get<std::string>(), "CPU scaling is enabled"));
    BOOST_TEST(has(found[0]["message"].get<std::string>(), "debug build"));
    BOOST_TEST(findings_of("H7", {{"b.json", with("release", "false")}}).empty());
}

BOOST_AUTO_TEST_SUITE_END()

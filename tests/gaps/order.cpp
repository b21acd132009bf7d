// Rules on the observations of one configuration: cold starts, drift, dependence, outliers, modes.
#include "findings.hpp"
#include <cmath>
#include <random>

using namespace assay::test;

namespace {

/// Noise of up to 1 %, the same for everyone.
double noise(int i) {
    std::mt19937 numbers{static_cast<std::uint32_t>(i)};
    return static_cast<double>(numbers() % 1000) / 50000 - 0.01;
}

template <class Value> std::string run(int rows, Value value) {
    return csv("model,repetition,latency_ms", rows,
               [&](int i) { return "m," + std::to_string(i) + "," + std::to_string(value(i)); });
}

} // namespace

BOOST_AUTO_TEST_SUITE(gaps_order)

BOOST_AUTO_TEST_CASE(a_slow_first_observation_is_a_cold_start) {
    const auto with = [](double first) { return run(8, [&](int i) { return i == 0 ? first : 10 + noise(i); }); };
    const auto found = findings_of("N8", {{"a.csv", with(50)}});
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(told(found[0]) == "1/8 tree/a.csv:2");
    BOOST_TEST(findings_of("N8", {{"a.csv", with(15)}}).empty());
    BOOST_TEST(findings_of("N8", {{"a.csv", with(2)}}).empty()); // faster is not cold
}

BOOST_AUTO_TEST_CASE(rows_that_carry_a_load_are_cold_starts) {
    const auto with = [](double load) {
        return csv("batch,ttft_ms,load_ms", 9, [&](int i) {
            const double own = i % 3 == 0 ? load : 1;
            return std::to_string(1 << (i % 3)) + "," + std::to_string(10 + own + noise(i)) + "," + std::to_string(own);
        });
    };
    const auto found = findings_of("N8", {{"a.csv", with(90)}});
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(told(found[0]) == "3/9 tree/a.csv:5");
    BOOST_TEST(findings_of("N8", {{"a.csv", with(1)}}).empty());
}

BOOST_AUTO_TEST_CASE(values_that_rise_while_they_are_measured_drift) {
    const auto with = [](double step) { return run(30, [&](int i) { return 10 + noise(i) * 10 + step * i; }); };
    const auto found = findings_of("N9", {{"a.csv", with(0.05)}});
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(told(found[0]) == "1/1 tree/a.csv:2");
    BOOST_TEST(findings_of("N9", {{"a.csv", with(0)}}).empty());
}

BOOST_AUTO_TEST_CASE(values_in_the_order_of_the_metric_were_sorted_and_do_not_drift) {
    BOOST_TEST(findings_of("N9", {{"a.csv", run(30, [](int i) { return 10 + 0.05 * i; })}}).empty());
}

BOOST_AUTO_TEST_CASE(observations_that_follow_the_one_before_are_told) {
    const auto waves = [](int length) {
        return run(60, [&](int i) { return 10 + noise(i) + std::sin(i * 6.283185 / length); });
    };
    const auto found = findings_of("N10", {{"a.csv", waves(12)}});
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(told(found[0]) == "1/1 tree/a.csv:2");
    BOOST_TEST(findings_of("N10", {{"a.csv", run(60, [](int i) { return 10 + noise(i); })}}).empty());
}

BOOST_AUTO_TEST_CASE(rows_sorted_by_a_value_do_not_begin_cold) {
    BOOST_TEST(findings_of("N8", {{"a.csv", run(8, [](int i) { return i == 0 ? 50.0 : 10.0 - 0.1 * i; })}}).empty());
}

BOOST_AUTO_TEST_CASE(a_table_too_large_for_its_order_to_be_kept_is_told) {
    const auto report = report_of({{"a.csv", run(20000, [](int i) { return 10 + noise(i); })}});
    BOOST_TEST(fired(report, "N9").empty());
    BOOST_TEST(has(report["sections"].dump(), "a table is too large for all of its rows to be kept in order"));
}

BOOST_AUTO_TEST_CASE(values_far_from_the_others_are_outliers) {
    const auto with = [](double odd) { return run(40, [&](int i) { return i == 20 ? odd : 10 + noise(i) * 10; }); };
    const auto found = findings_of("N11", {{"a.csv", with(20)}});
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(told(found[0]) == "1/40 tree/a.csv:22");
    BOOST_TEST(found[0]["severity"] == "low");
    BOOST_TEST(findings_of("N11", {{"a.csv", with(10.15)}}).empty());
}

BOOST_AUTO_TEST_CASE(values_of_one_configuration_in_two_groups_have_several_modes) {
    const auto with = [](double other) {
        return run(40, [&](int i) { return (i % 3 == 1 ? other : 10) + 10 * noise(i); });
    };
    const auto found = findings_of("N12", {{"a.csv", with(15)}});
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(told(found[0]) == "1/1 tree/a.csv:3");
    BOOST_TEST(found[0]["severity"] == "medium");
    BOOST_TEST(has(found[0].dump(), "latency_ms"));
    BOOST_TEST(has(found[0].dump(), ": 27 around 10"));
    BOOST_TEST(has(found[0].dump(), " and 13 around 1"));
    BOOST_TEST(findings_of("N12", {{"a.csv", with(10.1)}}).empty());
    const auto warm = run(40, [](int i) { return (i < 10 ? 15 : 10) + 10 * noise(i); });
    BOOST_TEST(findings_of("N12", {{"a.csv", warm}}).empty());
}

BOOST_AUTO_TEST_SUITE_END()

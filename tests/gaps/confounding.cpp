// Rules on parameters that go together with something that nobody set.
#include "findings.hpp"

using namespace assay::test;

namespace {

/// Batch 1, 2, 4 by threads 1, 2, 3, 4, each twice; a load of 90 ms where `cold` says so.
template <class Cold> std::string sweep(Cold cold) {
    return csv("batch,threads,ttft_ms,load_ms", 24, [&](int i) {
        const int load = cold(i) ? 90 : 1;
        return std::to_string(1 << (i % 3)) + "," + std::to_string(1 + i / 3 % 4) + "," + std::to_string(10 + load) +
               "." + std::to_string(i * 7 % 10) + "," + std::to_string(load) + ".5";
    });
}

/// One row a minute; `levels` of threads, in the order that is given by `place`.
template <class Place> std::string timed(Place place) {
    return csv("time,threads,latency_ms", 24, [&](int i) {
        return "2025-10-02T10:" + std::to_string(10 + i) + ":00Z," + std::to_string(1 + place(i)) + ",1" +
               std::to_string(i * 7 % 10) + ".5";
    });
}

} // namespace

BOOST_AUTO_TEST_SUITE(gaps_confounding)

BOOST_AUTO_TEST_CASE(cold_starts_that_all_fall_on_one_level_confound_it) {
    const auto report = report_of({{"a.csv", sweep([](int i) { return i % 3 == 0; })}});
    const auto found = fired(report, "N13");
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(found[0]["scope"] == "a, batch");
    BOOST_TEST(told(found[0]) == "1/1 tree/a.csv:2");
    BOOST_TEST(found[0]["severity"] == "high");
    BOOST_TEST(has(found[0]["message"].get<std::string>(), "all 8 cold starts of a file fall on batch=1"));
    const auto effect = fired(report, "N14");
    BOOST_REQUIRE(effect.size() == 1);
    BOOST_TEST(told(effect[0]) == "1/1 tree/a.csv:2");
    BOOST_TEST(has(effect[0]["message"].get<std::string>(), "on ttft_ms (only batch=1 was measured cold)"));
}

BOOST_AUTO_TEST_CASE(cold_starts_on_several_levels_confound_nothing) {
    const auto report = report_of({{"a.csv", sweep([](int i) { return i % 5 == 0; })}});
    BOOST_TEST(!fired(report, "N8").empty());
    BOOST_TEST(fired(report, "N13").empty());
    BOOST_TEST(fired(report, "N14").empty());
}

BOOST_AUTO_TEST_CASE(levels_measured_one_after_another_go_with_the_order) {
    const auto found = findings_of("N13", {{"a.csv", timed([](int i) { return i / 8; })}});
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(told(found[0]) == "1/1 tree/a.csv:2");
    BOOST_TEST(found[0]["severity"] == "medium");
    BOOST_TEST(findings_of("N13", {{"a.csv", timed([](int i) { return i * 5 % 3; })}}).empty());
}

BOOST_AUTO_TEST_CASE(each_level_on_a_host_of_its_own_has_no_effect_to_tell) {
    const auto on_hosts = [](int of) {
        return csv("host,engine,latency_ms", 24, [&](int i) {
            return std::string{i % of == 0 ? "h1," : "h2,"} + (i % 2 == 0 ? "a" : "b") + ",1" +
                   std::to_string(i * 7 % 10) + ".5";
        });
    };
    const auto report = report_of({{"a.csv", on_hosts(2)}});
    BOOST_REQUIRE(fired(report, "N13").size() == 1);
    BOOST_REQUIRE(fired(report, "N14").size() == 1);
    BOOST_TEST(has(fired(report, "N14")[0]["message"].get<std::string>(), "each level has one host"));
    const auto mixed = report_of({{"a.csv", on_hosts(3)}});
    BOOST_TEST(fired(mixed, "N13").empty());
    BOOST_TEST(fired(mixed, "N14").empty());
}

BOOST_AUTO_TEST_SUITE_END()

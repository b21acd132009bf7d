// Rules on dates and times: each fires on a minimal case and is silent on a near miss.
#include "findings.hpp"
#include <chrono>

using namespace assay::test;

namespace {

/// A day from today, ISO 8601.
std::string day(int from_today) {
    const auto today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
    const std::chrono::year_month_day date{today + std::chrono::days{from_today}};
    const auto two = [](unsigned number) { return (number < 10 ? "0" : "") + std::to_string(number); };
    return std::to_string(static_cast<int>(date.year())) + "-" + two(static_cast<unsigned>(date.month())) + "-" +
           two(static_cast<unsigned>(date.day()));
}

std::string second(int i) { return (i < 10 ? "0" : "") + std::to_string(i); }

std::string series(const std::string& date, const std::string& zone = "Z", int rows = 4) {
    return csv("time,power_w", rows,
               [&](int i) { return date + "T00:00:" + second(i) + zone + "," + std::to_string(50 + i) + ".5"; });
}

} // namespace

BOOST_AUTO_TEST_SUITE(gaps_times)

BOOST_AUTO_TEST_CASE(files_newer_than_their_dates_are_told_and_harmless) {
    const auto found = findings_of("T1", {{"a.csv", series(day(-5))}, {"b.csv", series(day(0))}});
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(told(found[0]) == "1/2 tree/a.csv:5");
    BOOST_TEST(found[0]["severity"] == "info");
    BOOST_TEST(findings_of("T1", {{"b.csv", series(day(0))}}).empty());
}

BOOST_AUTO_TEST_CASE(dates_behind_the_writing_of_their_file_cannot_be) {
    const auto found = findings_of("T1", {{"a.csv", series(day(5))}});
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(told(found[0]) == "1/1 tree/a.csv:5");
    BOOST_TEST(found[0]["severity"] == "medium");
}

BOOST_AUTO_TEST_CASE(dates_in_the_future_or_before_2000_are_implausible) {
    const std::string rows =
        "time,power_w\n1970-01-01T00:00:00Z,5.5\n" + day(-3) + "T00:00:00Z,6.5\n" + day(3) + "T00:00:00Z,7.5\n";
    const auto found = findings_of("T2", {{"a.csv", rows}});
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(told(found[0]) == "2/3 tree/a.csv:2");
    BOOST_TEST(findings_of("T2", {{"a.csv", series(day(-3))}}).empty());
}

BOOST_AUTO_TEST_CASE(milliseconds_among_seconds_since_1970_are_told) {
    const auto with = [](const std::string& odd) {
        return csv("timestamp,power_w", 6, [&](int i) {
            return (i == 4 ? odd : "17592759" + std::to_string(70 + i) + ".5") + "," + std::to_string(i) + ".5";
        });
    };
    const auto found = findings_of("T2", {{"a.csv", with("1759275974500.5")}});
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(findings_of("T2", {{"a.csv", with("1759275974.5")}}).empty());
}

BOOST_AUTO_TEST_CASE(times_with_and_without_a_zone_are_told) {
    const Files files{{"a.csv", series(day(-1), "")}, {"b.csv", series(day(-1), "+02:00")}};
    auto found = findings_of("T3", files);
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(told(found[0]) == "1/2 tree/a.csv:2");
    BOOST_TEST(found[0]["severity"] == "low");
    found = findings_of("T3", {files[0]});
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(found[0]["severity"] == "info");
    BOOST_TEST(findings_of("T3", {files[1]}).empty());
}

BOOST_AUTO_TEST_CASE(seconds_since_1970_show_that_a_time_is_local) {
    const auto found = findings_of("T3", {{"a.json", R"([
        {"timestamp": 1759275970.5, "datetime": "2025-09-30T19:46:10.5", "ms": 1.5},
        {"timestamp": 1759275971.5, "datetime": "2025-09-30T19:46:11.5", "ms": 2.5}])"}});
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(has(found[0]["message"].get<std::string>(), "datetime is 4 h behind UTC"));
    BOOST_TEST(found[0]["severity"] == "low");
}

BOOST_AUTO_TEST_CASE(a_row_that_goes_back_in_time_is_told) {
    const auto with = [](bool swapped, bool sorted_by_value) {
        return csv("time,power_w", 20, [&](int i) {
            const int at = swapped && i == 9 ? 3 : sorted_by_value ? (i * 7) % 20 : i;
            return day(-1) + "T00:00:" + second(at) + "Z," + std::to_string(i) + ".5";
        });
    };
    const auto found = findings_of("T4", {{"a.csv", with(true, false)}});
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(told(found[0]) == "1/19 tree/a.csv:11");
    BOOST_TEST(findings_of("T4", {{"a.csv", with(false, false)}}).empty());
    BOOST_TEST(findings_of("T4", {{"a.csv", with(false, true)}}).empty());
}

BOOST_AUTO_TEST_CASE(every_sensor_is_a_series_of_its_own) {
    const auto text = csv("time,sensor,power_w", 24, [](int i) {
        return day(-1) + "T00:00:" + second(i % 12) + "Z," + (i < 12 ? "a" : "b") + "," + std::to_string(i) + ".5";
    });
    BOOST_TEST(findings_of("T4", {{"a.csv", text}}).empty());
}

BOOST_AUTO_TEST_CASE(measurements_of_long_ago_are_told) {
    const auto found = findings_of("T5", {{"old.csv", series(day(-200))}});
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(told(found[0]) == "1/1 tree/old.csv:5");
    BOOST_TEST(findings_of("T5", {{"old.csv", series(day(-100))}}).empty());
}

BOOST_AUTO_TEST_CASE(a_total_that_is_no_sum_is_told) {
    const auto with = [](int wrong) {
        return csv("model,load_s,eval_s,total_s", 10, [&](int i) {
            return "m,1.5," + std::to_string(i) + ".25," + std::to_string(i % 5 < wrong ? i + 9 : i + 1) + ".75";
        });
    };
    const auto found = findings_of("T6", {{"a.csv", with(1)}});
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(told(found[0]) == "2/10 tree/a.csv:2");
    BOOST_TEST(findings_of("T6", {{"a.csv", with(0)}}).empty());
    BOOST_TEST(findings_of("T6", {{"a.csv", with(5)}}).empty()); // then it is no sum at all
}

BOOST_AUTO_TEST_SUITE_END()

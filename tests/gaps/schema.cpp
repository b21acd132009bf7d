// Rules on columns and their types: each fires on a minimal case and is silent on a near miss.
#include "findings.hpp"

using namespace assay::test;

namespace {

std::string rows_of(const std::string& header, int n = 6) {
    const auto columns = std::count(header.begin(), header.end(), ',');
    return csv(header, n, [&](int i) {
        std::string row = "m" + std::to_string(i % 2);
        for (std::ptrdiff_t c = 0; c < columns; ++c) row += "," + std::to_string(i + 3 * c) + ".5";
        return row;
    });
}

} // namespace

BOOST_AUTO_TEST_SUITE(gaps_schema)

BOOST_AUTO_TEST_CASE(a_column_that_some_tables_lack_is_told) {
    const std::string most = "model,load_ms,eval_ms,latency_ms,power_w";
    const Files files{{"a.csv", rows_of(most)}, {"b.csv", rows_of(most, 7)}, {"c.csv", rows_of(most + ",ttft_ms")}};
    const auto found = findings_of("C1", files);
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(told(found[0]) == "1/6 tree/a.csv");
    BOOST_TEST(has(found[0]["message"].get<std::string>(), "ttft_ms in 1 of 3"));
    BOOST_TEST(found[0]["severity"] == "medium");
    BOOST_TEST(findings_of("C1", {files[0], files[1]}).empty());
}

BOOST_AUTO_TEST_CASE(the_first_table_that_lacks_a_column_is_shown) {
    const std::string most = "model,load_ms,eval_ms,latency_ms";
    const auto lacking = [&](const std::string& with) { // the tables a to f of which these have the column
        Files files;
        for (const char name : std::string{"abcdef"})
            files.push_back({std::string{name} + ".csv",
                             rows_of(with.find(name) == std::string::npos ? most : most + ",ttft_ms", 6 + name % 7)});
        const auto found = findings_of("C1", files);
        BOOST_REQUIRE(found.size() == 1);
        return told(found[0]);
    };
    BOOST_TEST(lacking("abdef") == "1/5 tree/c.csv");
    BOOST_TEST(lacking("ad") == "1/5 tree/b.csv");
    BOOST_TEST(lacking("cdef") == "1/5 tree/a.csv");
    BOOST_TEST(lacking("abcd") == "1/5 tree/e.csv");
}

BOOST_AUTO_TEST_CASE(a_column_whose_type_changes_is_told) {
    const auto with = [](const std::string& level) {
        return csv("level,latency_ms", 6, [&](int i) { return level + "," + std::to_string(i) + ".5"; });
    };
    const auto found = findings_of("C2", {{"a.csv", with("3")}, {"b.csv", with("4")}, {"c.csv", with("high")}});
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(told(found[0]) == "1/2 tree/c.csv");
    BOOST_TEST(findings_of("C2", {{"a.csv", with("3")}, {"b.csv", with("4.5")}}).empty());
}

BOOST_AUTO_TEST_CASE(another_spelling_of_a_column_is_a_rename) {
    const auto found = findings_of(
        "C3", {{"a.csv", rows_of("model,load_ms,Mean Latency")}, {"b.csv", rows_of("model,load_ms,mean_latency")}});
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(told(found[0]) == "2/2 tree/a.csv");
    BOOST_TEST(
        findings_of("C3", {{"a.csv", rows_of("model,load_ms,p95_ms")}, {"b.csv", rows_of("model,load_ms,p99_ms")}})
            .empty());
}

BOOST_AUTO_TEST_CASE(a_column_of_one_value_is_constant) {
    const auto with = [](int rows, const std::string& last) {
        return csv("model,threads,latency_ms", rows,
                   [&](int i) { return "m," + (i + 1 == rows ? last : "4") + "," + std::to_string(i) + ".5"; });
    };
    const auto found = findings_of("C4", {{"a.csv", with(6, "4")}});
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(told(found[0]) == "2/3 tree/a.csv");
    BOOST_TEST(found[0]["severity"] == "info");
    BOOST_TEST(has(found[0]["message"].get<std::string>(), "threads=4"));
    BOOST_TEST(!has(findings_of("C4", {{"a.csv", with(6, "8")}})[0]["message"].get<std::string>(), "threads"));
    BOOST_TEST(findings_of("C4", {{"a.csv", with(4, "4")}}).empty());
}

BOOST_AUTO_TEST_CASE(texts_among_numbers_are_told) {
    const auto with = [](const std::string& odd) {
        return csv("model,latency_ms", 20, [&](int i) { return "m," + (i % 5 == 2 ? odd : std::to_string(i) + ".5"); });
    };
    const auto found = findings_of("C5", {{"a.csv", with("slow")}});
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(told(found[0]) == "4/20 tree/a.csv:4");
    BOOST_TEST(findings_of("C5", {{"a.csv", with("N/A")}}).empty());
}

BOOST_AUTO_TEST_CASE(a_repetition_that_stands_twice_is_told) {
    const auto with = [](const std::string& last) {
        return csv("model,repeat,latency_ms", 12, [&](int i) {
            return i == 11 ? last
                           : "m" + std::to_string(i % 2) + "," + std::to_string(i / 2) + ",1." + std::to_string(i);
        });
    };
    const auto found = findings_of("C6", {{"a.csv", with("m0,3,9.5")}});
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(told(found[0]) == "1/12 tree/a.csv:13");
    BOOST_TEST(found[0]["severity"] == "high");
    BOOST_TEST(findings_of("C6", {{"a.csv", with("m1,5,9.5")}}).empty());
    // Samples of a run: its number is no key.
    BOOST_TEST(
        findings_of("C6", {{"a.csv", csv("run,latency_ms", 12,
                                         [](int i) { return std::to_string(i / 6) + ",1." + std::to_string(i); })}})
            .empty());
}

BOOST_AUTO_TEST_SUITE_END()

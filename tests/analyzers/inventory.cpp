#include "corpus_fixture.hpp"
#include "inventory/analyzer.hpp"
#include <boost/test/unit_test.hpp>

using namespace fixture;
using nlohmann::json;

namespace {

Given inventory_of(const std::vector<Artifact>& artifacts) {
    const Corpus corpus{artifacts, std::vector<std::string>(artifacts.size())};
    Driven<assay::InventoryAnalyzer> driven;
    return corpus.conclude(driven);
}

std::vector<Artifact> some() {
    Artifact a{"r/a.csv", {}}, b{"r/b.csv", {}}, c{"r/x/c.json", {}}, d{"r/x/core.bin", {}};
    a.modified_us = 1'759'432'324'000'000; // date -u -d @1759432324  2025-10-02 19:12:04
    b.modified_us = 1'759'000'000'000'000; // 2025-09-27 19:06:40
    b.duplicate_of = 0;
    c.parser = "json";
    c.outcome = ASSAY_OUTCOME_FAILED;
    d.parser = "";
    d.outcome = ASSAY_OUTCOME_UNCLAIMED;
    d.bytes = 7;
    return {a, b, c, d};
}

} // namespace

BOOST_AUTO_TEST_SUITE(inventory)

BOOST_AUTO_TEST_CASE(every_artifact_is_counted_once_by_type_and_by_directory) {
    const auto given = inventory_of(some());
    const auto count = [&](const json& subject, const char* metric) {
        return given.fact(subject, metric, "count", "inventory")["value"].get<double>();
    };
    const json all{{"scope", "corpus"}};
    BOOST_TEST(count(all, "artifacts") == 4.0);
    BOOST_TEST(count(all, "bytes") == 307.0);
    BOOST_TEST(count(all, "claimed") == 3.0);
    BOOST_TEST(count(all, "unclaimed") == 1.0);
    BOOST_TEST(count(all, "failed") == 1.0);
    BOOST_TEST(count(all, "duplicates") == 1.0);
    BOOST_TEST(count({{"type", "csv"}}, "artifacts") == 2.0);
    BOOST_TEST(count({{"directory", "r/x"}}, "artifacts") == 2.0);
    BOOST_TEST(count({{"directory", "r/x"}}, "bytes") == 107.0);
}

BOOST_AUTO_TEST_CASE(a_directory_shows_its_range_of_dates_and_the_latest_file) {
    const auto row = inventory_of(some()).table("details", "By directory")["rows"][0];
    BOOST_TEST(row[0]["text"].get<std::string>() == "r");
    BOOST_TEST(row[4]["text"].get<std::string>() == "2025-09-27 19:06");
    BOOST_TEST(row[5]["text"].get<std::string>() == "2025-10-02 19:12");
    BOOST_TEST(row[6]["text"].get<std::string>() == "a.csv");
}

BOOST_AUTO_TEST_CASE(an_unknown_date_is_blank_and_not_1970) {
    const auto row = inventory_of(some()).table("details", "By directory")["rows"][1];
    BOOST_TEST(row[4]["text"].get<std::string>() == "");
    BOOST_TEST(row[5]["text"].get<std::string>() == "");
}

BOOST_AUTO_TEST_CASE(copies_and_unclaimed_files_are_named) {
    const auto given = inventory_of(some());
    const auto copies = given.table("details", "Copies")["rows"][0];
    BOOST_TEST(copies[0]["text"].get<std::string>() == "r/a.csv");
    BOOST_TEST(copies[2]["text"].get<std::string>() == "r/b.csv");
    const auto unclaimed = given.table("details", "Claimed by no parser")["rows"][0];
    BOOST_TEST(unclaimed[0]["text"].get<std::string>() == "r/x/core.bin");
    BOOST_TEST(unclaimed[1]["text"].get<std::string>() == ".bin");
}

BOOST_AUTO_TEST_CASE(long_lists_are_cut_and_the_rest_is_counted) {
    std::vector<Artifact> many;
    for (int i = 0; i < 60; ++i) {
        many.push_back({"u/" + std::to_string(100 + i), {}});
        many.back().parser = "";
        many.back().outcome = ASSAY_OUTCOME_UNCLAIMED;
    }
    const auto table = inventory_of(many).table("details", "Claimed by no parser");
    BOOST_TEST(table["rows"].size() == 50U);
    BOOST_TEST(table["note"].get<std::string>() == "10 more rows are not shown");
}

BOOST_AUTO_TEST_SUITE_END()

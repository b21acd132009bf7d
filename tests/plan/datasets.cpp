#include "plan/datasets.hpp"
#include <boost/test/unit_test.hpp>
#include <deque>

using namespace assay::plan;

namespace {

GroupedTable table(std::size_t artifact, std::string_view path, const std::vector<std::string>& columns,
                   const std::string& name = "rows", std::string_view parser = "csv") {
    static std::deque<TablePlan> plans;
    TablePlan& plan = plans.emplace_back();
    plan.name = name;
    for (const auto& column : columns) plan.columns.emplace_back().name = column;
    return {artifact, 0, parser, path, &plan};
}

const std::vector<std::string> five{"a", "b", "c", "d", "e"};

} // namespace

BOOST_AUTO_TEST_CASE(tables_with_four_of_five_names_in_common_are_one_dataset) {
    const std::vector tables{table(0, "x.csv", five), table(1, "y.csv", {"a", "b", "c", "d"})};
    BOOST_TEST(datasets_of(tables).size() == 1U);
}

BOOST_AUTO_TEST_CASE(tables_with_four_of_six_names_in_common_are_two) {
    const std::vector tables{table(0, "x.csv", five), table(1, "y.csv", {"a", "b", "c", "d", "f"})};
    BOOST_TEST(datasets_of(tables).size() == 2U);
}

BOOST_AUTO_TEST_CASE(tables_are_joined_through_one_that_is_like_both) {
    const std::vector tables{table(0, "x.csv", {"a", "b", "c", "d"}), table(1, "y.csv", {"a", "b", "c", "d", "e", "f"}),
                             table(2, "z.csv", five)};
    const auto found = datasets_of(tables);
    BOOST_REQUIRE(found.size() == 1U);
    BOOST_TEST(found[0].tables.size() == 3U);
    BOOST_TEST(found[0].tables[0].first == 0U);
    BOOST_TEST(found[0].tables[2].first == 2U);
}

BOOST_AUTO_TEST_CASE(tables_of_different_names_or_parsers_stay_apart) {
    const std::vector tables{table(0, "x.json", {"index", "value"}, "latencies", "json"),
                             table(0, "x.json", {"index", "value"}, "scores", "json"),
                             table(1, "x.csv", {"index", "value"}, "scores", "csv")};
    BOOST_TEST(datasets_of(tables).size() == 3U);
}

BOOST_AUTO_TEST_CASE(ids_depend_on_what_the_tables_are_and_not_on_order_or_place) {
    const auto id = [](std::vector<GroupedTable> tables) { return datasets_of(tables).at(0).id; };
    const auto one = id({table(0, "x.csv", five)});
    BOOST_TEST(one.size() == 8U);
    BOOST_TEST(id({table(7, "other/name.csv", {"e", "d", "c", "b", "a"})}) == one);
    BOOST_TEST(id({table(0, "x.csv", {"a", "b", "c", "d", "f"})}) != one);
    BOOST_TEST(id({table(0, "x.csv", five, "other")}) != one);
}

BOOST_AUTO_TEST_CASE(ids_are_distinct_and_datasets_in_the_order_of_their_first_table) {
    const std::vector tables{table(0, "a.csv", {"q"}), table(1, "b.csv", five), table(2, "c.csv", {"q"}),
                             table(3, "d.csv", {"r"})};
    const auto found = datasets_of(tables);
    BOOST_REQUIRE(found.size() == 3U);
    BOOST_TEST(found[0].tables.size() == 2U);
    BOOST_TEST(found[1].tables[0].first == 1U);
    BOOST_TEST(found[0].id != found[1].id);
    BOOST_TEST(found[1].id != found[2].id);
}

BOOST_AUTO_TEST_CASE(titles_are_the_words_that_file_names_share) {
    const std::vector tables{table(0, "in/gemma3_1b_baseline.csv", five),
                             table(1, "in/gemma3_270m_baseline.csv", five)};
    BOOST_TEST(datasets_of(tables).at(0).title == "gemma3 baseline");
}

BOOST_AUTO_TEST_CASE(no_tables_give_no_datasets) { BOOST_TEST(datasets_of({}).empty()); }

BOOST_AUTO_TEST_CASE(titles_hold_no_dates_and_times_that_differ_from_run_to_run) {
    const auto title = [](std::string_view path) { return datasets_of(std::vector{table(0, path, five)}).at(0).title; };
    BOOST_TEST(title("results_2026-11-17T03-00-00.123456.json") == title("results_2026-11-18T04-10-00.654321.json"));
    BOOST_TEST(title("results_20261117T030000Z.csv") == "results");
    BOOST_TEST(title("t4_8bit_run.csv") == "t4 8bit run");
}

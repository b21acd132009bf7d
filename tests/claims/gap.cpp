// Rows on one side of a wide gap: calls that load a model, and the others.
#include "claims/gap.hpp"
#include "claims/judge.hpp"
#include <boost/test/unit_test.hpp>

using namespace assay::claims;

namespace {

/// Latencies of one model, in seconds, in a file called calls.csv.
World calls(const std::vector<double>& latencies) {
    SourceTable table;
    table.name = "rows";
    table.columns = {
        {"model", "", ASSAY_TYPE_TEXT, ASSAY_ROLE_PARAMETER, ASSAY_DIRECTION_UNKNOWN, false, true, false},
        {"latency_s", "s", ASSAY_TYPE_FLOAT, ASSAY_ROLE_METRIC, ASSAY_DIRECTION_LOWER, false, false, false}};
    for (const double latency : latencies)
        table.rows.push_back({table.rows.size() + 2, ASSAY_ROW_OK, {std::string{"alpha"}, latency}});
    World world;
    add_tables(world, 0, {"calls.csv"}, {}, {table});
    world.files.push_back({"calls.csv", ".csv", true});
    weigh(world);
    return world;
}

/// Four cold calls, of 3.15 s in the mean, and eight of 0.085 s.
const std::vector<double> cold_and_warm{3.0, 0.080, 0.090, 3.1, 0.080, 0.090, 3.2, 0.080, 0.090, 3.3, 0.080, 0.090};

void check_calls(const std::string& text, std::initializer_list<Status> wanted) {
    static const World world = calls(cold_and_warm);
    const Document document =
        read_document({{"heading", "Calls of alpha", "", "", 1, 1}, {"paragraph", text, "", "", 0, 3}});
    const auto all = judge(world, document, "note.md");
    BOOST_REQUIRE_EQUAL(all.size(), wanted.size());
    std::size_t i = 0;
    for (const Status status : wanted) {
        BOOST_TEST((all[i].status == status), text << " [" << i << "]: " << all[i].reason);
        ++i;
    }
}

constexpr Status of_side = Status::supported, of_no_side = Status::unsupported;

} // namespace

BOOST_AUTO_TEST_SUITE(gap)

BOOST_AUTO_TEST_CASE(a_wide_gap_has_two_sides) {
    const World world = calls(cold_and_warm);
    const auto sides = gap_sides(world.tables.at(0));
    BOOST_REQUIRE_EQUAL(sides.size(), 2U);
    BOOST_TEST(sides[0].rows.size() == 8U);
    BOOST_TEST(sides[1].rows.size() == 4U);
    BOOST_TEST(sides[1].below == 0.090);
    BOOST_TEST(sides[1].above == 3.0);
    BOOST_TEST(sides[1].text == "latency_s >= 3");
}

BOOST_AUTO_TEST_CASE(few_rows_values_that_run_on_and_a_single_outlier_have_no_gap) {
    for (const auto& latencies :
         {std::vector<double>{0.1, 0.1, 3, 3}, std::vector<double>{1, 2, 4, 8, 16, 32, 64, 128, 256},
          std::vector<double>{0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 3.0}}) {
        const World world = calls(latencies);
        BOOST_TEST(gap_sides(world.tables.at(0)).empty());
    }
}

BOOST_AUTO_TEST_CASE(statistics_of_a_side_are_of_the_calls_that_are_named) {
    check_calls("A cold call has a mean latency of 3.15 s.", {of_side});
    check_calls("The mean latency of calls that reload the model is 3.15 s.", {of_side});
    check_calls("The mean latency is 3.15 s.", {of_no_side});
    check_calls("A cold call has a mean latency of 0.085 s.", {of_no_side});
    check_calls("The normalised mean latency is 0.085 s.", {of_no_side});
    check_calls("The mean latency of 3.15 s is slower than expected.", {of_no_side});
}

BOOST_AUTO_TEST_CASE(calls_on_a_side_are_counted) {
    check_calls("4 of 12 calls were cold.", {of_side, of_side});
    check_calls("4 of 12 calls took more than a second.", {of_side, of_side});
    check_calls("4 slow disks were replaced.", {of_no_side});
    BOOST_TEST_CONTEXT("none of them is on that side of the gap")
    check_calls("5 of 12 calls were cold.", {of_no_side, of_side});
}

BOOST_AUTO_TEST_SUITE_END()

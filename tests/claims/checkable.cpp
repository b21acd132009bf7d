// What no data can support or contradict: plans, wishes, limits that somebody set, numbers of other things.
#include "claims/judge.hpp"
#include <boost/test/unit_test.hpp>

using namespace assay::claims;

namespace {

World latencies() {
    SourceTable table;
    table.name = "rows";
    table.columns = {
        {"num_ctx", "", ASSAY_TYPE_INT, ASSAY_ROLE_PARAMETER, ASSAY_DIRECTION_UNKNOWN, false, true, false},
        {"top_p", "", ASSAY_TYPE_FLOAT, ASSAY_ROLE_PARAMETER, ASSAY_DIRECTION_UNKNOWN, false, true, false},
        {"penalty", "", ASSAY_TYPE_FLOAT, ASSAY_ROLE_PARAMETER, ASSAY_DIRECTION_UNKNOWN, false, true, false},
        {"latency_s", "s", ASSAY_TYPE_FLOAT, ASSAY_ROLE_METRIC, ASSAY_DIRECTION_LOWER, false, false, false},
        {"tokens_s", "{token}/s", ASSAY_TYPE_FLOAT, ASSAY_ROLE_METRIC, ASSAY_DIRECTION_HIGHER, false, false, false}};
    for (int i = 0; i < 6; ++i)
        table.rows.push_back({table.rows.size() + 2,
                              ASSAY_ROW_OK,
                              {i % 2 == 0 ? 1024.0 : 2048.0, 0.9, i < 3 ? 0.2 : 0.7, 2.5 + 0.1 * i, 46.5 + 0.02 * i}});
    World world;
    add_tables(world, 0, {"latency.csv"}, {}, {table});
    world.files.push_back({"latency.csv", ".csv", true});
    weigh(world);
    return world;
}

std::vector<Verdict> said_of(const std::vector<KeptNode>& nodes) {
    static const World world = latencies();
    return judge(world, read_document(nodes), "note.md");
}
Verdict below(const std::string& heading, const std::string& text) {
    return said_of({{"heading", heading, "", "", 1, 1}, {"paragraph", text, "", "", 0, 3}}).back();
}
void check_says(const std::string& text, Status wanted, const std::string& heading = "Study") {
    const Verdict v = below(heading, text);
    BOOST_TEST((v.status == wanted), text << ": " << v.reason);
}

constexpr Status held = Status::supported, unheld = Status::unsupported, open = Status::not_checkable;

} // namespace

BOOST_AUTO_TEST_SUITE(checkable)

BOOST_AUTO_TEST_CASE(wishes_and_plans_are_not_checkable) {
    check_says("We want a mean latency of 1.5 s.", open);
    check_says("The mean latency would be 1.5 s.", open);
    check_says("[ ] a mean latency of 1.5 s", open);
    check_says("Alarms at a latency of 1.5 s.", open, "Backlog");
    check_says("Sweet spot: a latency of 1.5 s", open);
}

BOOST_AUTO_TEST_CASE(what_was_measured_is_checkable_whatever_other_clauses_want) {
    check_says("Aim for less next time, the slowest call took 7.7 s.", unheld);
    check_says("The limit holds, the slowest call took 7.7 s.", unheld);
    check_says("The slowest call needed at least 7.7 s.", unheld);
}

BOOST_AUTO_TEST_CASE(numbers_of_other_things_are_not_checkable) {
    for (const char* text : {"Closes #204.", "See guideline 4.3.", "Calendar week 41.", "A CPU of Family 6.",
                             "It runs in the pytorch 25.08 image.", "Models above 10B parameters do not fit."})
        check_says(text, open);
}

BOOST_AUTO_TEST_CASE(only_the_level_of_an_interval_is_one) {
    check_says("The 95 % confidence interval is wide.", open);
    check_says("The GPU was busy for 96 % at an interval of 1 s.", unheld);
}

BOOST_AUTO_TEST_CASE(a_setting_stands_behind_a_value_and_no_verb) {
    check_says("A call has a latency of 2.9 s at 0.7.", open);
    check_says("The latency peaked at 0.7.", unheld);
}

BOOST_AUTO_TEST_CASE(a_name_before_an_equals_sign_says_what_is_measured) {
    check_says("Results: tokens_per_s=46.55 mem_mb=0", unheld); // memory
    const auto all = said_of({{"heading", "Study", "", "", 1, 1},
                              {"paragraph", "Mean: tokens_per_s=46.55 and, again, tokens_per_s=2.75", "", "", 0, 3}});
    BOOST_REQUIRE_EQUAL(all.size(), 2U);
    BOOST_TEST((all[0].status == held), all[0].reason);
    BOOST_TEST((all[1].status != held), all[1].reason); // the latency, in seconds
    check_says("Configured with num_ctx=4096.", open);
    check_says("Results: max latency_s=3.0", held);
    check_says("Results: max latency_s=2.75", unheld); // the mean
}

BOOST_AUTO_TEST_CASE(a_setting_of_all_rows_is_supported) {
    check_says("All runs used top_p 0.9.", held);
    check_says("All runs used top_p 0.8.", unheld);
}

BOOST_AUTO_TEST_CASE(values_of_a_parameter_below_its_name_are_settings) {
    const auto all = said_of({{"heading", "Study", "", "", 1, 1},
                              {"paragraph", "Context window (num_ctx):", "", "", 0, 3},
                              {"list-item", "1024 tokens", "", "", 1, 4},
                              {"list-item", "2048 tokens", "", "", 1, 5}});
    BOOST_REQUIRE_EQUAL(all.size(), 2U);
    for (const Verdict& v : all) BOOST_TEST((v.status == held || v.status == open), v.reason);
}

BOOST_AUTO_TEST_SUITE_END()

#include <intake/claim.hpp>

#include <boost/test/unit_test.hpp>

using namespace assay::intake;

BOOST_AUTO_TEST_SUITE(claims)

BOOST_AUTO_TEST_CASE(the_surest_parser_wins) {
    const Claim claim = decide_claim({{"markdown", 5, "name"}, {"json", 90, "an object"}, {"csv", 40, "commas"}});
    BOOST_TEST(claim.winner.value() == "json");
    BOOST_TEST(claim.contest[1].parser == "csv");
    BOOST_TEST(claim.contest[2].parser == "markdown");
    BOOST_TEST(claim.contest[0].reason == "an object");
}

BOOST_AUTO_TEST_CASE(among_equals_the_first_of_the_pipeline_wins) {
    BOOST_TEST(decide_claim({{"b", 50, ""}, {"a", 50, ""}}).winner.value() == "b");
    BOOST_TEST(decide_claim({{"low", 1, ""}, {"b", 50, ""}, {"a", 50, ""}}).contest[1].parser == "a");
}

BOOST_AUTO_TEST_CASE(what_nobody_wants_is_unclaimed_but_the_answers_are_kept) {
    const Claim claim = decide_claim({{"csv", 0, "binary"}, {"json", -7, "no brace"}});
    BOOST_TEST(!claim.winner);
    BOOST_REQUIRE(claim.contest.size() == 2u);
    BOOST_TEST(claim.contest[1].confidence == 0);
    BOOST_TEST(!decide_claim({}).winner);
}

BOOST_AUTO_TEST_CASE(nobody_is_surer_than_a_hundred) {
    BOOST_TEST(decide_claim({{"first", 100, ""}, {"boaster", 1000, ""}}).winner.value() == "first");
}

BOOST_AUTO_TEST_SUITE_END()

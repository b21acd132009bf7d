// V5: claims are recomputed, and words need them.
#include "narrative/sample.hpp"
#include <boost/test/unit_test.hpp>

using namespace assay::test;
using assay::narrative::Claim;

BOOST_AUTO_TEST_SUITE(narrative_claims)

BOOST_AUTO_TEST_CASE(an_order_holds_where_the_intervals_are_apart) {
    const std::string higher = "The token rate of {@fast.name} is higher than that of {@slow.name}.";
    const std::vector<std::string> both{"@fast", "@slow"};
    BOOST_TEST(refusals(item(higher, both, {{"greater", {"@fast", "@slow"}}})).empty());
    BOOST_TEST(refuses(item(higher, both), "V5"));                                 // no claim
    BOOST_TEST(refuses(item(higher, both, {{"less", {"@fast", "@slow"}}}), "V5")); // a false one
    BOOST_TEST(refuses(item(higher, both, {{"less", {"@slow", "@fast"}}}), "V5")); // true, of the other order
    BOOST_TEST(refuses(item("The token rate of {@slow.name} is higher than that of {@fast.name}.", both,
                            {{"greater", {"@fast", "@slow"}}}),
                       "V5")); // said the other way round
    BOOST_TEST(refusals(item("The token rate of {@slow.name} is lower than that of {@fast.name}.", both,
                             {{"less", {"@slow", "@fast"}}}))
                   .empty());
    BOOST_TEST(refuses(item("The token rate of {@even1.name} is higher than that of {@even2.name}.",
                            {"@even1", "@even2"}, {{"greater", {"@even1", "@even2"}}}),
                       "V5")); // intervals overlap
    BOOST_TEST(refuses(item("The token rate of {@fast.name} is higher than that of {@even1.name}.", {"@fast", "@even1"},
                            {{"greater", {"@fast", "@even1"}}}),
                       "V5")); // another dataset
}

BOOST_AUTO_TEST_CASE(a_superlative_holds_of_the_first_alone) {
    const std::string best = "The fastest is {@fast.name} with a token rate of {@fast}.";
    BOOST_TEST(refusals(item(best, {"@fast"}, {{"best", {"@fast"}}})).empty());
    BOOST_TEST(refuses(item(best, {"@fast"}), "V5"));
    BOOST_TEST(refuses(
        item("The fastest is {@slow.name} with a token rate of {@slow}.", {"@slow"}, {{"best", {"@slow"}}}), "V5"));
    BOOST_TEST(refuses(
        item("The slowest is {@fast.name} with a token rate of {@fast}.", {"@fast"}, {{"best", {"@fast"}}}), "V5"));
    BOOST_TEST(refuses(
        item("The fastest is {@even1.name} with a token rate of {@even1}.", {"@even1"}, {{"best", {"@even1"}}}), "V5"));
    BOOST_TEST(refuses(
        item("The fastest is {@fast.name}, and {@slow.name} was measured.", {"@fast", "@slow"}, {{"best", {"@fast"}}}),
        "V5")); // which of them is meant, nobody parses
    BOOST_TEST(
        refusals(item("The slowest is {@slow.name} with a token rate of {@slow}.", {"@slow"}, {{"worst", {"@slow"}}}))
            .empty());
}

BOOST_AUTO_TEST_CASE(what_is_claimed_of_one_metric_cannot_be_said_of_another) {
    const auto of = [](const std::string& metric) {
        return item("The " + metric + " of {@rate4.name} is higher than that of {@rate8.name}.",
                    {"@rate4", "@rate8", "@wait4"}, {{"greater", {"@rate4", "@rate8"}}});
    };
    BOOST_TEST(refusals(of("throughput")).empty());
    BOOST_TEST(refuses(of("latency"), "V5"));
    BOOST_TEST(refuses(of("latency_ms"), "V5"));
    BOOST_TEST(refuses(of("throughput, latency"), "V5"));
    BOOST_TEST(refuses(of("value"), "V5")); // of which metric?
    BOOST_TEST(refuses(
        item("The highest latency is that of {@rate4.name}.", {"@rate4", "@wait4"}, {{"best", {"@rate4"}}}), "V5"));
    BOOST_TEST(
        refusals(item("The highest throughput is that of {@rate4.name}.", {"@rate4"}, {{"best", {"@rate4"}}})).empty());
    BOOST_TEST(refuses(item("The highest throughput is that of {@rate4.name}, seen in accuracy as well.", {"@rate4"},
                            {{"best", {"@rate4"}}}),
                       "V5")); // a metric of no fact at all
}

BOOST_AUTO_TEST_CASE(what_is_claimed_in_one_dataset_cannot_be_said_of_another) {
    const auto in = [](const std::string& place) {
        return item("In " + place + ", the token rate of {@fast.name} is higher than that of {@slow.name}.",
                    {"@fast", "@slow", "@even1", "@failed"}, {{"greater", {"@fast", "@slow"}}});
    };
    BOOST_TEST(refuses(in("tie"), "V5"));
    BOOST_TEST(refuses(in("{@even1.name}"), "V5"));
    BOOST_TEST(refuses(in("batch runs"), "V5"));
    BOOST_TEST(refuses(item("In tie, the fastest is {@fast.name} with a token rate of {@fast}.", {"@fast", "@even1"},
                            {{"best", {"@fast"}}}),
                       "V5"));
}

BOOST_AUTO_TEST_CASE(quantifiers_are_counted) {
    BOOST_TEST(refusals(item("In the dataset most rows failed, {@failed}.", {"@failed"}, {{"majority", {"@failed"}}}))
                   .empty());
    BOOST_TEST(refuses(item("In the dataset most rows failed, {@failed}.", {"@failed"}), "V5"));
    BOOST_TEST(
        refuses(item("In the dataset all rows failed, {@failed}.", {"@failed"}, {{"share", {"@failed"}}}), "V5"));
    BOOST_TEST(refusals(item("In the sweep all configurations were measured as a single row, {@once}.", {"@once"},
                             {{"share", {"@once"}}}))
                   .size() == 1); // "single" is no plain word
    BOOST_TEST(refusals(item("In sweep, the gap is in all configurations, {@once}.", {"@once"}, {{"share", {"@once"}}}))
                   .empty());
}

BOOST_AUTO_TEST_CASE(what_no_fact_tests_cannot_be_claimed) {
    for (const char* word :
         {"significantly", "equivalent", "similar", "correlated", "because", "increases", "improved", "drift"})
        for (const char* claim : {"significant", "equivalent", "associated", "trend_up", "gap"})
            BOOST_TEST(
                refuses(item("The token rate of {@fast.name} is " + std::string{word} + " to that of {@slow.name}.",
                             {"@fast", "@slow", "@failed"}, {{claim, {"@failed"}}}),
                        "V5"),
                word << ' ' << claim);
}

BOOST_AUTO_TEST_CASE(absence_is_said_of_what_is_absent) {
    const std::string text = "The telemetry is missing in {@dark}.";
    BOOST_TEST(refusals(item(text, {"@dark"}, {{"absent", {"@dark"}}})).empty());
    BOOST_TEST(refuses(item(text, {"@dark"}), "V5"));
    BOOST_TEST(refuses(item("The rows are missing in {@failed}.", {"@failed"}, {{"absent", {"@failed"}}}), "V5"));
}

BOOST_AUTO_TEST_CASE(negations_are_refused_whatever_is_claimed) {
    for (const char* text : {"The token rate of {@fast.name} is not higher than that of {@slow.name}.",
                             "The token rate of {@fast.name} was never higher than that of {@slow.name}.",
                             "Without doubt the token rate of {@fast.name} is higher than that of {@slow.name}."})
        BOOST_TEST(refuses(item(text, {"@fast", "@slow"}, {{"greater", {"@fast", "@slow"}}}), "V5"), text);
}

BOOST_AUTO_TEST_SUITE_END()

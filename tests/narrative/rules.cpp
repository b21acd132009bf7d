// Each rule fires, and is silent on a near miss.
#include "llm-summary/templates.hpp"
#include "narrative/sample.hpp"
#include <boost/test/unit_test.hpp>

using namespace assay::test;

namespace {

const std::string fast = "The median token rate of {@fast.name} is {@fast} with {@fast.n}.";

} // namespace

BOOST_AUTO_TEST_SUITE(narrative_rules)

BOOST_AUTO_TEST_CASE(a_plain_sentence_is_let_through_with_the_values_of_its_facts) {
    BOOST_TEST(shown(item(fast, {"@fast"})) == "The median token rate of “alpha:1b” is 295 tokens/s with n = 9.");
    BOOST_TEST(shown(item("In the dataset batch runs, {@failed} failed.", {"@failed"})) ==
               "In the dataset “batch runs”, 75 of 100 rows failed.");
    BOOST_TEST(shown(item("The metric tokens_s of alpha:1b is {@fast}.", {"@fast"})) ==
               "The metric tokens_s of “alpha:1b” is 295 tokens/s.");
}

BOOST_AUTO_TEST_CASE(v2_refuses_digits_and_number_words) {
    for (const char* text :
         {"The median token rate of {@fast.name} is 300 tokens.", "There are {@failed} and 2 others.",
          "The run failed twice in {@failed}.", "In half of the rows {@failed} failed.",
          "The rows show {@failed} in percent.", "A dozen rows and {@failed} failed.",
          "The median token rate of {@fast.name} is {@fast} thousand."})
        BOOST_TEST(refuses(item(text, {"@failed", "@fast"}), "V2"), text);
    BOOST_TEST(!refuses(item("In the dataset batch runs, {@failed} failed.", {"@failed"}), "V2"));
    BOOST_TEST(!refuses(item("The rows of alpha:1b are complete.", {"@fast"}), "V2")); // a name's own digit
}

BOOST_AUTO_TEST_CASE(a_name_that_is_a_number_is_shown_by_the_host_and_in_quotation_marks) {
    for (const char* text : {"4 rows failed in this run.", "In this run, 4 of 8 rows failed.",
                             "The throughput of 4 is {@rate4}.", "The throughput is {@rate4} for 4."})
        BOOST_TEST(refuses(item(text, {"@rate4", "@rate8"}), "V2"), text);
    BOOST_TEST(shown(item("The throughput of {@rate4.name} is {@rate4}.", {"@rate4"})) ==
               "The throughput of “4” is 900 requests/s.");
    BOOST_TEST(assay::narrative::in_quotes("") == "");
    BOOST_TEST(assay::narrative::in_quotes("4") == "“4”");
    BOOST_TEST(assay::narrative::in_quotes("eager") == "eager");
}

BOOST_AUTO_TEST_CASE(v3_refuses_facts_that_are_not_there_or_not_cited) {
    BOOST_TEST(refuses(item("In the runs {F999} failed.", {"@failed"}), "V3"));
    BOOST_TEST(refuses(item("In the runs {@failed} failed.", {"@once"}), "V3"));
    BOOST_TEST(refuses(item("In the runs the rows failed.", {}), "V3"));
    BOOST_TEST(refuses(item(fast, {"@fast"}, {{"best", {"@slow"}}}), "V3"));
    BOOST_TEST(!refuses(item(fast, {"@fast"}), "V3"));
}

BOOST_AUTO_TEST_CASE(v4_wants_a_value_beside_its_metric_and_its_name) {
    BOOST_TEST(refuses(item("The value of {@fast.name} is {@fast}.", {"@fast"}), "V4"));
    BOOST_TEST(refuses(item("The median token rate is {@fast}.", {"@fast"}), "V4"));
    BOOST_TEST(refuses(item("The median token rate of {@slow.name} is {@fast}.", {"@fast", "@slow"}), "V4"));
    BOOST_TEST(refuses(item("The median token rate of beta:8b is {@fast}.", {"@fast", "@slow"}), "V4"));
    BOOST_TEST(refuses(item("The median token rate of {@fast.name} is -{@fast}.", {"@fast"}), "V4"));
    BOOST_TEST(refuses(item("The median token rate of {@fast.name} is {@fast}{@slow}.", {"@fast", "@slow"}), "V4"));
    BOOST_TEST(
        refuses(item("The median token rate of {@fast.name} is {@fast} with {@slow.n}.", {"@fast", "@slow"}), "V4"));
    BOOST_TEST(!refuses(item("The median token rate is {@fast} for {@fast.name}.", {"@fast"}), "V4"));
    BOOST_TEST(!refuses(
        item("The median token rate is {@fast} for {@fast.name} and {@slow} for {@slow.name}.", {"@fast", "@slow"}),
        "V4"));
    BOOST_TEST(refuses(
        item("The median token rate is {@slow} for {@fast.name} and {@fast} for {@slow.name}.", {"@fast", "@slow"}),
        "V4"));
}

BOOST_AUTO_TEST_CASE(a_count_is_told_of_what_was_counted_and_as_what_it_counts) {
    BOOST_TEST(shown(item("In batch runs, {@failed} failed in all.", {"@failed"})).empty()); // "all" claims
    BOOST_TEST(!shown(item("In {@failed.name}, {@failed} failed.", {"@failed"})).empty());
    for (const char* text :
         {"In batch runs, {@failed} are valid.", "In batch runs, {@failed} were successful.",
          "In batch runs, {@failed} were measured.", "In batch runs, {@failed} are complete, correct.",
          "For alpha:1b, {@failed} failed.", "For {@fast.name}, {@failed} failed.", "In tie, {@failed} failed."})
        BOOST_TEST(refuses(item(text, {"@failed", "@fast", "@even1"}), "V4"), text);
    BOOST_TEST(refuses(item("The results are complete, correct.", {"@failed"}), "V4"));
    BOOST_TEST(refuses(item("The results of {@fast.name} are valid.", {"@fast"}), "V4"));
    BOOST_TEST(refuses(item("In the runs, {@rows} failed.", {"@rows", "@failed"}), "V4"));
    BOOST_TEST(
        !refuses(item("The runs that failed should be run again.", {"@failed"}, {}, "recommendations", "rerun"), "V4"));
}

BOOST_AUTO_TEST_CASE(a_count_of_what_is_missing_is_not_told_as_what_is_there) {
    BOOST_TEST(refuses(item("In the runs, {@dark} have telemetry.", {"@dark"}), "V4"));
    BOOST_TEST(refusals(item("In {@dark}, the telemetry is missing.", {"@dark"}, {{"absent", {"@dark"}}})).empty());
}

BOOST_AUTO_TEST_CASE(a_count_is_that_of_the_worst_place_and_of_no_other) {
    using namespace assay::narrative;
    Material material = sample_material();
    material.gaps[0].found.push_back({"gOther", "late runs", "late runs: 2 of 9 rows failed", "", "", "", 2, 9});
    const FactTable table = build_fact_table(material, {});
    for (const TableFact& fact : table.facts) {
        if (fact.rule != "N6") continue;
        const auto in = [&](const std::string& place) {
            return verify_items({{"findings", "In " + place + ", {" + fact.id + "} failed.", {fact.id}, {}, "none"}},
                                table);
        };
        BOOST_TEST(in("batch runs").empty());
        BOOST_TEST(!in("late runs").empty());
    }
}

BOOST_AUTO_TEST_CASE(v6_refuses_names_of_no_cited_fact_and_words_of_no_report) {
    BOOST_TEST(refuses(item("The median token rate of mistral was recorded.", {"@fast"}), "V6"));
    BOOST_TEST(refuses(item("The median token rate of Mistral was recorded.", {"@fast"}), "V6"));
    BOOST_TEST(refuses(item("The median token rate of beta:8b was recorded.", {"@fast"}), "V6"));
    BOOST_TEST(refuses(item("The median token rate of gpt-4o was recorded.", {"@fast"}), "V6"));
    BOOST_TEST(refuses(item("The median token rate of alpha:1b-it was recorded.", {"@fast"}), "V6"));
    BOOST_TEST(!refuses(item("The median token rate of alpha:1b was recorded.", {"@fast"}), "V6"));
}

BOOST_AUTO_TEST_CASE(v7_refuses_items_that_contradict_each_other) {
    const auto a = item("The token rate of {@fast.name} is higher than that of {@slow.name}.", {"@fast", "@slow"},
                        {{"greater", {"@fast", "@slow"}}});
    const auto b = item("In the table, the rows of {@slow.name} and of {@fast.name} were pooled.", {"@fast", "@slow"},
                        {{"greater", {"@slow", "@fast"}}});
    const auto all = assay::narrative::verify_items({a, b}, sample().table);
    BOOST_TEST(std::any_of(all.begin(), all.end(), [](auto& one) { return one.rule == "V7" && one.item == 1; }));
    const auto alone = assay::narrative::verify_items({a}, sample().table);
    BOOST_TEST(alone.empty());
}

BOOST_AUTO_TEST_CASE(v8_refuses_chat_guesses_tokens_scripts_and_markup) {
    for (const char* text : {"Sure, here is what the rows of {@failed} show.", "We see that {@failed} failed.",
                             "The runs of {@failed} likely failed.", "The runs of {@failed} failed <unused7>.",
                             "The runs of {@failed} failed [INST].", "The runs of {@failed} failed, see https://a.b.",
                             "The runs of {@failed} failed **badly**.", "The runs of {@failed} failed \x1b[31m.",
                             "The runs of {@failed} failed \xE5\xA4\xB1\xE8\xB4\xA5.", "The runs of {@failed} failed",
                             "Runs. {@failed} failed."})
        BOOST_TEST(!refusals(item(text, {"@failed"})).empty(), text);
    BOOST_TEST(refuses(item("The runs of {@failed} failed \xE5\xA4\xB1.", {"@failed"}), "V8"));
    BOOST_TEST(refuses(item("The runs of {@failed} probably failed.", {"@failed"}), "V8"));
    BOOST_TEST(!refuses(item("The runs failed – {@failed} in all.", {"@failed"}), "V8"));
}

BOOST_AUTO_TEST_CASE(v9_wants_a_finding_and_its_own_action_behind_a_recommendation) {
    const std::string text = "The runs that failed should be run again.";
    BOOST_TEST(refusals(item(text, {"@failed"}, {}, "recommendations", "rerun")).empty());
    BOOST_TEST(refuses(item(text, {"@failed"}, {}, "recommendations", "increase_n"), "V9"));
    BOOST_TEST(refuses(item(text, {"@fast"}, {}, "recommendations", "rerun"), "V9"));
    BOOST_TEST(refuses(item("In the runs {@failed} failed.", {"@failed"}, {}, "findings", "rerun"), "V9"));
    BOOST_TEST(refuses(item(text, {"@failed"}), "V6")); // "should" is for recommendations
}

BOOST_AUTO_TEST_CASE(v10_refuses_what_is_too_short_too_long_or_said_twice) {
    BOOST_TEST(refuses(item("{@failed} failed.", {"@failed"}), "V10"));
    std::string longer = "In the runs {@failed} failed";
    for (int i = 0; i < 45; ++i) longer += " and";
    BOOST_TEST(refuses(item(longer + ".", {"@failed"}), "V10"));
    const auto one = item("In the dataset batch runs, {@failed} failed.", {"@failed"});
    const auto all = assay::narrative::verify_items({one, one}, sample().table);
    BOOST_REQUIRE(all.size() == 1);
    BOOST_TEST(all[0].rule == "V10");
    BOOST_TEST(all[0].item == 1);
}

BOOST_AUTO_TEST_SUITE_END()

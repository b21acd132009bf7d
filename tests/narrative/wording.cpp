#include "llm-summary/wording.hpp"
#include "llm-summary/vocabulary.hpp"
#include <boost/test/unit_test.hpp>

using namespace assay::narrative;

BOOST_AUTO_TEST_SUITE(narrative_wording)

BOOST_AUTO_TEST_CASE(names_lose_control_characters_and_what_is_beyond_80) {
    BOOST_TEST(clean_name("a\x1b[31mb\nc") == "a [31mb c");
    BOOST_TEST(clean_name(std::string(100, 'x')) == std::string(79, 'x') + "…");
    BOOST_TEST(clean_name(std::string(80, 'x')) == std::string(80, 'x'));
    BOOST_TEST(clean_name("a\xE2\x80\xAE"
                          "b\xFF") == "a b");
    BOOST_TEST(prompt_name("`<|x|>` {F1} [y] “z”") == "'(|x|)' (F1) (y) 'z'");
}

BOOST_AUTO_TEST_CASE(units_read_as_people_write_them) {
    BOOST_TEST(unit_text("{token}/s") == "tokens/s");
    BOOST_TEST(unit_text("MBy") == "MB");
    BOOST_TEST(unit_text("ms/{req}") == "ms/req");
    BOOST_TEST(with_unit("5.4 %", "%") == "5.4 %");
    BOOST_TEST(with_unit("12", "") == "12");
}

BOOST_AUTO_TEST_CASE(metrics_have_labels) {
    BOOST_TEST(metric_label("tokens_s", "{token}/s") == "token rate");
    BOOST_TEST(metric_label("mean_ttft_s", "s") == "time to first token");
    BOOST_TEST(metric_label("a.load_s", "s") == "load time");
    BOOST_TEST(metric_label("accuracy", "") == "accuracy");
}

BOOST_AUTO_TEST_CASE(lists_end_in_and) {
    BOOST_TEST(listed({"a"}) == "a");
    BOOST_TEST(listed({"a", "b", "c"}) == "a, b and c");
    BOOST_TEST(listed({"a", "b", "c", "d"}, 2) == "a, b and 2 more");
    BOOST_TEST(listed({"a", "b", "c"}, 2) == "a, b and c");
}

BOOST_AUTO_TEST_CASE(no_word_is_plain_that_counts_claims_negates_or_guesses) {
    for (const char* word :
         {"seconds", "second", "first", "nine", "most", "faster", "not", "likely", "we", "should", "mistral"})
        BOOST_TEST((!is_plain_word(word) || claim_of_word(word) != Claiming::none), word);
    for (const char* word : {"measured", "stopped", "copies", "rates", "recorded", "directly"})
        BOOST_TEST(is_plain_word(word), word);
}

BOOST_AUTO_TEST_SUITE_END()

// Numbers in text: each kind, with value, precision, unit and what stands around it.
#include "claims/document.hpp"
#include "claims/quantity.hpp"
#include "claims/words.hpp"
#include <boost/test/unit_test.hpp>

using namespace assay::claims;

namespace {

std::vector<Quantity> found(std::string_view text) { return quantities(plain(text).text); }

Quantity only(std::string_view text) {
    const auto all = found(text);
    BOOST_REQUIRE_EQUAL(all.size(), 1U);
    return all.front();
}

} // namespace

BOOST_AUTO_TEST_SUITE(extraction)

BOOST_AUTO_TEST_CASE(a_number_keeps_its_last_digit_and_its_unit) {
    const Quantity q = only("Mean: 102.850 tokens/second.");
    BOOST_TEST(q.value == 102.85);
    BOOST_TEST(q.step == 0.001, boost::test_tools::tolerance(1e-12));
    BOOST_TEST(q.digits == 6);
    BOOST_TEST((q.unit.measure == Measure::rate));
    BOOST_TEST(q.unit.noun == "token");
}

BOOST_AUTO_TEST_CASE(grouping_exponents_and_multipliers_are_read) {
    BOOST_TEST(only("3,503 characters").value == 3503);
    BOOST_TEST(only("about 1.5e-3 s").value == 0.0015);
    BOOST_TEST(only("a window of 32K tokens").value == 32000);
    BOOST_TEST(only("a window of 32K tokens").step == 1000);
}

BOOST_AUTO_TEST_CASE(units_convert_and_binary_ones_are_told_from_decimal_ones) {
    BOOST_TEST(only("913.60 ms").unit.scale == 0.001);
    BOOST_TEST(only("5.3 GB").unit.decimal);
    BOOST_TEST(!only("4846 MiB").unit.decimal);
    BOOST_TEST((only("52\xC2\xB0"
                     "C")
                    .unit.measure == Measure::temperature));
    BOOST_TEST((only("2.1x faster").unit.measure == Measure::ratio));
    BOOST_TEST((only("33% average").unit.measure == Measure::percent));
    BOOST_TEST(found("3 hours 15 minutes")[0].value == 3.25);
}

BOOST_AUTO_TEST_CASE(signs_bounds_and_approximations_are_marks_of_the_number) {
    BOOST_TEST(only("~0.12s").about);
    BOOST_TEST(only("about 50 files").about);
    BOOST_TEST(only("<2% loss").bound == '<');
    BOOST_TEST(only("at least 6 runs").bound == '>');
    BOOST_TEST(only("102+ tokens/s").bound == '>');
    BOOST_TEST(only("\xE2\x89\xA4 5 ms").bound == '<');
    const Quantity change = only("-30% smaller");
    BOOST_TEST(change.signed_);
    BOOST_TEST(change.value == -30);
}

BOOST_AUTO_TEST_CASE(a_range_is_two_numbers_of_one_unit) {
    const auto range = found("All achieved 102\xE2\x80\x93"
                             "104 tokens/second");
    BOOST_REQUIRE_EQUAL(range.size(), 2U);
    BOOST_TEST(range[0].high == 1U);
    BOOST_TEST(range[1].low == 0U);
    BOOST_TEST((range[0].unit.measure == Measure::rate));
}

BOOST_AUTO_TEST_CASE(the_ends_of_a_range_in_words_are_claims_of_their_own) {
    for (const char* text : {"between 4 and 6 ms", "from 4 to 6 ms"}) {
        const auto both = found(text);
        BOOST_REQUIRE_EQUAL(both.size(), 2U);
        BOOST_TEST(both[0].edge == -1);
        BOOST_TEST(both[1].edge == 1);
        BOOST_TEST((both[0].unit.measure == Measure::time));
    }
}

BOOST_AUTO_TEST_CASE(a_list_shares_the_unit_behind_its_last_number) {
    const auto all = found("70.7 / 73.4 / 80.6 ms");
    BOOST_REQUIRE_EQUAL(all.size(), 3U);
    BOOST_TEST((all[0].unit.measure == Measure::time));
    BOOST_TEST((found("5 runs, 20 ms")[0].unit.measure == Measure::none));
}

BOOST_AUTO_TEST_CASE(a_day_of_a_month_is_a_date_without_a_year) {
    for (const char* text : {"On 8 October we", "on October 8 we"}) {
        const auto date = found(text);
        BOOST_REQUIRE_EQUAL(date.size(), 1U);
        BOOST_TEST((date[0].kind == Kind::date));
        BOOST_TEST(date[0].value == 1008);
    }
    BOOST_TEST(found("on 31.10.2025")[0].day == found("on 10/31/2025")[0].day);
}

BOOST_AUTO_TEST_CASE(two_compared_numbers_share_the_unit_behind_the_second) {
    BOOST_TEST((found("102.85 vs 76.59 tok/s")[0].unit.measure == Measure::rate));
}

BOOST_AUTO_TEST_CASE(k_of_n_belongs_together) {
    const auto both = found("75 of 100 runs failed");
    BOOST_REQUIRE_EQUAL(both.size(), 2U);
    BOOST_TEST(both[0].of == 1U);
    BOOST_TEST(both[0].noun == "runs");
}

BOOST_AUTO_TEST_CASE(dates_are_days_months_or_years) {
    BOOST_TEST((only("2025-10-08").kind == Kind::date));
    BOOST_TEST(only("2025-10-08").day == 20369);
    BOOST_TEST(only("October 8, 2025").day == 20369);
    BOOST_TEST(only("8 October 2025").day == 20369);
    BOOST_TEST(only("2025-10-08T19:18:24+00:00").day == 20369);
    BOOST_TEST(only("in November 2025").day_span == 31);
    BOOST_TEST((only("at 20:15:45").kind == Kind::clock));
}

BOOST_AUTO_TEST_CASE(small_numbers_are_read_in_words_too) {
    const Quantity five = only("all five prompts");
    BOOST_TEST(five.value == 5);
    BOOST_TEST(five.spelled);
    BOOST_TEST(five.noun == "prompts");
    for (const char* none : {"two thirds of them", "twenty-five rows", "seven hundred rows", "often", "one of these"})
        BOOST_TEST(found(none).empty(), none);
}

BOOST_AUTO_TEST_CASE(a_deviation_stands_behind_its_sign_and_degrees_before_their_letter) {
    const auto all = found("10.2 ms ± 0.3 ms");
    BOOST_REQUIRE_EQUAL(all.size(), 2U);
    BOOST_TEST(all[1].value == 0.3);
    BOOST_TEST(plain("10.2 ± 0.3").text.find("sd") != std::string::npos);
    BOOST_TEST((only("at 48 °C there").unit.measure == Measure::temperature));
    BOOST_TEST((only("2 C there").unit.measure == Measure::none));
}

BOOST_AUTO_TEST_CASE(a_month_is_of_one_date) {
    const auto all = found("On 2 October, 5 runs were made");
    BOOST_REQUIRE_EQUAL(all.size(), 2U);
    BOOST_TEST((all[0].kind == Kind::date));
    BOOST_TEST((all[1].kind == Kind::number));
    BOOST_TEST(all[1].value == 5);
}

BOOST_AUTO_TEST_CASE(versions_and_ordinals_are_no_quantities) {
    BOOST_TEST((only("Python 3.12.3").kind == Kind::version));
    BOOST_TEST((only("13th Gen").kind == Kind::ordinal));
}

BOOST_AUTO_TEST_CASE(digits_in_names_are_no_numbers) {
    for (const char* name : {"q4_0", "llama3.1:8b-instruct-q5_K_M", "i9-13980HX", "reports/x/20251002-151824/a.csv",
                             "results[2]", "http://localhost:11434", "gemma3"}) {
        std::size_t numbers = 0;
        for (const auto& q : found(name)) numbers += q.kind == Kind::name ? 0 : 1;
        BOOST_TEST(numbers == 0U, name);
    }
}

BOOST_AUTO_TEST_CASE(a_number_past_all_bounds_is_passed_over) {
    const auto all = found("a " + std::string(400, '9') + " b 1e999 c");
    for (const auto& q : all) BOOST_TEST((q.kind == Kind::name));
}

BOOST_AUTO_TEST_CASE(a_document_gives_claims_with_line_and_surroundings) {
    const Document document = read_document({{"heading", "Results ## Baseline", "", "", 1, 1},
                                             {"paragraph", "The mean is 5 ms.\nLoad: 2-3 s", "", "", 0, 3},
                                             {"table", "tag | ttft", "table-1", "", 0, 6},
                                             {"row", "q4\t0.50", "table-1", "", 0, 8}});
    BOOST_REQUIRE_EQUAL(document.claims.size(), 3U);
    BOOST_TEST(document.claims[0].line == 3U);
    BOOST_TEST(document.claims[1].line == 4U);
    BOOST_TEST(document.claims[1].text == "2-3 s");
    BOOST_TEST(document.claims[1].high.has_value());
    BOOST_TEST(document.claims[2].text == "0.50");
    const Statement& row = document.statements[document.claims[2].statement];
    BOOST_TEST((*row.columns)[1] == "ttft");
    BOOST_TEST(row.headings->back() == "Baseline");
}

BOOST_AUTO_TEST_CASE(statements_share_what_stands_around_them) {
    std::vector<KeptNode> nodes{{"heading", std::string(100'000, 'h'), "", "", 1, 1},
                                {"paragraph", std::string(100'000, 'l'), "", "", 0, 3},
                                {"table", "tag | " + std::string(100'000, 'c'), "table-1", "", 0, 5}};
    for (std::uint64_t line = 7; line < 1007; ++line)
        nodes.push_back({"row", (line == 7 ? std::string(100'000, 'f') : std::string{}) + "\t1.5", "t", "", 0, line});
    const Document document = read_document(nodes);
    const Statement &first = document.statements[document.claims.front().statement],
                    &last = document.statements[document.claims.back().statement];
    BOOST_TEST(document.claims.size() == 1000U);
    BOOST_TEST(first.headings == last.headings);
    BOOST_TEST(first.columns == last.columns);
    BOOST_TEST(first.lead == last.lead);
    for (const std::string& around : {last.headings->back(), *last.lead, last.columns->back(), last.first})
        BOOST_TEST(around.size() == Statement::longest_around);
}

BOOST_AUTO_TEST_CASE(a_long_sentence_is_cut_at_a_blank_and_keeps_its_lines) {
    std::string text;
    for (int i = 0; i < 1000; ++i) text += "number " + std::to_string(1000 + i) + (i % 10 == 9 ? "\n" : " ");
    const Document document = read_document({{"paragraph", text, "", "", 0, 1}});
    BOOST_REQUIRE_EQUAL(document.claims.size(), 1000U);
    for (std::size_t i = 0; i < 1000; ++i) {
        BOOST_TEST(document.claims[i].quantity.value == 1000 + static_cast<double>(i));
        BOOST_TEST(document.claims[i].line == 1 + i / 10);
    }
    for (const Statement& s : document.statements) BOOST_TEST(s.text.size() <= Statement::longest);
}

BOOST_AUTO_TEST_CASE(a_long_cell_is_read_as_text) {
    std::string cell;
    for (int i = 0; i < 1000; ++i) cell += "number " + std::to_string(1000 + i) + " ";
    const Document document = read_document(
        {{"table", "tag | text | n", "table-1", "", 0, 1}, {"row", "a\t" + cell + "\t7", "table-1", "", 0, 3}});
    BOOST_TEST(document.claims.size() == 1001U);
    for (const Statement& s : document.statements) BOOST_TEST(s.text.size() < 2 * Statement::longest + 3);
}

BOOST_AUTO_TEST_CASE(words_meet_whatever_their_form) {
    BOOST_TEST(holds(concepts("Mean TTFT (warm)"), "ttft"));
    BOOST_TEST(holds(concepts("Time-to-First-Token"), "ttft"));
    BOOST_TEST(holds(concepts("throughput"), "rate"));
    BOOST_TEST(holds(concepts("tokens_s"), "rate"));
    BOOST_TEST(alike("param", "parameter"));
    BOOST_TEST(alike("ctx", "context"));
    BOOST_TEST(!alike("mode", "model"));
    BOOST_TEST(mentions("gemma3:1b-it-qat").count("1b") == 1U);
    BOOST_TEST(mentions("llama3.1").count("llama3") == 0U);
}

BOOST_AUTO_TEST_SUITE_END()

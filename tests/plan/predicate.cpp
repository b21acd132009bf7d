#include "plan/predicate.hpp"
#include "plan/batch.hpp"
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

using namespace assay::plan;
using assay::test::Batch;
using assay::test::Cells;
namespace data = boost::unit_test::data;

namespace {

/// Rows with error '', 'timeout' and missing; n 1, 2 and missing.
std::string rows(const std::string& condition) {
    const auto parsed = parse_predicate(condition);
    BOOST_REQUIRE(std::holds_alternative<Predicate>(parsed));
    const Batch batch{{Cells{"fine", "timeout", std::nullopt}, Cells{"1", "2", std::nullopt}}};
    const std::vector<NamedColumn> columns{{"error", batch.column(0)}, {"n", batch.column(1)}};
    std::string out;
    for (const auto held : holds(std::get<Predicate>(parsed), columns, 3)) out += held ? '1' : '0';
    return out;
}

std::size_t offset(const std::string& condition) {
    const auto parsed = parse_predicate(condition);
    BOOST_REQUIRE(std::holds_alternative<PredicateError>(parsed));
    BOOST_TEST(std::get<PredicateError>(parsed).message != "");
    return std::get<PredicateError>(parsed).offset;
}

bool is_failure(const std::string& word) {
    const Batch batch{{Cells{word}}};
    const auto predicate = std::get<Predicate>(parse_predicate("state in failures"));
    return holds(predicate, std::vector<NamedColumn>{{"state", batch.column(0)}}, 1).front() != 0;
}

bool parses(const std::string& condition) { return std::holds_alternative<Predicate>(parse_predicate(condition)); }

} // namespace

BOOST_AUTO_TEST_CASE(comparisons_hold_where_they_are_true) {
    BOOST_TEST(rows("error == 'timeout'") == "010");
    BOOST_TEST(rows("error = \"timeout\"") == "010");
    BOOST_TEST(rows("n >= 2") == "010");
    BOOST_TEST(rows("n < 1.5") == "100");
    BOOST_TEST(rows("n <= 1 or n > 1") == "110");
    BOOST_TEST(rows("`n` != 1") == "010");
}

BOOST_AUTO_TEST_CASE(in_takes_words_in_any_case_and_however_they_are_joined) {
    BOOST_TEST(rows("error in ('FINE', 'other')") == "100");
    BOOST_TEST(rows("error in ( 'x','Timeout' )") == "010");
    BOOST_TEST(rows("not error in ('fine')") == "010");
    BOOST_TEST(rows("error in ('fine', '')") == "101");
    BOOST_TEST(rows("error in failures") == "010");
    BOOST_TEST(rows("n in (2, 3) or n in (1)") == "110");
    BOOST_TEST(offset("error in 'x'") == 9U);
    BOOST_TEST(offset("error in ('x'") == 13U);
    BOOST_TEST(offset("error in ()") == 10U);
}

BOOST_AUTO_TEST_CASE(failures_are_known_by_the_words_of_many_tools) {
    for (const auto* word : {"Failed", "FAILED", "TIMEOUT", "Timed out", "OUT_OF_MEMORY", "OOM", "CANCELLED", "Error"})
        BOOST_TEST(is_failure(word));
    for (const auto* word : {"ok", "COMPLETED", "Success", "running", "failed over"}) BOOST_TEST(!is_failure(word));
}

BOOST_AUTO_TEST_CASE(a_missing_cell_is_neither_true_nor_false) {
    BOOST_TEST(rows("n == 1") == "100");
    BOOST_TEST(rows("not n == 1") == "010");
    BOOST_TEST(rows("n == 1 or error == null") == "101");
    BOOST_TEST(rows("n == 1 and error == null") == "000");
    BOOST_TEST(rows("not (n == 1 and error != null)") == "011");
    BOOST_TEST(rows("not (n == 1 or error != null)") == "000");
}

BOOST_AUTO_TEST_CASE(a_missing_cell_is_null_and_empty_text) {
    BOOST_TEST(rows("error == null") == "001");
    BOOST_TEST(rows("error != null") == "110");
    BOOST_TEST(rows("error == ''") == "001");
    BOOST_TEST(rows("error != ''") == "110");
}

BOOST_AUTO_TEST_CASE(a_column_that_a_table_lacks_makes_no_row_fail) {
    BOOST_TEST(rows("nosuch == 1") == "000");
    BOOST_TEST(rows("not nosuch == 1") == "000");
    BOOST_TEST(rows("nosuch != ''") == "000");
    BOOST_TEST(rows("nosuch == 1 or n == 1") == "100");
}

BOOST_AUTO_TEST_CASE(and_binds_closer_than_or) {
    BOOST_TEST(rows("n == 1 or n == 2 and error == 'fine'") == "100");
    BOOST_TEST(rows("(n == 1 or n == 2) and error == 'timeout'") == "010");
    BOOST_TEST(rows("n == 1 || n == 2 && !error == 'fine'") == "110");
}

BOOST_AUTO_TEST_CASE(names_may_hold_dots_and_anything_between_backquotes) {
    const auto parsed = parse_predicate("a.b_c == 1 and `Exit Code (all)` >= 1 and a.b_c != 7");
    BOOST_REQUIRE(std::holds_alternative<Predicate>(parsed));
    const std::vector<std::string> expected{"a.b_c", "Exit Code (all)"};
    BOOST_TEST(std::get<Predicate>(parsed).columns() == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(an_error_says_where) {
    BOOST_TEST(offset("") == 0U);
    BOOST_TEST(offset("error !! ''") == 6U);
    BOOST_TEST(offset("error == ") == 9U);
    BOOST_TEST(offset("error == 'open") == 9U);
    BOOST_TEST(offset("n == 1 n == 2") == 7U);
    BOOST_TEST(offset("(n == 1") == 7U);
    BOOST_TEST(offset("n == 1 and ") == 11U);
    BOOST_TEST(offset("n == word") == 5U);
    BOOST_TEST(offset("== 1") == 0U);
    BOOST_TEST(offset("`open == 1") == 1U);
}

BOOST_AUTO_TEST_CASE(deep_nesting_is_refused_not_a_crash) {
    const auto nested = [](std::size_t depth) { return std::string(depth, '(') + "n == 1" + std::string(depth, ')'); };
    BOOST_TEST(parses(nested(50)));
    BOOST_TEST(!parses(nested(200'000)));
    std::string nots;
    for (int i = 0; i < 100'000; ++i) nots += "not ";
    BOOST_TEST(!parses(nots + "n == 1"));
}

BOOST_AUTO_TEST_CASE(long_conditions_of_one_level_are_taken) {
    std::string text = "n == 0";
    for (int i = 1; i < 2000; ++i) text += " or n == " + std::to_string(i);
    BOOST_TEST(parses(text));
    BOOST_TEST(rows(text) == "110");
}

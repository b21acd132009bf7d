// Tables of plain text in blocks of code.
#include "claims/preformatted.hpp"
#include "claims/document.hpp"
#include <boost/test/unit_test.hpp>

using namespace assay::claims;

namespace {

const std::string printed = "model      mean latency (ms)    runs\n"
                            "---------------------------------------\n"
                            "alpha      170.0                12\n"
                            "beta       270.5                12\n";

std::vector<Claim> claims_in(const std::string& language, bool fenced) {
    return read_document(
               {{"heading", "Study", "", "", 1, 1}, {"code", printed, language, "", fenced ? 1 : 0, fenced ? 4U : 5U}})
        .claims;
}

} // namespace

BOOST_AUTO_TEST_SUITE(preformatted)

BOOST_AUTO_TEST_CASE(columns_that_stand_below_each_other_are_a_table) {
    const auto rows = preformatted_table(printed);
    BOOST_REQUIRE_EQUAL(rows.size(), 3U);
    BOOST_TEST(rows[0].cells.at(1) == "mean latency (ms)");
    BOOST_TEST(rows[2].cells.at(0) == "beta");
    BOOST_TEST(rows[2].line == 3U);
    BOOST_TEST(preformatted_table("| name | ms |\n|---|---|\n| a | 1 |\n| b | 2 |\n").size() == 3U);
}

BOOST_AUTO_TEST_CASE(what_is_no_table_gives_none) {
    BOOST_TEST(preformatted_table("").empty());
    BOOST_TEST(preformatted_table("one  two\n1  2\n").empty());                    // one row
    BOOST_TEST(preformatted_table("one  two\n1  2\n3  4  5\n").empty());           // ragged
    BOOST_TEST(preformatted_table("1  2\n3  4\n5  6\n").empty());                  // no names
    BOOST_TEST(preformatted_table("if x  then\n  return\n  go  on\n").empty());    // no numbers
    BOOST_TEST(preformatted_table("alpha beta\n170 12\n270 12\n").empty());        // one blank
    BOOST_TEST(preformatted_table(std::string(1U << 20U, '\n') + "a  b").empty()); // one line
}

BOOST_AUTO_TEST_CASE(numbers_of_a_printed_table_stand_in_their_lines) {
    for (const bool fenced : {false, true}) {
        const auto claims = claims_in(fenced ? "text" : "", fenced);
        BOOST_REQUIRE_EQUAL(claims.size(), 4U);
        BOOST_TEST(claims[0].text == "170.0");
        BOOST_TEST(claims[0].line == 7U);
        BOOST_TEST(claims[3].line == 8U);
    }
}

BOOST_AUTO_TEST_CASE(examples_of_what_is_to_be_are_passed_over) {
    const Document document =
        read_document({{"paragraph", "Planned output format:", "", "", 0, 1}, {"code", printed, "", "", 1, 3}});
    BOOST_TEST(document.claims.empty());
}

BOOST_AUTO_TEST_CASE(programs_are_passed_over) { BOOST_TEST(claims_in("python", true).empty()); }

BOOST_AUTO_TEST_SUITE_END()

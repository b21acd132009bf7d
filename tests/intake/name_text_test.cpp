#include <intake/name_text.hpp>

#include <boost/test/unit_test.hpp>

#include <set>

using namespace assay::intake;
using namespace std::string_literals;

BOOST_AUTO_TEST_SUITE(name_text)

BOOST_AUTO_TEST_CASE(ordinary_names_stay_as_they_are) {
    BOOST_TEST(printable("reports/gemma3 (1b)/r\xC3\xA9sum\xC3\xA9.csv") ==
               "reports/gemma3 (1b)/r\xC3\xA9sum\xC3\xA9.csv");
    BOOST_TEST(printable("\xF0\x9F\x9A\x80") == "\xF0\x9F\x9A\x80");
}

BOOST_AUTO_TEST_CASE(what_a_terminal_would_obey_is_escaped) {
    BOOST_TEST(printable("a\nb") == "a\\x0Ab");
    BOOST_TEST(printable("\x1b[31mred") == "\\x1B[31mred");
    BOOST_TEST(printable("a\x7f") == "a\\x7F");
    BOOST_TEST(printable("a\xC2\x9B") == "a\\xC2\\x9B");          // U+009B, control sequence introducer
    BOOST_TEST(printable("a\xE2\x80\xAE") == "a\\xE2\\x80\\xAE"); // U+202E, right to left
}

BOOST_AUTO_TEST_CASE(bytes_that_are_not_utf8_are_escaped_one_by_one) {
    BOOST_TEST(printable("a\xFF.csv") == "a\\xFF.csv");
    BOOST_TEST(printable("\xC3(") == "\\xC3(");
    BOOST_TEST(printable("\xE2\x82") == "\\xE2\\x82");                   // cut short
    BOOST_TEST(printable("\xC0\xAF") == "\\xC0\\xAF");                   // overlong
    BOOST_TEST(printable("\xE0\x80\xAF") == "\\xE0\\x80\\xAF");          // overlong
    BOOST_TEST(printable("\xED\xA0\x80") == "\\xED\\xA0\\x80");          // surrogate
    BOOST_TEST(printable("\xF4\x90\x80\x80") == "\\xF4\\x90\\x80\\x80"); // beyond U+10FFFF
}

BOOST_AUTO_TEST_CASE(different_names_stay_different) {
    BOOST_TEST(printable("a\\xFF") == "a\\x5CxFF");
    std::set<std::string> seen;
    std::size_t names = 0;
    const std::string bytes = "\\x0AF\n\xC3\xA9\xFF";
    for (const char a : bytes) {
        for (const char b : bytes) {
            for (const char c : bytes) {
                seen.insert(printable(std::string{a, b, c}));
                ++names;
            }
        }
    }
    BOOST_TEST(seen.size() == names);
}

BOOST_AUTO_TEST_SUITE_END()

#include <assay/stats/display.hpp>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <limits>

using namespace assay::stats;

BOOST_AUTO_TEST_SUITE(displays)

BOOST_AUTO_TEST_CASE(four_digits_unless_more_stand_before_the_point) {
    BOOST_TEST(display(76.8834) == "76.88");
    BOOST_TEST(display(0.5) == "0.5");
    BOOST_TEST(display(3.14159265e-3) == "0.003142");
    BOOST_TEST(display(123456.7) == "123457");
    BOOST_TEST(display(9.99996) == "10");
    BOOST_TEST(display(999.96) == "1000");
    BOOST_TEST(display(-2.50004) == "-2.5");
}

BOOST_AUTO_TEST_CASE(whole_numbers_are_written_in_full) {
    BOOST_TEST(display(0.0) == "0");
    BOOST_TEST(display(-0.0) == "0");
    BOOST_TEST(display(1'000'000) == "1000000");
    BOOST_TEST(display(12'884'901'888) == "12884901888");
}

BOOST_AUTO_TEST_CASE(exponents_only_far_from_one) {
    BOOST_TEST(display(1e-4) == "0.0001");
    BOOST_TEST(display(3.14159e-5) == "3.142e-05");
    BOOST_TEST(display(1.5e-7) == "1.5e-07");
    BOOST_TEST(display(2e-9) == "2e-09");
    BOOST_TEST(display(987654321.5) == "987654322");
    BOOST_TEST(display(6.02214076e23) == "6.022e+23");
}

BOOST_AUTO_TEST_CASE(the_interval_decides_how_many_digits) {
    BOOST_TEST(display(76.8834, 0.2149) == "76.88");
    BOOST_TEST(display(76.8834, 2.149) == "76.9");
    BOOST_TEST(display(76.8834, 21.49) == "77");
    BOOST_TEST(display(76.8834, 214.9) == "80");
    BOOST_TEST(display(76.8834, 2149) == "100");
    BOOST_TEST(display(26.8834, 2149) == "0");
    BOOST_TEST(display(56789, 1234) == "56800");
    BOOST_TEST(display(5, 0.012) == "5.000");
    BOOST_TEST(display(76.8834, 0.0996) == "76.88"); // 0.0996 is 0.10
    BOOST_TEST(display(-0.001, 0.21) == "0.00");
    BOOST_TEST(display(0.0, 0.21) == "0.00");
    BOOST_TEST(display(1.23456e-6, 3.4e-8) == "1.235e-06");
    BOOST_TEST(display(76.8834, 0) == "76.88");
    BOOST_TEST(display(76.8834, std::numeric_limits<double>::quiet_NaN()) == "76.88");
}

BOOST_AUTO_TEST_CASE(a_half_width_has_two_digits) {
    BOOST_TEST(display_half_width(0.2149) == "0.21");
    BOOST_TEST(display_half_width(0.0996) == "0.10");
    BOOST_TEST(display_half_width(21.49) == "21");
    BOOST_TEST(display_half_width(1234) == "1200");
    BOOST_TEST(display_half_width(3.44e-8) == "3.4e-08");
}

BOOST_AUTO_TEST_CASE(any_double_has_a_text) {
    BOOST_TEST(display(std::nan("")) == "nan");
    BOOST_TEST(display(-std::numeric_limits<double>::infinity()) == "-inf");
    BOOST_TEST(display(std::numeric_limits<double>::max()) == "1.798e+308");
    BOOST_TEST(display(std::numeric_limits<double>::denorm_min()) == "4.941e-324");
    BOOST_TEST(!display(1e300, 1e-300).empty());
    BOOST_TEST(!display(1e-300, 1e300).empty());
}

BOOST_AUTO_TEST_SUITE_END()

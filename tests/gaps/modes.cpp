// Modes of distributions; the coefficient against scipy 1.10.
#include "gaps/modes.hpp"
#include <boost/test/unit_test.hpp>
#include <vector>

using namespace assay::gaps;

namespace {

/// n values from `from` on, evenly spread over `width`.
std::vector<double> spread(std::size_t n, double from, double width) {
    std::vector<double> out;
    for (std::size_t i = 0; i < n; ++i)
        out.push_back(from + width * static_cast<double>(i) / static_cast<double>(n - 1));
    return out;
}

std::vector<double> joined(std::vector<double> a, const std::vector<double>& b) {
    a.insert(a.end(), b.begin(), b.end());
    return a;
}

} // namespace

BOOST_AUTO_TEST_SUITE(gaps_modes, *boost::unit_test::tolerance(1e-12))

// g, k = scipy.stats.skew(x, bias=False), scipy.stats.kurtosis(x, bias=False);
// (g*g + 1) / (k + 3*(n-1)**2/((n-2)*(n-3)))
BOOST_AUTO_TEST_CASE(the_bimodality_coefficient_is_of_sample_skewness_and_kurtosis) {
    BOOST_TEST(bimodality(std::vector<double>{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}).value() == 0.3185437997724687);
    BOOST_TEST(bimodality(std::vector<double>{1, 1.1, 1.2, 1.3, 9, 9.1, 9.2, 9.4}).value() == 0.4741495829170206);
    BOOST_TEST(bimodality(std::vector<double>{1, 2, 2, 3, 3, 3, 4, 4, 5, 20}).value() == 0.716894974176484);
    BOOST_TEST(!bimodality(std::vector<double>{1, 2, 3}).has_value());
    BOOST_TEST(!bimodality(std::vector<double>{2, 2, 2, 2}).has_value());
}

BOOST_AUTO_TEST_CASE(two_groups_with_nothing_between_them_are_two_modes) {
    const auto found = two_modes(joined(spread(31, 10, 0.4), spread(9, 14, 0.6)), 0.555);
    BOOST_REQUIRE(found.has_value());
    BOOST_TEST(found->n_low == 31U);
    BOOST_TEST(found->low == 10.2);
    BOOST_TEST(found->high == 14.3);
    BOOST_TEST(found->between[0] == 10.4);
    BOOST_TEST(found->between[1] == 14.0);
}

BOOST_AUTO_TEST_CASE(one_group_few_outliers_and_two_values_are_no_modes) {
    BOOST_TEST(!two_modes(spread(40, 10, 5), 0.555).has_value());
    BOOST_TEST(!two_modes(joined(spread(38, 10, 0.4), spread(2, 14, 0.1)), 0.555).has_value());
    BOOST_TEST(!two_modes(joined(std::vector<double>(20, 10), std::vector<double>(20, 14)), 0.555).has_value());
    // Adjacent ticks of a timer: nothing can lie between them.
    BOOST_TEST(!two_modes(joined(std::vector<double>{19, 19, 20, 20, 20, 20, 20, 20, 20, 20, 20, 20},
                                 std::vector<double>{21, 21, 21, 21, 21, 21, 21, 21, 21, 21, 22, 22}),
                          0.1)
                    .has_value());
    BOOST_TEST(!two_modes(joined(spread(27, 10, 0.4), spread(3, 14, 0.1)), 0.555).has_value()); // three of thirty
    // The gap is there, and nobody would act on it.
    BOOST_TEST(!two_modes(joined(spread(20, 10, 0.01), spread(20, 10.1, 0.01)), 0.555).has_value());
    BOOST_TEST(!two_modes(std::vector<double>{1, 2, 9}, 0.555).has_value());
}

BOOST_AUTO_TEST_SUITE_END()

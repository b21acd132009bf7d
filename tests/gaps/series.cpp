// Statistics of series against scipy 1.10.
#include "gaps/series.hpp"
#include <boost/test/unit_test.hpp>

using namespace assay::gaps;

namespace {

const std::vector<double> rising{10.2, 10.1, 10.4, 10.3, 10.6, 10.5, 10.5, 10.8, 10.7, 11.0, 10.9, 11.2};
const std::vector<double> tied{5, 3, 5, 4, 5, 3, 6, 4, 5, 5, 4, 6, 5};

} // namespace

BOOST_AUTO_TEST_SUITE(gaps_series, *boost::unit_test::tolerance(1e-12))

// s = sum(sign(v[j]-v[i])); var = (n(n-1)(2n+5) - sum(c(c-1)(2c+5)))/18, c = np.unique counts;
// p = 2*scipy.stats.norm.sf((abs(s)-1)/sqrt(var))
BOOST_AUTO_TEST_CASE(mann_kendall_corrects_for_ties_and_continuity) {
    BOOST_TEST(mann_kendall(rising)->s == 53);
    BOOST_TEST(mann_kendall(rising)->p == 0.0003513195861587747);
    BOOST_TEST(mann_kendall(tied)->s == 16);
    BOOST_TEST(mann_kendall(tied)->p == 0.3274876822714159);
    BOOST_TEST(mann_kendall(std::vector<double>{1, 1, 1, 1, 1})->p == 1);
    BOOST_TEST(!mann_kendall(std::vector<double>{1, 2, 3}).has_value());
}

// scipy.stats.theilslopes(v, range(n))[0]
BOOST_AUTO_TEST_CASE(theil_sen_is_the_median_slope) {
    BOOST_TEST(theil_sen(rising).value() == 0.08888888888888886);
    BOOST_TEST(theil_sen(tied).value() == 0);
    BOOST_TEST(theil_sen(std::vector<double>{2.1, 3.9, 6.2, 7.8, 30, 12.1, 14.2, 15.8, 18.1, 20.2}).value() == 2.0);
    BOOST_TEST(!theil_sen(std::vector<double>{1}).has_value());
}

// d = x - x.mean(); (d[:-1]*d[1:]).sum()/(d*d).sum(); NumAcc1 of NIST StRD: -0.5, certified
BOOST_AUTO_TEST_CASE(autocorrelation_at_lag_one) {
    BOOST_TEST(lag1_autocorrelation(rising).value() == 0.5819672131147544);
    BOOST_TEST(lag1_autocorrelation(tied).value() == -0.5480769230769229);
    BOOST_TEST(lag1_autocorrelation(std::vector<double>{10000001, 10000003, 10000002}).value() == -0.5);
    BOOST_TEST(!lag1_autocorrelation(std::vector<double>{4, 4, 4}).has_value());
    BOOST_TEST(autocorrelation_p(0.5, 25) == 0.012419330651552265); // 2*norm.sf(.5*sqrt(25))
}

// scipy.stats.contingency.association(t, method='cramer')
BOOST_AUTO_TEST_CASE(cramers_v_of_a_table) {
    const Contingency table{{{0, 0}, 10}, {{0, 1}, 2}, {{0, 2}, 1}, {{1, 0}, 3}, {{1, 1}, 9}, {{1, 2}, 4}};
    BOOST_TEST(cramers_v(table).value() == 0.5818669291036463);
    BOOST_TEST(cramers_v({{{0, 0}, 12}, {{1, 1}, 12}, {{1, 2}, 12}}).value() == 1.0);
    BOOST_TEST(!cramers_v({{{0, 0}, 12}, {{1, 0}, 12}}).has_value());
}

// sum(hypergeom(36, 12, k).pmf(k) for each of the three levels)
BOOST_AUTO_TEST_CASE(the_chance_that_all_fall_on_one_level) {
    const std::vector<std::uint64_t> thirds{12, 12, 12};
    BOOST_TEST(chance_of_one_level(thirds, 8) == 4.907413465942552e-05);
    BOOST_TEST(chance_of_one_level(thirds, 3) == 0.09243697478991593);
    BOOST_TEST(chance_of_one_level(thirds, 13) == 0);
    BOOST_TEST(chance_of_one_level(thirds, 1) == 1);
}

BOOST_AUTO_TEST_SUITE_END()

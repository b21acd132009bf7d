#include <algorithm>
#include <assay/stats/quantile.hpp>
#include <boost/test/unit_test.hpp>
#include <vector>

using namespace assay::stats;
namespace tt = boost::test_tools;

BOOST_AUTO_TEST_SUITE(quantiles)

// x = [2.1, 3.9, 6.2, 7.8, 30, 12.1, 14.2, 15.8, 18.1, 20.2], numpy 1.24.2 and scipy 1.10.1
const std::vector<double> sorted{2.1, 3.9, 6.2, 7.8, 12.1, 14.2, 15.8, 18.1, 20.2, 30};

BOOST_AUTO_TEST_CASE(type_seven_agrees_with_numpy) {
    // numpy.percentile(x, [0, 5, 25, 50, 75, 90, 95, 99, 100])
    const std::vector<std::pair<double, double>> expected{{0, 2.1},
                                                          {0.05, 2.91},
                                                          {0.25, 6.6},
                                                          {0.5, 13.149999999999999},
                                                          {0.75, 17.525000000000002},
                                                          {0.9, 21.179999999999996},
                                                          {0.95, 25.58999999999999},
                                                          {0.99, 29.118000000000002},
                                                          {1, 30}};
    for (const auto& [p, value] : expected) BOOST_TEST(*quantile(sorted, p) == value, tt::tolerance(1e-14));
    BOOST_TEST(!quantile({}, 0.5));
    BOOST_TEST(!quantile(sorted, 1.01));
    BOOST_TEST(*quantile(std::vector<double>{4}, 0.99) == 4);
    BOOST_TEST(*median(std::vector<double>{-1.5e308, 1.5e308}) == 0);
}

BOOST_AUTO_TEST_CASE(robust_statistics_agree_with_scipy) {
    const auto close = tt::tolerance(1e-13);
    BOOST_TEST(*iqr(sorted) == 10.925, close);                        // scipy.stats.iqr(x)
    BOOST_TEST(*mad(sorted) == 6.15, close);                          // scipy.stats.median_abs_deviation(x)
    BOOST_TEST(*robust_sd(sorted) == 6.15 * 1.4826, close);           // the same, scaled
    BOOST_TEST(*robust_cv(sorted) == 6.15 * 1.4826 / 13.15, close);   // and over numpy.median(x)
    BOOST_TEST(*trimmed_mean(sorted) == 12.366666666666665, close);   // scipy.stats.trim_mean(x, .2)
    BOOST_TEST(*geometric_mean(sorted) == 10.166353798152848, close); // scipy.stats.gmean(x)
}

BOOST_AUTO_TEST_CASE(what_is_undefined_is_absent) {
    const std::vector<double> none, with_zero{0, 1, 2}, negative{-3, -2, -1};
    for (auto statistic : {median, iqr, mad, robust_sd, robust_cv, geometric_mean}) BOOST_TEST(!statistic(none));
    BOOST_TEST(!trimmed_mean(none));
    BOOST_TEST(!tukey_fences(none).has_value());
    BOOST_TEST(!modified_z(none).has_value());
    BOOST_TEST(!geometric_mean(with_zero));
    BOOST_TEST(!robust_cv(negative));
    BOOST_TEST(*trimmed_mean(with_zero, 0.4) == 1.0); // one value is left
    BOOST_TEST(!trimmed_mean(std::vector<double>{1, 2}, 0.5));
}

BOOST_AUTO_TEST_CASE(a_quantile_needs_observations_beyond_it) {
    BOOST_TEST(quantile_supported(100, 0.99));
    BOOST_TEST(!quantile_supported(99, 0.99));
    BOOST_TEST(quantile_supported(20, 0.05));
    BOOST_TEST(quantile_supported(20, 0.95));
    BOOST_TEST(!quantile_supported(19, 0.05));
    BOOST_TEST(quantile_supported(2, 0.5));
    BOOST_TEST(!quantile_supported(1, 0.5));
}

BOOST_AUTO_TEST_CASE(tukey_counts_mild_and_severe_outliers) {
    // Quartiles 10 and 20 (type 7): fences -20, -5, 35, 50; a value on a fence is inside it.
    const std::vector<double> values{-21, -20, -5, 10, 10, 10, 15, 20, 20, 20, 35, 36, 51};
    const auto fences = *tukey_fences(values);
    BOOST_TEST(fences.severe_low == -20);
    BOOST_TEST(fences.mild_low == -5);
    BOOST_TEST(fences.mild_high == 35);
    BOOST_TEST(fences.severe_high == 50);
    const auto counts = *tukey_outliers(values);
    BOOST_TEST(counts.severe_low == 1U);
    BOOST_TEST(counts.mild_low == 1U);
    BOOST_TEST(counts.mild_high == 1U);
    BOOST_TEST(counts.severe_high == 1U);
    BOOST_TEST(counts.total() == 4U);
}

BOOST_AUTO_TEST_CASE(modified_z_finds_the_odd_one) {
    // 0.6745 * (30 - 13.15) / 6.15
    const auto z = *modified_z(sorted);
    BOOST_TEST(!z.fallback);
    BOOST_TEST(z.z(30) == 1.8480203252032523, tt::tolerance(1e-13));
    BOOST_TEST(count_outliers(sorted, z) == 0U);
    const std::vector<double> odd{1, 2, 2, 3, 3, 3, 4, 4, 90};
    BOOST_TEST(count_outliers(odd, *modified_z(odd)) == 1U);
}

BOOST_AUTO_TEST_CASE(modified_z_falls_back_where_the_mad_is_zero) {
    const std::vector<double> mostly{5, 5, 5, 5, 5, 5, 5, 5, 5, 9};
    const auto z = *modified_z(mostly);
    BOOST_TEST(z.fallback);
    BOOST_TEST(z.z(9) == 4 / (1.2533 * 0.4), tt::tolerance(1e-14));
    BOOST_TEST(count_outliers(mostly, z) == 1U);
    const std::vector<double> equal(6, 2.5);
    BOOST_TEST(count_outliers(equal, *modified_z(equal)) == 0U);
}

BOOST_AUTO_TEST_SUITE_END()

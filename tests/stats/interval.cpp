#include <assay/stats/interval.hpp>
#include <boost/test/unit_test.hpp>
#include <vector>

using namespace assay::stats;
namespace tt = boost::test_tools;

BOOST_AUTO_TEST_SUITE(intervals)

struct Expected {
    std::uint64_t n;
    double p, confidence;
    std::uint64_t lo, hi; // order statistics, from 1
    double attained;
};

void check(const Expected& e) {
    BOOST_TEST_CONTEXT("n " << e.n << " p " << e.p << " confidence " << e.confidence) {
        const auto interval = quantile_interval(e.n, e.p, e.confidence);
        BOOST_REQUIRE(interval.has_value());
        BOOST_TEST(interval->lo + 1 == e.lo);
        BOOST_TEST(interval->hi + 1 == e.hi);
        BOOST_TEST(std::abs(interval->attained - e.attained) < 6e-7);
        BOOST_TEST(interval->reached == (e.attained >= e.confidence - 1e-12));
    }
}

// Bounds by the rule as golang.org/x/perf states it; attained confidence by scipy 1.10.1:
// scipy.stats.binom.cdf(hi - 1, n, p) - scipy.stats.binom.cdf(lo - 1, n, p)
BOOST_AUTO_TEST_CASE(median_bounds_are_those_of_benchstat) {
    for (const Expected& e : std::vector<Expected>{{6, .5, .95, 1, 6, 0.96875},
                                                   {7, .5, .95, 1, 7, 0.984375},
                                                   {8, .5, .95, 1, 7, 0.960938},
                                                   {9, .5, .95, 2, 8, 0.960938},
                                                   {10, .5, .95, 2, 9, 0.978516},
                                                   {11, .5, .95, 2, 9, 0.961426},
                                                   {12, .5, .95, 3, 10, 0.961426},
                                                   {13, .5, .95, 3, 11, 0.977539},
                                                   {16, .5, .95, 4, 12, 0.950958},
                                                   {20, .5, .95, 6, 15, 0.958611},
                                                   {25, .5, .95, 8, 18, 0.956715},
                                                   {100, .5, .95, 40, 60, 0.953956},
                                                   {1000, .5, .95, 469, 531, 0.950015},
                                                   {1000000, .5, .95, 499020, 500980, 0.950004}})
        check(e);
}

// golang.org/x/perf's own cases: the confidence is exactly one point probability, or just beyond it.
BOOST_AUTO_TEST_CASE(ties_go_to_the_left) {
    check({4, .5, .001, 2, 3, .375});
    check({4, .25, .001, 1, 2, .421875});
    check({4, .5, .375, 2, 3, .375});
    check({4, .5, .3750001, 1, 3, .625});
    check({5, .5, .3125, 2, 3, .3125});
    check({5, .5, .3125001, 2, 4, .625});
}

BOOST_AUTO_TEST_CASE(a_small_sample_gives_its_range_and_says_what_it_is_worth) {
    check({5, .5, .95, 1, 5, .9375});
    check({4, .5, .95, 1, 4, .875});
    check({3, .5, .95, 1, 3, .75});
    check({2, .5, .95, 1, 2, .5});
    check({1, .5, .95, 1, 1, 0});
    BOOST_TEST(!median_interval(0).has_value());
}

BOOST_AUTO_TEST_CASE(bounds_of_other_quantiles) {
    for (const Expected& e : std::vector<Expected>{{50, .25, .95, 7, 19, 0.951876},
                                                   {50, .75, .95, 32, 44, 0.951876},
                                                   {100, .95, .95, 91, 100, 0.965891},
                                                   {50, .95, .95, 45, 50, 0.885279}, // too small: ends at the maximum
                                                   {1000, .99, .95, 984, 997, 0.963536}})
        check(e);
}

BOOST_AUTO_TEST_CASE(mean_interval_agrees_with_scipy) {
    Moments m;
    m.add(std::vector<double>{2.1, 3.9, 6.2, 7.8, 30, 12.1, 14.2, 15.8, 18.1, 20.2});
    // t = sqrt(9 / scipy.special.betaincinv(4.5, .5, alpha) - 9), x.mean() -+ t * scipy.stats.sem(x), alpha .05 and
    // .01. (scipy 1.10.1's own t.ppf is right to eleven digits only; mpmath agrees with this form to sixteen.)
    BOOST_TEST(mean_interval(m)->lo == 6.952111454742697, tt::tolerance(1e-12));
    BOOST_TEST(mean_interval(m)->hi == 19.1278885452573, tt::tolerance(1e-12));
    BOOST_TEST(mean_interval(m, .99)->hi == 21.785916019007228, tt::tolerance(1e-12));
    BOOST_TEST(!mean_interval_doubtful(m));
    Moments one, skewed;
    one.add(1.0);
    BOOST_TEST(!mean_interval(one).has_value());
    skewed.add(std::vector<double>{1, 1, 1, 1, 9});
    BOOST_TEST(mean_interval_doubtful(skewed));
}

BOOST_AUTO_TEST_CASE(proportions_agree_with_statsmodels) {
    // statsmodels.stats.proportion.proportion_confint(hits, n, 1 - confidence, 'wilson' / 'beta')
    struct Row {
        std::uint64_t hits, n;
        double confidence, wilson_lo, wilson_hi, exact_lo, exact_hi;
    };
    for (const Row& r : std::vector<Row>{
             {0, 10, .95, 0, 0.27753279986288926, 0, 0.30849710781876083},
             {1, 10, .95, 0.017876213095072924, 0.40415002679523854, 0.0025285785444617848, 0.4450161170281953},
             {75, 100, .95, 0.656955364519384, 0.8245478863771232, 0.6534475042411916, 0.8312202619006581},
             {10, 10, .95, 0.7224672001371106, 1, 0.6915028921812392, 1},
             {3, 1000, .99, 0.0007581012310614674, 0.011793516682924922, 0.0003381445290664933,
              0.010933777420405242}}) {
        BOOST_TEST_CONTEXT(r.hits << " of " << r.n) {
            const auto close = tt::tolerance(1e-11);
            const auto w = *wilson(r.hits, r.n, r.confidence), e = *clopper_pearson(r.hits, r.n, r.confidence);
            BOOST_TEST(w.lo == r.wilson_lo, close);
            BOOST_TEST(w.hi == r.wilson_hi, close);
            BOOST_TEST(e.lo == r.exact_lo, close);
            BOOST_TEST(e.hi == r.exact_hi, close);
        }
    }
    BOOST_TEST(!wilson(0, 0).has_value());
    BOOST_TEST(!clopper_pearson(3, 2).has_value());
    BOOST_TEST(*rule_of_three(100) == 0.03);
    BOOST_TEST(*rule_of_three(2) == 1.0);
    BOOST_TEST(!rule_of_three(0));
}

BOOST_AUTO_TEST_SUITE_END()

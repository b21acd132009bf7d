#include "state.hpp"
#include <algorithm>
#include <assay/stats/quantile.hpp>
#include <assay/stats/values.hpp>
#include <cmath>
#include <random>

using namespace assay::stats;

BOOST_AUTO_TEST_SUITE(values)

// Magnitudes over many decades, both signs, zeros.
std::vector<double> wild(std::size_t n, unsigned seed) {
    std::mt19937_64 random{seed};
    std::vector<double> all(n);
    for (double& x : all) {
        const double unit = static_cast<double>(random() >> 11) * 0x1p-53;
        x = random() % 20 == 0 ? 0 : (random() % 3 == 0 ? -1 : 1) * std::exp(unit * 60 - 30);
    }
    return all;
}

BOOST_AUTO_TEST_CASE(up_to_the_cap_all_values_are_there) {
    Values bag{4};
    bag.add(std::vector<double>{3, -0.0, 1});
    bag.add(2);
    BOOST_TEST(bag.exact());
    const auto sorted = bag.sorted();
    BOOST_TEST((std::vector<double>(sorted.begin(), sorted.end()) == std::vector<double>{0, 1, 2, 3}));
    BOOST_TEST(!std::signbit(sorted[0]));
    BOOST_TEST(bag.quantile(0.5)->value == 1.5);
    BOOST_TEST(!bag.quantile(0.5)->approx);
    bag.add(7);
    BOOST_TEST(!bag.exact());
    BOOST_TEST(bag.count() == 5U);
    BOOST_TEST(bag.sorted().empty());
    BOOST_TEST(bag.quantile(0.5)->approx);
    BOOST_TEST(bag.quantile(0)->value == 0.0);
    BOOST_TEST(bag.quantile(1)->value == 7.0);
}

BOOST_AUTO_TEST_CASE(no_values_have_no_quantile) { BOOST_TEST(!Values{}.quantile(0.5).has_value()); }

BOOST_AUTO_TEST_CASE(without_a_cap_everything_is_kept) {
    Values bag{Values::no_cap};
    bag.add(std::vector<double>(100'000, 1.5));
    BOOST_TEST(bag.exact());
    BOOST_TEST(bag.sorted().size() == 100'000U);
}

BOOST_AUTO_TEST_CASE(every_order_statistic_of_the_sketch_is_within_the_stated_error) {
    auto all = wild(5'000, 1);
    LogSketch sketch;
    sketch.add(all);
    std::sort(all.begin(), all.end());
    double worst = 0;
    for (std::size_t rank = 0; rank < all.size(); ++rank) {
        const double error = std::fabs(sketch.order_statistic(rank) - all[rank]);
        worst = std::max(worst, all[rank] == 0 ? (error == 0 ? 0 : 1) : error / std::fabs(all[rank]));
    }
    BOOST_TEST(worst <= LogSketch::relative_error);
    BOOST_TEST(worst > LogSketch::relative_error / 2); // the bound is not idle
    BOOST_TEST(sketch.order_statistic(0) == all.front());
    BOOST_TEST(sketch.order_statistic(all.size() - 1) == all.back());
}

BOOST_AUTO_TEST_CASE(sketched_quantiles_are_near_those_of_all_values) {
    std::mt19937_64 random{5};
    std::vector<double> all(100'000);
    for (double& x : all) x = 50 + static_cast<double>(random() % 1'000'000) * 1e-4;
    Values bag;
    bag.add(all);
    BOOST_TEST(!bag.exact());
    std::sort(all.begin(), all.end());
    for (double p : {0.05, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99}) {
        const double exact = *quantile(all, p);
        BOOST_TEST(std::fabs(bag.quantile(p)->value / exact - 1) <= LogSketch::relative_error);
    }
}

BOOST_AUTO_TEST_CASE(magnitudes_beyond_the_buckets_are_clamped) {
    LogSketch sketch;
    sketch.add(std::vector<double>{1e-300, -1e-300, 1e300, -1e300, 5e-324, 1.7e308, -1.7e308});
    BOOST_TEST(sketch.order_statistic(0) == -1.7e308);
    BOOST_TEST(sketch.order_statistic(3) == 0.0);
    BOOST_TEST(sketch.order_statistic(5) > 7e28); // in the outermost bucket
    BOOST_TEST(sketch.order_statistic(6) == 1.7e308);
    BOOST_TEST(encoded(sketch).size() < 100U);
}

BOOST_AUTO_TEST_CASE(equal_values_are_answered_exactly) {
    LogSketch sketch;
    for (int i = 0; i < 100; ++i) sketch.add(0.3);
    for (double p : {0.0, 0.1, 0.5, 1.0}) BOOST_TEST(sketch.quantile(p) == 0.3);
}

BOOST_AUTO_TEST_CASE(saved_values_are_guarded) {
    Values few{40}, many{40};
    few.add(wild(40, 2));
    many.add(wild(41, 3));
    check_bytes_are_guarded(few, many);
    check_bytes_are_guarded(many, few);
    check_bytes_are_guarded(Values{}, few);
}

BOOST_AUTO_TEST_SUITE_END()

#include "state.hpp"
#include <algorithm>
#include <assay/stats/quantile.hpp>
#include <assay/stats/values.hpp>
#include <cmath>
#include <numeric>
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

BOOST_AUTO_TEST_CASE(distinct_values_are_told_while_all_are_kept) {
    Values bag{4};
    bag.add(std::vector<double>{2, -0.0, 2});
    BOOST_TEST(bag.distinct() == 2U);
    BOOST_TEST(bag.keeps(1));
    BOOST_TEST(!bag.keeps(2));
    bag.add(0);
    BOOST_TEST(bag.distinct() == 2U); // one zero
    bag.add(7);
    BOOST_TEST(!bag.keeps(0));
}

BOOST_AUTO_TEST_CASE(no_values_have_no_quantile) { BOOST_TEST(!Values{}.quantile(0.5).has_value()); }

BOOST_AUTO_TEST_CASE(without_a_cap_everything_is_kept) {
    Values bag{Values::no_cap};
    bag.add(std::vector<double>(100'000, 1.5));
    BOOST_TEST(bag.exact());
    BOOST_TEST(bag.sorted().size() == 100'000U);
}

// Of few digits, so that most occur often; some are zero, some negative, a few hundred occur once.
std::vector<double> measured(std::size_t n, unsigned seed) {
    std::vector<double> all = wild(n, seed);
    for (std::size_t i = 0; i < n; ++i)
        if (i % 500 != 0) all[i] = std::round(std::fmod(all[i], 50) * 10) / 10;
    return all;
}

BOOST_AUTO_TEST_CASE(what_is_counted_answers_as_what_is_listed) {
    std::vector<double> all = measured(300'000, 7);
    Values counted{Values::no_cap};
    for (std::span<const double> rest = all; !rest.empty();
         rest = rest.subspan(std::min<std::size_t>(7'001, rest.size())))
        counted.add(rest.first(std::min<std::size_t>(7'001, rest.size())));
    std::sort(all.begin(), all.end());
    BOOST_TEST(counted.exact());
    BOOST_TEST(counted.count() == all.size());
    double sum = 0;
    counted.each([&](double value, std::uint64_t times) { sum += value * static_cast<double>(times); });
    BOOST_TEST(sum == std::accumulate(all.begin(), all.end(), 0.0), boost::test_tools::tolerance(1e-12));
    for (const double p : {0.0, 0.001, 0.25, 0.5, 0.9, 0.999, 1.0}) {
        BOOST_TEST(counted.quantile(p)->value == *quantile(all, p));
        BOOST_TEST(!counted.quantile(p)->approx);
    }
    for (std::uint64_t rank = 0; rank < all.size(); rank += 997) BOOST_TEST(counted.at(rank) == all[rank]);
    counted.add(1e30); // behind what is counted already
    all.push_back(1e30);
    BOOST_TEST(counted.at(all.size() - 1) == 1e30);
    BOOST_TEST(counted.sorted() == all, boost::test_tools::per_element());
    counted.add(-1e30); // behind what was laid out
    BOOST_TEST(counted.at(0) == -1e30);
}

BOOST_AUTO_TEST_CASE(without_a_cap_the_same_values_are_saved_as_the_same_bytes) {
    const std::vector<double> all = measured(200'000, 8);
    Values whole{Values::no_cap};
    whole.add(all);
    const std::string bytes = encoded(whole);
    BOOST_TEST(bytes.size() < all.size()); // not eight bytes a value
    std::mt19937_64 random{9};
    for (int round = 0; round < 5; ++round) {
        std::vector<Values> parts(1 + random() % 7, Values{Values::no_cap});
        for (const double value : all) parts[random() % parts.size()].add(value);
        std::shuffle(parts.begin(), parts.end(), random);
        if (round % 2 == 1) parts.front() = reloaded(parts.front());
        if (round == 2) (void)parts.back().sorted(); // laid out again
        for (std::size_t i = 1; i < parts.size(); ++i) parts.front().merge(reloaded(parts[i]));
        BOOST_TEST((encoded(parts.front()) == bytes));
    }
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
    Values counted{Values::no_cap};
    counted.add(std::vector<double>(70'000, 2.5));
    counted.add(std::vector<double>{-3, 7});
    check_bytes_are_guarded(counted, few);
    check_bytes_are_guarded(few, counted);
}

BOOST_AUTO_TEST_SUITE_END()

#include "state.hpp"
#include <assay/stats/extrema.hpp>
#include <vector>

using namespace assay::stats;

BOOST_AUTO_TEST_SUITE(extrema)

BOOST_AUTO_TEST_CASE(the_first_of_equal_values_is_named_whoever_saw_it_first) {
    Extrema late, early;
    late.add(std::vector<double>{5, 1, 9}, 3, 100, std::vector<std::uint32_t>{0, 1, 2});
    early.add(std::vector<double>{9, 2, 1, 1}, 2, 4, std::vector<std::uint32_t>{0, 2, 6, 7});
    Extrema a = late, b = early;
    a.merge(early);
    b.merge(late);
    BOOST_TEST((a == b));
    BOOST_TEST((*a.min == Extreme{1, {2, 10}}));
    BOOST_TEST((*a.max == Extreme{9, {2, 4}}));
}

BOOST_AUTO_TEST_CASE(nothing_seen_has_no_extremes) {
    Extrema none, some;
    none.add(std::span<const double>{}, 0, 0, {});
    BOOST_TEST(!none.min);
    some.add(-3, {0, 7});
    const Extrema before = some;
    some.merge(none);
    BOOST_TEST((some == before));
    none.merge(some);
    BOOST_TEST((none == before));
}

BOOST_AUTO_TEST_CASE(saved_extrema_are_guarded) {
    Extrema some;
    some.add(std::vector<double>{5, 1, 9}, 3, 100, std::vector<std::uint32_t>{0, 1, 2});
    check_bytes_are_guarded(some, Extrema{});
    check_bytes_are_guarded(Extrema{}, some);
}

BOOST_AUTO_TEST_SUITE_END()

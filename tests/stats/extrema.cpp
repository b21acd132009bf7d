#include "state.hpp"
#include <algorithm>
#include <assay/stats/extrema.hpp>
#include <random>
#include <vector>

using namespace assay::stats;

BOOST_AUTO_TEST_SUITE(extrema)

// values[i] stands in rows[i] of the chunk.
Extrema of_block(std::uint64_t chunk, const std::vector<double>& values, const std::vector<std::uint64_t>& rows) {
    Extrema out;
    out.add(range_of(values), {chunk, rows.front()}, [&](double value) {
        const auto at = std::find(values.begin(), values.end(), value) - values.begin();
        return Extreme{value, {chunk, rows[static_cast<std::size_t>(at)]}};
    });
    return out;
}

BOOST_AUTO_TEST_CASE(the_first_of_equal_values_is_named_whoever_saw_it_first) {
    const Extrema late = of_block(3, {5, 1, 9}, {100, 101, 102}), early = of_block(2, {9, 2, 1, 1}, {4, 6, 10, 11});
    Extrema a = late, b = early;
    a.merge(early);
    b.merge(late);
    BOOST_TEST((a == b));
    BOOST_TEST((*a.min == Extreme{1, {2, 10}}));
    BOOST_TEST((*a.max == Extreme{9, {2, 4}}));
}

BOOST_AUTO_TEST_CASE(the_range_of_any_number_of_values_is_that_of_the_standard_library) {
    std::mt19937_64 random{5};
    for (std::size_t n = 1; n < 70; ++n) {
        std::vector<double> values(n);
        for (double& value : values) value = static_cast<double>(random() % 1000) - 500;
        const auto [low, high] = std::minmax_element(values.begin(), values.end());
        BOOST_TEST(range_of(values).low == *low);
        BOOST_TEST(range_of(values).high == *high);
    }
}

BOOST_AUTO_TEST_CASE(nothing_seen_has_no_extremes) {
    Extrema none, some;
    BOOST_TEST(!none.min);
    some.add(-3, {0, 7});
    const Extrema before = some;
    some.merge(none);
    BOOST_TEST((some == before));
    none.merge(some);
    BOOST_TEST((none == before));
}

BOOST_AUTO_TEST_CASE(saved_extrema_are_guarded) {
    const Extrema some = of_block(3, {5, 1, 9}, {100, 101, 102});
    check_bytes_are_guarded(some, Extrema{});
    check_bytes_are_guarded(Extrema{}, some);
}

BOOST_AUTO_TEST_SUITE_END()

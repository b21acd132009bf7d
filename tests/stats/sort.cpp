#include <algorithm>
#include <assay/stats/sort.hpp>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <limits>
#include <random>
#include <vector>

BOOST_AUTO_TEST_SUITE(sorting)

// Lengths on both sides of a vector's and of the network's that sorts short parts.
constexpr std::size_t lengths[] = {0, 1, 2, 7, 8, 9, 63, 64, 65, 255, 256, 257, 1'000, 70'000};

template <class Number> void compare_with_std(Number (*make)(std::mt19937_64&)) {
    std::mt19937_64 random{1};
    for (const std::size_t length : lengths) {
        std::vector<Number> values(length);
        for (Number& value : values) value = make(random);
        std::vector<Number> expected = values;
        std::sort(expected.begin(), expected.end());
        assay::stats::sort_ascending(std::span{values});
        BOOST_TEST((values == expected), "of length " << length);
    }
}

BOOST_AUTO_TEST_CASE(numbers_of_both_signs_are_sorted_at_every_length) {
    compare_with_std<double>([](std::mt19937_64& random) {
        return std::ldexp(static_cast<double>(random() >> 11U), static_cast<int>(random() % 200) - 100) *
               (random() % 2 == 0 ? -1 : 1);
    });
}

BOOST_AUTO_TEST_CASE(numbers_of_few_values_are_sorted_at_every_length) {
    compare_with_std<double>([](std::mt19937_64& random) { return static_cast<double>(random() % 5) / 10; });
}

BOOST_AUTO_TEST_CASE(hashes_up_to_the_largest_are_sorted_at_every_length) {
    compare_with_std<std::uint64_t>([](std::mt19937_64& random) {
        return random() % 50 == 0 ? std::numeric_limits<std::uint64_t>::max() : std::uint64_t{random()};
    });
}

BOOST_AUTO_TEST_SUITE_END()

#include "plan/known_bytes.hpp"
#include <boost/test/unit_test.hpp>
#include <memory>
#include <vector>

namespace assay::plan {
BOOST_AUTO_TEST_SUITE(known_bytes)

using Known = KnownBytes<std::shared_ptr<int>>;

BOOST_AUTO_TEST_CASE(what_was_made_of_the_same_bytes_is_given_again) {
    Known known;
    const auto made = known.of("a", [] { return std::make_shared<int>(1); });
    BOOST_TEST(known.of("a", [] { return std::make_shared<int>(2); }) == made);
    BOOST_TEST(*known.of("b", [] { return std::make_shared<int>(3); }) == 3);
}

BOOST_AUTO_TEST_CASE(nothing_is_made_anew_each_time) {
    Known known;
    BOOST_TEST(!known.of("a", [] { return std::shared_ptr<int>{}; }));
    BOOST_TEST(*known.of("a", [] { return std::make_shared<int>(1); }) == 1);
}

BOOST_AUTO_TEST_CASE(no_more_is_held_than_fits) {
    Known known;
    std::vector<std::weak_ptr<int>> all;
    for (int i = 0; i < 5000; ++i) {
        const std::string bytes = std::to_string(i) + std::string(1000, 'x');
        all.push_back(known.of(bytes, [&] { return std::make_shared<int>(i); }));
    }
    std::size_t held = 0;
    for (const auto& one : all) held += one.expired() ? 0U : 1U;
    BOOST_TEST(held > 0U);
    BOOST_TEST(held <= Known::most / 1000);
}

BOOST_AUTO_TEST_CASE(what_many_bytes_make_is_not_held) {
    Known known;
    const std::weak_ptr<int> wide =
        known.of(std::string(Known::most / 16 + 1, 'x'), [] { return std::make_shared<int>(1); });
    BOOST_TEST(wide.expired());
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace assay::plan

// Parts of a conclusion are drawn in threads and taken in their order.
#include <assay/in_order.hpp>
#include <boost/test/unit_test.hpp>
#include <chrono>
#include <set>
#include <stdexcept>
#include <string>

using namespace assay;

namespace {

struct Taken {
    std::vector<std::size_t> order;
    std::set<std::size_t> workers;
    bool here = true; ///< all were taken in the thread that asked
};

Taken take_all(std::size_t jobs, std::size_t n) {
    Taken out;
    const auto asked = std::this_thread::get_id();
    each_in_order(
        jobs, n,
        [](std::size_t worker, std::size_t i) {
            if (i % 3 == 0) std::this_thread::sleep_for(std::chrono::milliseconds{1}); // later ones are there first
            return std::make_unique<std::pair<std::size_t, std::size_t>>(worker, i);
        },
        [&](std::size_t i, auto result) {
            BOOST_TEST(result->second == i);
            out.order.push_back(i);
            out.workers.insert(result->first);
            out.here &= std::this_thread::get_id() == asked;
        });
    return out;
}

} // namespace

BOOST_AUTO_TEST_SUITE(in_order)

BOOST_AUTO_TEST_CASE(each_result_is_taken_once_in_order_and_here_for_any_number_of_threads) {
    for (const std::size_t n : {0U, 1U, 5U, 64U, 200U})
        for (const std::size_t jobs : {1U, 2U, 7U}) {
            const Taken taken = take_all(jobs, n);
            std::vector<std::size_t> expected(n);
            for (std::size_t i = 0; i < n; ++i) expected[i] = i;
            BOOST_TEST(taken.order == expected, boost::test_tools::per_element());
            BOOST_TEST(taken.here);
            BOOST_TEST((taken.workers.empty() || *taken.workers.rbegin() < jobs));
        }
}

BOOST_AUTO_TEST_CASE(what_one_throws_is_thrown_in_its_turn) {
    std::vector<std::size_t> taken;
    const auto all = [&] {
        each_in_order(
            3, 40,
            [](std::size_t, std::size_t i) {
                if (i == 11 || i == 5) throw std::runtime_error{"at " + std::to_string(i)};
                return i;
            },
            [&](std::size_t i, std::size_t) { taken.push_back(i); });
    };
    BOOST_CHECK_EXCEPTION(all(), std::runtime_error,
                          [](const auto& fault) { return fault.what() == std::string{"at 5"}; });
    BOOST_TEST(taken == (std::vector<std::size_t>{0, 1, 2, 3, 4}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_the_taker_throws_ends_it) {
    const auto all = [] {
        each_in_order(
            2, 40, [](std::size_t, std::size_t i) { return i; },
            [](std::size_t i, std::size_t) {
                if (i == 3) throw std::runtime_error{"enough"};
            });
    };
    BOOST_CHECK_THROW(all(), std::runtime_error);
}

BOOST_AUTO_TEST_SUITE_END()

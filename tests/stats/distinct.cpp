#include "state.hpp"
#include <assay/stats/distinct.hpp>
#include <cmath>

using namespace assay::stats;

BOOST_AUTO_TEST_SUITE(distinct_values)

BOOST_AUTO_TEST_CASE(up_to_the_cap_the_count_is_exact) {
    Distinct distinct{1000, 12};
    for (int round = 0; round < 3; ++round)
        for (std::int64_t i = 0; i < 1000; ++i) distinct.add(hash(i));
    BOOST_TEST(distinct.exact());
    BOOST_TEST(distinct.count(3000).value == 1000U);
    BOOST_TEST(distinct.count(3000).standard_error == 0.0);
    distinct.add(hash(std::int64_t{1000}));
    BOOST_TEST(!distinct.exact());
    BOOST_TEST(distinct.count(3001).approx);
    BOOST_TEST(distinct.count(3001).value >= 1001U);
}

BOOST_AUTO_TEST_CASE(a_span_of_hashes_is_its_hashes) {
    std::vector<std::uint64_t> hashes;
    for (std::int64_t i = 0; i < 5'000; ++i) hashes.push_back(hash(i * i % 3'001));
    for (const std::uint64_t cap : {1U, 4U, 1000U, 1024U})
        for (std::size_t n : {0U, 1U, 4U, 5U, 11U, 500U, 1000U, 1024U, 1025U, 5'000U}) {
            Distinct single{cap, 10}, span{cap, 10}, read_back{cap, 10};
            for (std::size_t i = 0; i < n; ++i) single.add(hashes[i]);
            span.add(std::span{hashes}.first(n));
            BOOST_TEST((encoded(single) == encoded(span)));
            const std::string saved = encoded(span);
            std::string_view bytes = saved;
            BOOST_REQUIRE(decode(bytes, read_back));
            for (const std::uint64_t more : {n, n + 1}) span.add(hash(more)), read_back.add(hash(more));
            BOOST_TEST((encoded(read_back) == encoded(span)));
        }
}

BOOST_AUTO_TEST_CASE(the_hash_zero_counts) {
    Distinct distinct;
    distinct.add(0);
    BOOST_TEST(distinct.count(1).value == 1U);
    Distinct span;
    const std::vector<std::uint64_t> hashes{5, 0, 5, 0};
    span.add(hashes);
    BOOST_TEST(span.count(4).value == 2U);
}

BOOST_AUTO_TEST_CASE(an_estimate_never_exceeds_the_number_of_values) {
    Distinct distinct{100, 12};
    for (std::int64_t i = 0; i < 5000; ++i) distinct.add(hash(i));
    BOOST_TEST(distinct.count(5000).value <= 5000U);
    BOOST_TEST(distinct.count(2000).value == 2000U);
}

BOOST_AUTO_TEST_CASE(estimates_err_as_stated) {
    // Root mean square of the relative error over independent sets, against 1.04 / sqrt(m); within 25 % of it above.
    for (std::int64_t n : {300, 3'000, 30'000, 100'000}) {
        double squares = 0, sum = 0;
        constexpr int sets = 60;
        double stated = 0;
        for (std::int64_t set = 0; set < sets; ++set) {
            Distinct distinct{100, 10};
            for (std::int64_t i = 0; i < n; ++i) distinct.add(hash(i + set * 1'000'000'007));
            const auto count = distinct.count(UINT64_MAX);
            const double error = static_cast<double>(count.value) / static_cast<double>(n) - 1;
            squares += error * error;
            sum += error;
            stated = count.standard_error;
        }
        BOOST_TEST_CONTEXT("n " << n) {
            BOOST_TEST(stated == 1.04 / 32);
            BOOST_TEST(std::sqrt(squares / sets) < stated * 1.25);
            BOOST_TEST(std::fabs(sum / sets) < 4 * stated / std::sqrt(double{sets})); // no bias
        }
    }
}

BOOST_AUTO_TEST_CASE(a_set_that_was_read_back_grows_as_before) {
    for (std::int64_t n : {0, 1, 3, 4, 5, 8, 100}) {
        Distinct set{1000, 10}, back{1000, 10}, merged{1000, 10};
        for (std::int64_t i = 0; i < n; ++i) set.add(hash(i));
        const std::string saved = encoded(set);
        std::string_view in = saved;
        BOOST_REQUIRE(decode(in, back));
        BOOST_TEST((encoded(back) == saved));
        merged.merge(back);
        BOOST_TEST((encoded(merged) == saved));
        std::vector<std::uint64_t> more;
        for (std::int64_t i = 0; i < 2 * n + 3; ++i) more.push_back(hash(i));
        Distinct spanned = back;
        spanned.add(more);
        for (const auto hash : more) set.add(hash), back.add(hash);
        BOOST_TEST((encoded(back) == encoded(set)));
        BOOST_TEST((encoded(spanned) == encoded(set)));
    }
}

BOOST_AUTO_TEST_CASE(saved_sets_are_joined_whatever_their_sizes) {
    for (const std::uint64_t cap : {Distinct::no_cap, std::uint64_t{300}})
        for (const std::int64_t first : {0, 1, 10, 100, 250})
            for (const std::int64_t second : {0, 1, 30, 100, 250, 400}) {
                const std::int64_t shared = std::min(first, second) / 2;
                Distinct a{cap, 10}, b{cap, 10}, both{cap, 10};
                for (std::int64_t i = 0; i < first; ++i) a.add(hash(i)), both.add(hash(i));
                for (std::int64_t i = first - shared; i < first - shared + second; ++i)
                    b.add(hash(i)), both.add(hash(i));
                Distinct joined = reloaded(a);
                joined.merge(reloaded(b));
                BOOST_TEST((encoded(joined) == encoded(both)));
                joined.add(hash(std::int64_t{-1})), both.add(hash(std::int64_t{-1}));
                BOOST_TEST((encoded(joined) == encoded(both)));
            }
}

BOOST_AUTO_TEST_CASE(saved_sets_are_guarded) {
    Distinct few{50, 6}, many{50, 6};
    for (std::int64_t i = 0; i < 50; ++i) few.add(hash(i));
    for (std::int64_t i = 0; i < 500; ++i) many.add(hash(i));
    check_bytes_are_guarded(few, many);
    check_bytes_are_guarded(many, few);
}

BOOST_AUTO_TEST_SUITE_END()

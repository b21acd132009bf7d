#include "state.hpp"
#include <assay/stats/moment_tree.hpp>
#include <cmath>
#include <numeric>
#include <random>
#include <vector>

using namespace assay::stats;
namespace tt = boost::test_tools;

BOOST_AUTO_TEST_SUITE(moments)

// x = [2.1, 3.9, 6.2, 7.8, 30, 12.1, 14.2, 15.8, 18.1, 20.2], scipy 1.10.1
const std::vector<double> sample{2.1, 3.9, 6.2, 7.8, 30, 12.1, 14.2, 15.8, 18.1, 20.2};

BOOST_AUTO_TEST_CASE(shape_agrees_with_scipy) {
    Moments m;
    m.add(sample);
    const auto close = tt::tolerance(1e-14);
    BOOST_TEST(*mean(m) == 13.04, close);                                   // x.mean()
    BOOST_TEST(*sd(m) == 8.510281363673524, close);                         // x.std(ddof=1)
    BOOST_TEST(*sem(m) == 2.6911872638092076, close);                       // scipy.stats.sem(x)
    BOOST_TEST(*cv(m) == 0.6526289389320189, close);                        // scipy.stats.variation(x, ddof=1)
    BOOST_TEST(*skewness(m) == 0.5434618551391546, tt::tolerance(1e-13));   // scipy.stats.skew(x)
    BOOST_TEST(*kurtosis(m) == -0.40328380775268036, tt::tolerance(1e-13)); // scipy.stats.kurtosis(x)
}

BOOST_AUTO_TEST_CASE(one_at_a_time_agrees_with_a_span) {
    Moments single, span;
    for (double x : sample) single.add(x);
    span.add(sample);
    BOOST_TEST(*sd(single) == *sd(span), tt::tolerance(1e-14));
    BOOST_TEST(*kurtosis(single) == *kurtosis(span), tt::tolerance(1e-12));
}

BOOST_AUTO_TEST_CASE(what_is_undefined_is_absent) {
    Moments m;
    BOOST_TEST(!mean(m));
    BOOST_TEST(!sd(m));
    m.add(3.0);
    BOOST_TEST(*mean(m) == 3.0);
    BOOST_TEST(!variance(m));
    BOOST_TEST(!sem(m));
    BOOST_TEST(!skewness(m));
    Moments negative;
    negative.add(std::vector<double>{-1, -2, 0});
    BOOST_TEST(!cv(negative));
    BOOST_TEST(sd(negative).has_value());
    Moments huge;
    huge.add(std::vector<double>{1e308, -1e308, 1e307});
    BOOST_TEST(!sd(huge));
}

BOOST_AUTO_TEST_CASE(constant_data_deviates_by_exactly_zero) {
    for (std::size_t n : {2U, 7U, 255U, 256U, 257U, 10'000U}) {
        Moments m;
        m.add(std::vector<double>(n, 0.1));
        BOOST_TEST(*mean(m) == 0.1);
        BOOST_TEST(*sd(m) == 0.0);
        BOOST_TEST(!skewness(m));
        BOOST_TEST(!kurtosis(m));
    }
}

BOOST_AUTO_TEST_CASE(merging_empty_state_changes_nothing) {
    Moments m;
    m.add(sample);
    const Moments before = m;
    m.merge({});
    BOOST_TEST((m == before));
    Moments empty;
    empty.merge(m);
    BOOST_TEST((empty == before));
}

std::vector<double> lognormal(std::size_t n, unsigned seed) {
    std::mt19937_64 random{seed};
    std::vector<double> values(n);
    for (double& x : values) x = std::exp2(static_cast<double>(random() >> 11) * 0x1p-53 * 20 - 10);
    return values;
}

BOOST_AUTO_TEST_CASE(a_tree_is_the_same_bits_in_any_order_of_chunks_and_trees) {
    const auto values = lognormal(20'000, 1);
    std::mt19937_64 random{2};
    for (std::size_t chunk_size : {1U, 7U, 100U, 333U, 5'000U}) {
        std::vector<std::pair<std::uint64_t, Moments>> chunks;
        MomentTree ascending;
        for (std::size_t at = 0; at < values.size(); at += chunk_size) {
            const auto part = std::span{values}.subspan(at, std::min(chunk_size, values.size() - at));
            chunks.emplace_back(chunks.size() * 3 / 2, Moments{}); // with gaps
            chunks.back().second.add(part);
            BOOST_REQUIRE(ascending.insert(chunks.back().first, chunks.back().second));
        }
        std::shuffle(chunks.begin(), chunks.end(), random);
        std::vector<MomentTree> trees(5);
        for (const auto& [chunk, m] : chunks) {
            MomentTree& tree = trees[random() % trees.size()];
            BOOST_REQUIRE(tree.insert(chunk, m));
            if (random() % 64 == 0) tree = reloaded(tree);
        }
        std::shuffle(trees.begin(), trees.end(), random);
        MomentTree joined;
        for (const MomentTree& tree : trees) BOOST_REQUIRE(joined.merge(tree));
        BOOST_TEST((encoded(joined) == encoded(ascending)));
        BOOST_TEST((joined.total() == ascending.total()));
        Moments whole;
        whole.add(values);
        BOOST_TEST(*sd(joined.total()) == *sd(whole), tt::tolerance(1e-13));
        BOOST_TEST(*kurtosis(joined.total()) == *kurtosis(whole), tt::tolerance(1e-12));
    }
}

BOOST_AUTO_TEST_CASE(how_a_chunk_is_cut_into_calls_does_not_matter) {
    const auto values = lognormal(3'000, 3);
    MomentTree once, pieces, whole;
    for (std::uint64_t chunk = 0; chunk < 3; ++chunk) {
        const auto part = std::span{values}.subspan(chunk * 1000, 1000);
        once.add(chunk, part);
        BOOST_TEST(whole.add_whole(chunk, part));
        BOOST_TEST(!whole.add_whole(chunk, part));
        for (std::size_t at = 0, step = 1; at < part.size(); at += step, step = step * 3 % 701)
            pieces.add(chunk, part.subspan(at, std::min(step, part.size() - at)));
    }
    BOOST_TEST((once.total() == pieces.total()));
    BOOST_TEST((encoded(once) == encoded(pieces)));
    BOOST_TEST((encoded(once) == encoded(whole)));
}

BOOST_AUTO_TEST_CASE(a_stream_of_chunks_holds_few_nodes) {
    MomentTree tree;
    for (std::uint64_t chunk = 0; chunk < 1'000; ++chunk) {
        tree.add(chunk, static_cast<double>(chunk));
        BOOST_REQUIRE(tree.nodes() <= 10);
    }
    BOOST_TEST(tree.total().n == 1'000U);
    BOOST_TEST(*mean(tree.total()) == 499.5);
}

BOOST_AUTO_TEST_CASE(a_chunk_counts_once) {
    MomentTree tree;
    BOOST_TEST(tree.add(4, 1.0));
    BOOST_TEST(tree.add(5, 2.0));
    BOOST_TEST(!tree.add(4, 3.0)); // finished when 5 began
    BOOST_TEST(!tree.insert(5, {}));
    MomentTree other = tree;
    BOOST_TEST(other.insert(9, {}));
    const std::string before = encoded(tree);
    BOOST_TEST(!tree.merge(other));
    BOOST_TEST((encoded(tree) == before));
    BOOST_TEST(tree.total().n == 2U);
    BOOST_TEST(tree.add(5, 4.0)); // still open
    BOOST_TEST(tree.total().n == 3U);
}

BOOST_AUTO_TEST_CASE(saved_moments_are_guarded) {
    Moments m;
    m.add(sample);
    check_bytes_are_guarded(m, Moments{});
    MomentTree tree;
    for (std::uint64_t chunk : {0U, 1U, 2U, 5U, 7U}) tree.add(chunk, sample);
    check_bytes_are_guarded(tree, MomentTree{});
}

BOOST_AUTO_TEST_SUITE_END()

// NIST StRD, univariate summary statistics: those whose data can be generated.
#include <assay/stats/moment_tree.hpp>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <vector>

using namespace assay::stats;

BOOST_AUTO_TEST_SUITE(nist)

// Base-10 logarithm of the relative error: the number of correct digits, 15.9 where none is wrong.
double digits(double value, double certified) {
    return value == certified ? 15.9 : -std::log10(std::fabs(value - certified) / std::fabs(certified));
}

struct Reference {
    const char* name;
    std::vector<double> values;
    double mean, sd;
    double sd_of_stored;  // of the doubles next to the decimal data, in rational arithmetic (Python's fractions)
    double digits_stored; // how far that agrees with the certified sd: no method can do better
};

std::vector<double> alternating(double first, double low, double high) {
    std::vector<double> values{first};
    for (int i = 0; i < 500; ++i) values.insert(values.end(), {low, high});
    return values;
}

// Certified values: NIST StRD data files NumAcc1..4.
const std::vector<Reference>& references() {
    static const std::vector<Reference> all{
        {"NumAcc1", {10000001, 10000003, 10000002}, 10000002, 1, 1, 15.9},
        {"NumAcc2", alternating(1.2, 1.1, 1.3), 1.2, 0.1, 0.09999999999999997780, 15},
        {"NumAcc3", alternating(1000000.2, 1000000.1, 1000000.3), 1000000.2, 0.1, 0.1000000000349245965480, 9.45},
        {"NumAcc4", alternating(10000000.2, 10000000.1, 10000000.3), 10000000.2, 0.1, 0.1000000005587935447736, 8.25},
    };
    return all;
}

void check(const Reference& reference, const Moments& m) {
    BOOST_TEST_CONTEXT(reference.name) {
        BOOST_TEST(m.n == reference.values.size());
        BOOST_TEST(digits(*mean(m), reference.mean) >= 15);
        BOOST_TEST(digits(*sd(m), reference.sd_of_stored) >= 14);
        BOOST_TEST(digits(*sd(m), reference.sd) >= reference.digits_stored);
    }
}

BOOST_AUTO_TEST_CASE(a_block_reaches_what_doubles_can_hold) {
    for (const Reference& reference : references()) {
        Moments m;
        m.add(reference.values);
        check(reference, m);
    }
}

BOOST_AUTO_TEST_CASE(one_value_at_a_time_reaches_the_same) {
    for (const Reference& reference : references()) {
        Moments m;
        for (double x : reference.values) m.add(x);
        check(reference, m);
    }
}

BOOST_AUTO_TEST_CASE(chunks_of_any_size_reach_the_same) {
    for (const Reference& reference : references()) {
        for (std::size_t size : {1U, 2U, 3U, 10U, 64U, 257U, 1001U}) {
            MomentTree tree;
            const std::span values{reference.values};
            for (std::size_t at = 0; at < values.size(); at += size)
                tree.add(at / size, values.subspan(at, std::min(size, values.size() - at)));
            check(reference, tree.total());
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()

#include "state.hpp"
#include <assay/stats/sample.hpp>
#include <cmath>

using namespace assay::stats;

BOOST_AUTO_TEST_SUITE(samples)

BOOST_AUTO_TEST_CASE(those_of_smallest_key_are_kept) {
    Sample<double> sample{2};
    sample.add(30, {0, 0}, 1.5);
    sample.add(10, {0, 1}, 2.5);
    sample.add(20, {0, 2}, 3.5);
    BOOST_TEST(!sample.wants(25));
    const auto kept = sample.sorted();
    BOOST_TEST(kept.size() == 2U);
    BOOST_TEST(kept[0].item == 2.5);
    BOOST_TEST(kept[1].item == 3.5);
}

BOOST_AUTO_TEST_CASE(equal_keys_go_by_position) {
    Sample<std::string> sample{1};
    sample.add(5, {1, 0}, "late");
    sample.add(5, {0, 9}, "early");
    sample.add(5, {2, 0}, "later");
    BOOST_TEST(sample.sorted()[0].item == "early");
}

BOOST_AUTO_TEST_CASE(every_row_is_as_likely_as_any_other) {
    // Mean row of 200 out of 10,000, over 50 contents: standard error of the grand mean is 28.6 rows.
    double sum = 0;
    for (std::uint64_t content = 0; content < 50; ++content) {
        Sample<double> sample;
        for (std::uint64_t row = 0; row < 10'000; ++row)
            sample.add(sample_key(hash(content), {0, row}), {0, row}, static_cast<double>(row));
        BOOST_REQUIRE(sample.size() == 200U);
        for (const auto& entry : sample.sorted()) sum += entry.item / 200;
    }
    BOOST_TEST(std::fabs(sum / 50 - 4999.5) < 4 * 28.6);
}

BOOST_AUTO_TEST_CASE(saved_samples_are_guarded) {
    Sample<std::string> texts{3};
    texts.add(1, {0, 0}, "");
    texts.add(2, {0, 1}, "some text");
    check_bytes_are_guarded(texts, Sample<std::string>{3});
    Sample<double> numbers;
    numbers.add(1, {0, 0}, 2.5);
    check_bytes_are_guarded(numbers, Sample<double>{});
}

BOOST_AUTO_TEST_SUITE_END()

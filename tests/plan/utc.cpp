#include <assay/cell.hpp>
#include <assay/utc.hpp>
#include <boost/test/unit_test.hpp>
#include <chrono>
#include <random>

namespace assay {
BOOST_AUTO_TEST_SUITE(utc_text)

// The expected values: date -u -d @1759432324 +%FT%TZ, and so on.
BOOST_AUTO_TEST_CASE(times_are_written_as_the_system_writes_them) {
    BOOST_TEST(utc(0) == "1970-01-01T00:00:00Z");
    BOOST_TEST(utc(1'759'432'324'000'000) == "2025-10-02T19:12:04Z");
    BOOST_TEST(utc(951'827'696'000'000) == "2000-02-29T12:34:56Z");
    BOOST_TEST(utc(-1'000'000) == "1969-12-31T23:59:59Z");
    BOOST_TEST(utc_date(-2'208'988'800'000'000) == "1900-01-01");
}

BOOST_AUTO_TEST_CASE(a_fraction_is_as_long_as_it_must_be) {
    BOOST_TEST(utc(500'000) == "1970-01-01T00:00:00.5Z");
    BOOST_TEST(utc(1) == "1970-01-01T00:00:00.000001Z");
    BOOST_TEST(utc(-1) == "1969-12-31T23:59:59.999999Z");
    BOOST_TEST(utc(10'000'000) == "1970-01-01T00:00:10Z");
}

BOOST_AUTO_TEST_CASE(what_is_written_is_read_back) {
    std::mt19937_64 random{5};
    std::uniform_int_distribution<std::int64_t> any{-62'135'596'800'000'000,
                                                    253'402'300'799'999'999}; // years 1 to 9999
    for (int round = 0; round < 20'000; ++round) {
        const std::int64_t time = any(random) / (round % 2 == 0 ? 1 : 1'000'000) * (round % 2 == 0 ? 1 : 1'000'000);
        const std::string text = utc(time);
        const auto read = cell::time(text);
        BOOST_REQUIRE_MESSAGE(read && read->microseconds == time && read->has_zone, text);
    }
}

BOOST_AUTO_TEST_CASE(years_have_no_end) {
    BOOST_TEST(utc(INT64_MAX) == "294247-01-10T04:00:54.775807Z");
    BOOST_TEST(utc_time(INT64_MIN).year == -290308);
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace assay

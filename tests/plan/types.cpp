#include "plan/types.hpp"
#include "plan/batch.hpp"
#include <assay/cell.hpp>
#include <boost/test/unit_test.hpp>

using namespace assay::plan;
using assay::Type;

namespace {

Reading read(const std::vector<std::string>& cells) {
    assay::test::Cells column;
    for (const auto& cell : cells) column.emplace_back(cell);
    const assay::test::Batch batch{{column}};
    return reading_of(sample_of(batch.column(0), cells.size()));
}

std::vector<std::string> repeated(std::size_t count, const std::string& cell) {
    return std::vector<std::string>(count, cell);
}

} // namespace

BOOST_AUTO_TEST_CASE(the_narrowest_type_is_taken) {
    BOOST_TEST(read({"1", "2", "-3"}).type == Type::integer);
    BOOST_TEST(read({"1.5", "2e3", "3"}).type == Type::real);
    BOOST_TEST(read({"true", "False"}).type == Type::boolean);
    BOOST_TEST(read({"2025-10-02T15:12:04Z", "2025-10-03T00:00:00Z"}).type == Type::time);
    BOOST_TEST(read({"a", "b"}).type == Type::text);
    BOOST_TEST(read({}).type == Type::text);
}

BOOST_AUTO_TEST_CASE(digits_with_more_than_one_point_or_a_point_alone_are_no_plain_numbers) {
    BOOST_TEST(read({"1.2.3", "2.0.0"}).type == Type::text);
    BOOST_TEST(read({"-", "."}).type == Type::text);
    BOOST_TEST(read({"1.", ".5", "-.5"}).type == Type::real);
    BOOST_TEST(read({"007", "-0"}).type == Type::integer);
    BOOST_TEST(read({"9223372036854775808", "1"}).type == Type::real);
    BOOST_TEST(read({"999999999999999999", "+1"}).type == Type::integer);
}

BOOST_AUTO_TEST_CASE(missing_cells_say_nothing_about_the_type) {
    BOOST_TEST(read({"1", "", "3"}).type == Type::integer);
    BOOST_TEST(read({"", ""}).type == Type::text);
}

BOOST_AUTO_TEST_CASE(one_fraction_makes_a_column_of_whole_numbers_real) {
    auto cells = repeated(500, "7");
    cells.emplace_back("7.5");
    BOOST_TEST(read(cells).type == Type::real);
}

BOOST_AUTO_TEST_CASE(one_cell_in_a_hundred_may_be_something_else) {
    auto cells = repeated(99, "7");
    cells.emplace_back("seven");
    BOOST_TEST(read(cells).type == Type::integer);
    cells.emplace_back("eight");
    BOOST_TEST(read(cells).type == Type::text);
}

BOOST_AUTO_TEST_CASE(numbers_and_words_together_are_text) {
    BOOST_TEST(read({"1", "two", "3", "four"}).type == Type::text);
}

BOOST_AUTO_TEST_CASE(groups_of_three_and_of_two_digits_are_one_number) {
    const auto western = read({"1,234,567", "12,345", "999"});
    BOOST_TEST(western.type == Type::integer);
    BOOST_TEST(western.format.grouping == ',');
    BOOST_TEST(!western.ambiguous);
    const auto indian = read({"5,03,31,648", "1,00,000"});
    BOOST_TEST(indian.type == Type::integer);
    BOOST_TEST(indian.format.grouping == ',');
}

BOOST_AUTO_TEST_CASE(one_comma_with_three_digits_behind_it_is_ambiguous) {
    BOOST_TEST(read({"1,234", "5,678"}).ambiguous);
    BOOST_TEST(!read({"1,234.5", "5,678.25"}).ambiguous);
}

BOOST_AUTO_TEST_CASE(times_that_name_no_zone_are_told_from_days) {
    BOOST_TEST(read({"2025-10-02T15:12:04", "2025-10-02T15:12:05Z"}).no_zone);
    BOOST_TEST(!read({"2025-10-02T15:12:04+02:00", "2025-10-02T15:12:05Z"}).no_zone);
    BOOST_TEST(!read({"2025-10-02", "2025-10-03"}).no_zone);
}

BOOST_AUTO_TEST_CASE(a_decimal_comma_is_read_as_one) {
    const auto comma = read({"1,5", "2,25", "10,125"});
    BOOST_TEST(comma.type == Type::real);
    BOOST_TEST(comma.format.decimal == ',');
    const auto both = read({"1.234,5", "1.000.000,25"});
    BOOST_TEST(both.type == Type::real);
    BOOST_TEST(both.format.decimal == ',');
    BOOST_TEST(both.format.grouping == '.');
}

BOOST_AUTO_TEST_CASE(a_suffix_that_is_a_unit_is_the_unit) {
    const auto percent = read({"88 %", "7.5 %"});
    BOOST_TEST(percent.type == Type::real);
    BOOST_TEST(percent.unit == "%");
    const auto time = read({"12ms", "7ms"});
    BOOST_TEST(time.type == Type::integer);
    BOOST_TEST(time.unit == "ms");
}

BOOST_AUTO_TEST_CASE(suffixes_that_differ_leave_text) {
    const auto mixed = read({"12ms", "7 s", "3ms"});
    BOOST_TEST(mixed.type == Type::text);
    BOOST_TEST(mixed.unit == "");
}

BOOST_AUTO_TEST_CASE(types_widen_to_what_holds_both) {
    BOOST_TEST(widened(Type::integer, Type::real) == Type::real);
    BOOST_TEST(widened(Type::real, Type::integer) == Type::real);
    BOOST_TEST(widened(Type::integer, Type::text) == Type::text);
    BOOST_TEST(widened(Type::boolean, Type::integer) == Type::text);
    BOOST_TEST(widened(Type::time, Type::time) == Type::time);
}

BOOST_AUTO_TEST_CASE(no_group_of_thousands_begins_with_zero) {
    const auto fractions = read({"0,211", "0,180"});
    BOOST_TEST(fractions.type == Type::real);
    BOOST_TEST(fractions.format.decimal == ',');
    BOOST_TEST(!fractions.ambiguous);
}

BOOST_AUTO_TEST_CASE(a_time_is_its_digits_in_their_places) {
    for (int step = 0; step < 20'000; ++step) {
        const int year = 1 + step * 7 % 9999, month = 1 + step % 12, day = 1 + step % 28;
        const int hour = step % 24, minute = step % 60, second = step % 59;
        char text[40];
        std::snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:%02d:%02dZ", year, month, day, hour, minute, second);
        const auto read = assay::cell::time(text);
        const auto days = assay::cell::days_from_civil(year, static_cast<unsigned>(month), static_cast<unsigned>(day));
        BOOST_REQUIRE_MESSAGE(read && read->has_zone, text);
        BOOST_TEST(read->microseconds == ((days * 24 + hour) * 60 + minute) * 60'000'000 + second * 1'000'000LL, text);
        for (const char other : {'x', ':', '/', '\xB0'}) {
            std::string odd = text;
            const auto at = static_cast<std::size_t>(step) % odd.size();
            if (odd[at] == other) continue;
            odd[at] = other;
            BOOST_TEST(!assay::cell::time(odd), odd);
        }
    }
    for (const char* text : {"2025-13-01T00:00", "2025-00-01T00:00", "2025-02-30T00:00", "2025-01-00T00:00",
                             "0000-01-01T00:00", "2025-01-01T24:00", "2025-01-01T00:60", "2025-01-01T00:0"})
        BOOST_TEST(!assay::cell::time(text), text);
    BOOST_TEST(assay::cell::time("2025/01/01 00:00")->microseconds ==
               assay::cell::time("2025-01-01T00:00")->microseconds);
}

BOOST_AUTO_TEST_CASE(slashes_and_digits_alone_can_be_times) {
    BOOST_TEST(read({"2026/11/15 03:00:00.123", "2026/11/15 03:00:01.123"}).type == Type::time);
    BOOST_TEST(read({"20261115-031500", "20261116T031500", "20261116_031500"}).type == Type::time);
    BOOST_TEST(read({"20261315-031500", "abcdefgh-ijklmn"}).type == Type::text);
    BOOST_TEST(assay::cell::time("20261115-031500")->microseconds ==
               assay::cell::time("2026-11-15T03:15:00")->microseconds);
}

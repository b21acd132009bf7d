// The fast lanes of the parser say what the slow ones say.
#include "parsing.hpp"
#include "records.hpp"
#include <assay/cell.hpp>
#include <assay/decimal.hpp>
#include <assay/decimals.hpp>
#include <bit>
#include <random>

namespace assay::csv {
BOOST_AUTO_TEST_SUITE(regular_rows)

namespace {

struct Row {
    std::uint64_t line, offset;
    std::vector<std::string> cells;
    bool operator==(const Row&) const = default;
};

/// All records of a text, `room` bytes of it at a time.
class Reading {
  public:
    Reading(std::string_view text, std::size_t room)
        : reader_{[text, room, at = std::size_t{0}](char* out) mutable {
                      const std::size_t got = text.substr(at).copy(out, room);
                      at += got;
                      return got;
                  },
                  room} {
        reader_.set({});
    }
    /// `width` 0: one record at a time.
    std::vector<Row> rows(std::size_t width, std::string_view header) {
        std::vector<Row> out;
        RegularRows regular;
        regular.width = width;
        for (;;) {
            if (width > 0) {
                reader_.next_regular(UINT64_MAX, header, regular);
                std::uint64_t offset = regular.offset;
                for (std::size_t row = 0; row < regular.count; ++row) {
                    out.push_back({regular.lines[row], offset, {}});
                    for (std::size_t c = 0; c < width; ++c) out.back().cells.emplace_back(regular.cell(row, c));
                    offset = UINT64_MAX; // only the first is known
                }
                fast += regular.count;
                if (regular.count > 0) continue;
            }
            Record record;
            const Step step = reader_.next(record);
            if (step == Step::end) return out;
            if (step != Step::record) {
                out.push_back({record.line, 0, {"not read"}});
                continue;
            }
            out.push_back({record.line, record.offset, {}});
            for (std::size_t c = 0; c < record.count; ++c) out.back().cells.emplace_back(record.cell(c));
        }
    }
    std::size_t fast = 0;

  private:
    RecordReader reader_;
};

/// Text like a table's, with everything that makes a record unusual in some of them.
std::string random_table(std::mt19937_64& random, std::size_t width) {
    static const std::vector<std::string> cells{
        "1",        "2.5",    "word", "",           " x",      "\"quoted, cell\"", "\"two\nlines\"", "\"a \"\"b\"\"\"",
        "5\" disk", "\"s\"t", "name", "\"no end,1", "\xC3\xA9"};
    std::string text = "name,b,c\n";
    for (int rows = static_cast<int>(random() % 300); rows > 0; --rows) {
        const std::size_t count = random() % 20 == 0 ? random() % 5 : width;
        for (std::size_t c = 0; c < count; ++c)
            text += (c ? "," : "") + cells[random() % 10 == 0 ? random() % cells.size() : random() % 3];
        text += random() % 8 == 0 ? "\r\n" : "\n";
    }
    return text;
}

} // namespace

BOOST_AUTO_TEST_CASE(the_fast_lane_reads_what_reading_record_by_record_reads) {
    std::mt19937_64 random{7};
    std::size_t fast = 0;
    for (int round = 0; round < 400; ++round) {
        const std::string text = random_table(random, 3);
        for (const std::size_t room : {std::size_t{64}, std::size_t{500}, std::size_t{1} << 20U}) {
            Reading quick{text, room}, slow{text, room};
            const auto expected = slow.rows(0, {});
            auto got = quick.rows(3, "name");
            fast += quick.fast;
            BOOST_REQUIRE_EQUAL(got.size(), expected.size());
            for (std::size_t i = 0; i < got.size(); ++i) {
                if (got[i].offset == UINT64_MAX) got[i].offset = expected[i].offset;
                BOOST_REQUIRE_MESSAGE(got[i] == expected[i], "record " << i << " of:\n" << text);
            }
        }
    }
    BOOST_TEST(fast > 50'000U);
}

BOOST_AUTO_TEST_CASE(the_fast_lane_takes_rows_with_doubled_quotes) {
    std::string text = "name,b,c\n";
    for (int row = 0; row < 100; ++row) text += "x,\"say \"\"hello\"\"\nand go\",\"\"\"\"\n";
    Reading reading{text, 1U << 20U};
    const auto rows = reading.rows(3, "name");
    BOOST_TEST(reading.fast == 100U);
    BOOST_TEST(rows.at(100).cells[1] == "say \"hello\"\nand go");
    BOOST_TEST(rows.at(100).cells[2] == "\"");
    BOOST_TEST(rows.at(100).line == 200U);
}

BOOST_AUTO_TEST_CASE(cells_longer_than_what_is_looked_at_together_are_read_whole) {
    std::string text = "name,b,c\n";
    for (std::size_t size : {0U, 63U, 64U, 1023U, 1024U, 1025U, 5000U})
        text += "x," + std::string(size, 'y') + ",\"" + std::string(size, 'z') + "\"\n";
    Reading reading{text, 1U << 20U};
    const auto rows = reading.rows(3, "name");
    BOOST_TEST(reading.fast == 7U);
    BOOST_TEST(rows.back().cells[1] == std::string(5000, 'y'));
    BOOST_TEST(rows.back().cells[2] == std::string(5000, 'z'));
}

BOOST_AUTO_TEST_CASE(short_decimals_are_the_doubles_that_the_standard_library_reads) {
    std::mt19937_64 random{11};
    std::size_t read = 0;
    for (int round = 0; round < 200'000; ++round) {
        std::string text;
        const std::size_t size = random() % 17;
        for (std::size_t i = 0; i < size; ++i)
            text += random() % 9 == 0 ? ".-+e x/:"[random() % 8] : static_cast<char>('0' + random() % 10);
        const std::string padded = text + std::string(20, static_cast<char>(random()));
        const auto number = cell::short_decimal(std::string_view{padded}.substr(0, size));
        if (!number.read) continue;
        ++read;
        const auto expected = cell::number(text);
        BOOST_REQUIRE_MESSAGE(expected && *expected == number.value(), text);
        if (number.places == 0) BOOST_REQUIRE_MESSAGE(cell::integer(text) == number.digits, text);
    }
    BOOST_TEST(read > 20'000U);
    for (const std::string text : {"0.001", "12345678", "1234567.8", "-99999.99", "123456789012345", "1.5",
                                   "-1234567890.12345", "1.23456789012345"}) {
        const std::string padded = text + std::string(20, '7');
        BOOST_TEST(cell::short_decimal(std::string_view{padded}.substr(0, text.size())).read, text);
    }
    for (const std::string text : {"", "-", ".", "5.", ".5", "-0", "1e3", "1,5", "0x1", "1.2.3", "1234567890123456",
                                   "123456789012.", ".123456789012", "1.2345678.90"}) {
        const std::string padded = text + std::string(20, '7');
        BOOST_TEST(!cell::short_decimal(std::string_view{padded}.substr(0, text.size())).read, text);
    }
}

namespace {

/// A text such as tables hold, or nearly one.
std::string number_like(std::mt19937_64& random) {
    std::string text = random() % 3 == 0 ? "-" : "";
    const std::size_t size = random() % 17;
    const bool odd = random() % 4 == 0;
    for (std::size_t i = 0; i < size; ++i)
        text += odd && random() % 6 == 0 ? "+-eE x/:,."[random() % 10] : static_cast<char>('0' + random() % 10);
    if (random() % 2 == 0) text.insert(random() % (text.size() + 1), ".");
    if (random() % 4 == 0) text += (random() % 2 == 0 ? "e-" : "E+") + std::to_string(random() % 30);
    return text;
}

/// What batches of them read, each text in front of others; calls check(text, decimals, place).
template <class Check> void read_together(const std::vector<std::string>& texts, Check check, bool whole = false) {
    std::string all;
    for (const std::string& text : texts) all += text + "7";
    all.append(20, '7');
    cell::Decimals decimals;
    std::size_t from = 0;
    const auto text_of = [&](std::size_t i) {
        const std::string_view text = std::string_view{all}.substr(from, texts[i].size());
        from += texts[i].size() + 1;
        return text;
    };
    whole ? decimals.read_wholes(texts.size(), text_of) : decimals.read(texts.size(), text_of);
    for (std::size_t i = 0; i < texts.size(); ++i) check(texts[i], decimals, i);
}

bool same_bits(double a, double b) { return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b); }

} // namespace

BOOST_AUTO_TEST_CASE(decimals_side_by_side_are_the_doubles_that_the_standard_library_reads) {
    std::mt19937_64 random{12};
    std::size_t read = 0;
    for (int round = 0; round < 6'000; ++round) {
        std::vector<std::string> texts;
        while (texts.size() < 1 + random() % cell::Decimals::most) {
            texts.push_back(number_like(random));
            if (round % 3 == 0) texts.back().resize(std::min<std::size_t>(texts.back().size(), 8)); // all are short
        }
        read_together(texts, [&](const std::string& text, const cell::Decimals& decimals, std::size_t i) {
            if (!decimals.is_number(i)) return;
            ++read;
            const auto expected = cell::number(text);
            BOOST_REQUIRE_MESSAGE(expected && same_bits(*expected, decimals.value(i)), text);
            const auto integer = cell::integer(text);
            BOOST_REQUIRE_MESSAGE(integer.has_value() == decimals.is_whole(i), text);
            if (integer) BOOST_REQUIRE_MESSAGE(*integer == decimals.whole(i), text);
        });
        const auto check_whole = [&](const std::string& text, const cell::Decimals& decimals, std::size_t i) {
            if (!decimals.is_number(i)) return;
            const auto integer = cell::integer(text);
            BOOST_REQUIRE_MESSAGE(integer && *integer == decimals.whole(i), text);
        };
        read_together(texts, check_whole, true);
    }
    BOOST_TEST(read > 40'000U);
}

BOOST_AUTO_TEST_CASE(decimals_side_by_side_take_short_plain_numbers_and_nothing_else) {
    const std::vector<std::string> taken{"0",

                                         "0.001",
                                         "12345678",
                                         "1234567.8",
                                         "-9999.9",

                                         "123456789012345",
                                         "-1234567890.1234",

                                         "1.23456789012345",
                                         "12345678.9",
                                         "123456789",

                                         "1e3",
                                         "-7.515921e-16",
                                         "1.5E+22",
                                         "123456789e-2",
                                         "0e0",
                                         "12345678e9"};
    read_together(taken, [](const std::string& text, const cell::Decimals& decimals, std::size_t i) {
        BOOST_TEST(decimals.is_number(i), text);
        BOOST_TEST(same_bits(decimals.value(i), *cell::number(text)), text);
    });
    const std::vector<std::string> left{"",
                                        "-",
                                        ".",
                                        "-.",
                                        "--1",
                                        "1-",
                                        "+1",
                                        "1e23",
                                        "1.5e-22",
                                        "1e",
                                        "1e+",
                                        "1e-",
                                        "e5",
                                        "-e5",
                                        "1ee5",
                                        "1e5e",
                                        "1e5.",
                                        "1e005",
                                        "1e+-5",
                                        "1e1234567",
                                        "1e12345678",
                                        "12345678e123456",
                                        "1,5",
                                        "0x1",
                                        "1.2.3",
                                        "1..2",
                                        " 1",
                                        "1 ",
                                        "nan",
                                        "1234567890123456",
                                        ":",
                                        "1:",
                                        "/1",
                                        "1/2",
                                        "\xB1",
                                        "inf",
                                        "1.2345678.90",
                                        "12345678-",
                                        "-12345678-9",
                                        "123456789012345678"};
    read_together(left, [](const std::string& text, const cell::Decimals& decimals, std::size_t i) {
        BOOST_TEST(!decimals.is_number(i), text);
    });
    std::vector<std::size_t> others;
    const auto is_whole = [](const std::string& text) { return text.find_first_of(".eE") == text.npos; };
    const auto check_whole = [&](const std::string& text, const cell::Decimals& decimals, std::size_t i) {
        BOOST_TEST(decimals.is_number(i) == is_whole(text), text);
        if (i == 0) decimals.each_other(taken.size(), [&](std::size_t other) { others.push_back(other); });
    };
    read_together(taken, check_whole, true);
    BOOST_TEST(others.size() ==
               taken.size() - static_cast<std::size_t>(std::count_if(taken.begin(), taken.end(), is_whole)));
}

BOOST_AUTO_TEST_CASE(short_numbers_with_an_exponent_are_the_doubles_that_the_standard_library_reads) {
    std::mt19937_64 random{13};
    std::size_t read = 0;
    for (int round = 0; round < 400'000; ++round) {
        const std::string text = number_like(random);
        const auto number =
            cell::short_scientific(std::string_view{text + std::string(20, '7')}.substr(0, text.size()));
        if (!number) continue;
        ++read;
        const auto expected = cell::number(text);
        BOOST_REQUIRE_MESSAGE(expected && same_bits(*expected, *number), text);
    }
    BOOST_TEST(read > 20'000U);
    for (const std::string text : {"1e22", "1.5e-3", "-9.007199e15", "123456789012345e-22", "1E+7", "0e0"})
        BOOST_TEST(
            cell::short_scientific(std::string_view{text + std::string(20, '7')}.substr(0, text.size())).has_value(),
            text);
    for (const std::string text : {"1e23", "1e", "1e+", "e5", "1e-23", "1.5", "1e100", "-0e1", "1e1.5", "1ee5"})
        BOOST_TEST(!cell::short_scientific(std::string_view{text + std::string(20, '7')}.substr(0, text.size())), text);
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace assay::csv

#include "parsing.hpp"

namespace assay::csv {
BOOST_AUTO_TEST_SUITE(hostile)

BOOST_AUTO_TEST_CASE(files_without_content_fail_as_empty) {
    for (const std::string text : {"", "\n", " \r\n\t\n", "\xEF\xBB\xBF", "\xEF\xBB\xBF\n", "\xFF\xFE", ",,,\n,,,\n"})
        BOOST_TEST(parsed(text).reason == "empty");
}

BOOST_AUTO_TEST_CASE(other_formats_fail_as_no_table) {
    for (const std::string text :
         {"{\"a\": 1,\n\"b\": 2}\n", "[1, 2]\n", "<!DOCTYPE html>\n<p>a, b</p>\n", "| a | b |\n|---|---|\n| 1 | 2 |\n",
          "Traceback (most recent call last):\n  File \"x\", line 1\n", "bash: ncu: command not found\n",
          "This run was slower than the last one.\nNobody knows why it was.\n"})
        BOOST_TEST(parsed(text).reason == "not-a-table", text);
    BOOST_TEST(parsed(std::string("\x7F"
                                  "ELF\0\0\0\1\2\0\0\0\0\0,\1\0\0\0,\n",
                                  22))
                   .reason == "not-a-table");
}

BOOST_AUTO_TEST_CASE(nul_characters_are_kept_and_counted) {
    std::string text = "name,x\nordinary,1\na,2\nmore of it,3\n";
    text[18] = '\0';
    const Parsed got = parsed(text);
    BOOST_TEST(got.code == ASSAY_OK);
    BOOST_TEST(got.diagnostic("nul-characters").offset == 18U);
    BOOST_TEST(got.tables.at(0).row_count == 3U);
}

BOOST_AUTO_TEST_CASE(a_quote_that_is_never_closed_costs_its_own_line_only) {
    std::string text = "a,b\n1,x\n2,\"open\n";
    for (int i = 3; i < 1000; ++i) text += std::to_string(i) + ",y\n";
    const Parsed got = parsed(text);
    BOOST_TEST(got.diagnostic("unclosed-quote").line == 3U);
    BOOST_TEST(got.tables.at(0).rejected == 1U);
    BOOST_TEST(got.tables[0].row_count == 998U);
    BOOST_TEST(got.tables[0].lines.at(1) == 4U);
}

BOOST_AUTO_TEST_CASE(a_quote_that_would_swallow_rows_up_to_the_next_quote_costs_its_own_line_only) {
    const Parsed got = parsed("a,b\n1,\"open\n2,y\n3,\"z\"\n4,w\n");
    BOOST_TEST(got.diagnostic("unclosed-quote").line == 2U);
    BOOST_TEST(text_of(got.tables.at(0)) == "2|y\n3|z\n4|w\n");
}

BOOST_AUTO_TEST_CASE(quotes_that_never_close_within_the_limit_do_not_cost_the_rest) {
    std::string text = "a,b\n1,x\n2,\"open\n";
    std::uint64_t rows = 1;
    for (; text.size() < (16U << 20U) + (2U << 20U); ++rows) text += "3," + std::string(1000, 'y') + "\n";
    const Parsed got = parsed(text, {.keep_rows = false});
    BOOST_TEST(got.tables.at(0).row_count == rows);
    BOOST_TEST(got.count("unclosed-quote") == 1U);
}

BOOST_AUTO_TEST_CASE(a_line_of_50_megabytes_is_passed_over) {
    for (const bool quoted : {false, true}) {
        const std::string text =
            "a,b\n1,x\n2," + std::string(quoted ? "\"" : "") + std::string(50U << 20U, 'y') + "\n3,z\n";
        const Parsed got = parsed(text);
        BOOST_TEST(text_of(got.tables.at(0)) == "1|x\n3|z\n");
        BOOST_TEST(got.tables[0].rejected == 1U);
        BOOST_TEST(got.tables[0].lines.back() == 4U);
        if (!quoted) BOOST_TEST(got.diagnostic("record-too-large").line == 3U);
    }
}

BOOST_AUTO_TEST_CASE(a_header_of_a_million_columns_is_refused) {
    std::string text;
    for (int i = 0; i < 1'000'000; ++i) text += "c" + std::to_string(i) + ",";
    BOOST_TEST(parsed(text + "z\n1,2\n").reason == "too-many-columns");
}

BOOST_AUTO_TEST_CASE(twenty_thousand_columns_are_read) {
    std::string names = "c0", cells = "0";
    for (int i = 1; i < 20'000; ++i) names += ",c" + std::to_string(i), cells += "," + std::to_string(i);
    const auto t = table(names + "\n" + cells + "\n" + cells + "\n");
    BOOST_TEST(t.fields.size() == 20'000U);
    BOOST_TEST(t.rows.at(1).at(19'999).value() == "19999");
}

BOOST_AUTO_TEST_CASE(quotes_within_cells_are_characters) {
    const Parsed got = parsed("a,b\n5\" disk,1\nx \"y\" z,2\n\"a\"b,3\n");
    BOOST_TEST(text_of(got.tables.at(0)) == "5\" disk|1\nx \"y\" z|2\n\"a\"b|3\n");
    BOOST_TEST(got.diagnostic("stray-quote").line == 4U);
}

BOOST_AUTO_TEST_CASE(rows_of_delimiters_only_are_rejected) {
    const Parsed got = parsed("a,b,c\n1,2,3\n,,\n , ,\n4,5,6\n");
    BOOST_TEST(text_of(got.tables.at(0)) == "1|2|3\n4|5|6\n");
    BOOST_TEST(got.tables[0].rejected == 2U);
    BOOST_TEST(got.count("empty-row") == 2U);
}

BOOST_AUTO_TEST_CASE(every_record_of_random_bytes_is_accounted_for) {
    // A linear congruential generator (Knuth, MMIX) over characters that matter to a reader of records.
    std::uint64_t state = 1;
    const std::string_view alphabet{",,,\"\"\n\n\r;1a.\0 \xC3\xBC\xFF\t", 19};
    for (int round = 0; round < 300; ++round) {
        std::string text = "a,b\n1,2\n3,4\n";
        for (int i = 0; i < 200; ++i) {
            state = state * 6364136223846793005ULL + 1442695040888963407ULL;
            text += alphabet[(state >> 33U) % alphabet.size()];
        }
        const Parsed whole = parsed(text), pieces = parsed(text, {.read_limit = 1});
        BOOST_TEST(whole.code == pieces.code);
        if (whole.code != ASSAY_OK) continue;
        BOOST_TEST((whole.tables.at(0).rows == pieces.tables.at(0).rows));
        BOOST_TEST(whole.tables[0].rejected == pieces.tables[0].rejected);
    }
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace assay::csv

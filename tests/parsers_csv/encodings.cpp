#include "parsing.hpp"

namespace assay::csv {
namespace {

/// ASCII and a few more characters as UTF-16.
std::string utf16(std::u16string_view text, bool little) {
    std::string out;
    for (const char16_t unit : text) {
        const char low = static_cast<char>(unit & 0xFF), high = static_cast<char>(unit >> 8);
        out += little ? low : high;
        out += little ? high : low;
    }
    return out;
}

} // namespace

BOOST_AUTO_TEST_SUITE(encodings)

BOOST_AUTO_TEST_CASE(a_byte_order_mark_is_no_part_of_the_first_name) {
    BOOST_TEST(table("\xEF\xBB\xBF"
                     "a,b\n1,2\n")
                   .fields.at(0)
                   .name == "a");
}

BOOST_AUTO_TEST_CASE(utf16_is_read_with_and_without_a_mark) {
    for (const bool little : {true, false}) {
        const std::u16string text = u"name,x\nüb,1\n\U0001F600,2\n";
        const Parsed marked = parsed(utf16(u"\uFEFF" + text, little));
        BOOST_TEST(text_of(marked.tables.at(0)) == "\xC3\xBC"
                                                   "b|1\n\xF0\x9F\x98\x80|2\n");
        BOOST_TEST(marked.diagnostics.empty());
        const Parsed bare = parsed(utf16(text, little), {.read_limit = 3});
        BOOST_TEST(text_of(bare.tables.at(0)) == text_of(marked.tables[0]));
        BOOST_TEST(bare.count("encoding-guessed") == 1U);
    }
}

BOOST_AUTO_TEST_CASE(utf16_of_odd_length_is_said_to_be_truncated) {
    const Parsed got = parsed(utf16(u"\uFEFFa,b\n1,2\n3,4\n5,6\n7,", true) + "8");
    BOOST_TEST(got.code == ASSAY_OK);
    BOOST_TEST(got.tables.at(0).row_count == 4U);
    BOOST_TEST(got.count("truncated") == 1U);
    BOOST_TEST(got.diagnostic("invalid-text").offset == 38U);
}

BOOST_AUTO_TEST_CASE(a_lone_surrogate_becomes_the_replacement_character) {
    std::u16string text = u"\uFEFFa,b\nx,1\n";
    text[5] = 0xD800;
    BOOST_TEST(parsed(utf16(text, true)).tables.at(0).rows.at(0).at(0).value() == "\xEF\xBF\xBD");
}

BOOST_AUTO_TEST_CASE(text_that_is_not_utf8_is_taken_as_windows_1252) {
    const Parsed got = parsed("name,x\ncaf\xE9,1\n\x80 5,2\n");
    BOOST_TEST(text_of(got.tables.at(0)) == "caf\xC3\xA9|1\n\xE2\x82\xAC 5|2\n");
    BOOST_TEST(got.count("encoding-guessed") == 1U);
    BOOST_TEST(got.count("invalid-text") == 0U);
}

BOOST_AUTO_TEST_CASE(invalid_bytes_in_utf8_are_replaced_and_located) {
    const Parsed got = parsed("name,x\n\xC3\xBC\xC3\xA4,1\nb\xFF"
                              "c,2\n\xC3\xB6,3\n");
    BOOST_TEST(text_of(got.tables.at(0)) == "\xC3\xBC\xC3\xA4|1\nb\xEF\xBF\xBD"
                                            "c|2\n\xC3\xB6|3\n");
    BOOST_TEST(got.diagnostic("invalid-text").offset == 15U);
    BOOST_TEST(got.diagnostic("invalid-text").count == 1U);
}

BOOST_AUTO_TEST_CASE(a_given_encoding_is_taken) {
    const auto t = table("name,x\n\xC3\xA9,1\n", {.options = {{"encoding", "windows-1252"}}});
    BOOST_TEST(t.rows.at(0).at(0).value() == "\xC3\x83\xC2\xA9");
}

BOOST_AUTO_TEST_CASE(a_sequence_cut_by_a_block_is_whole_again) {
    std::string text = "name,x\n";
    while (text.size() < 600000) text += "\xF0\x9F\x98\x80\xC3\xBC\xE2\x82\xAC,1\n";
    const Parsed got = parsed(text);
    BOOST_TEST(got.diagnostics.empty());
    BOOST_TEST(got.tables.at(0).rows.back().at(0).value() == "\xF0\x9F\x98\x80\xC3\xBC\xE2\x82\xAC");
}

BOOST_AUTO_TEST_CASE(what_is_not_ascii_is_read_wherever_in_a_long_text_it_stands) {
    const auto rows_until = [](std::size_t size) {
        std::string text = "name,x\n";
        while (text.size() + 4 <= size) text += "a,1\n";
        return text;
    };
    // Blocks end at 256 KiB: the character is before, across and behind that.
    for (std::size_t before = (256U << 10U) - 8; before < (256U << 10U) + 8; before += 4) {
        const std::string text = rows_until(before);
        const Parsed utf8 = parsed(text + "\xF0\x9F\x98\x80,2\nb\xFF,3\nc,4\n\xC3\xBC,5\nd,6\n");
        const auto& rows = utf8.tables.at(0).rows;
        BOOST_TEST(rows.at(rows.size() - 5).at(0).value() == "\xF0\x9F\x98\x80");
        BOOST_TEST(rows.at(rows.size() - 4).at(0).value() == "b\xEF\xBF\xBD");
        BOOST_TEST(rows.back().at(0).value() == "d");
        BOOST_TEST(utf8.diagnostic("invalid-text").offset == text.size() + 8);
        const Parsed latin = parsed(text + "caf\xE9,2\n");
        BOOST_TEST(latin.tables.at(0).rows.back().at(0).value() == "caf\xC3\xA9");
        const Parsed nuls = parsed(text + "a\xC3\xBC,2\nb" + std::string(1, '\0') + ",3\n");
        BOOST_TEST(nuls.diagnostic("nul-characters").offset == text.size() + 7);
        const Parsed late = parsed(text + std::string(1, '\0') + "b,3\n" + text + std::string(1, '\0') + ",1\n");
        BOOST_TEST(late.diagnostic("nul-characters").offset == text.size());
        BOOST_TEST(late.diagnostic("nul-characters").count == 2U);
    }
}

BOOST_AUTO_TEST_CASE(a_tools_message_encoded_twice_is_named) {
    std::string twice = "\xC3\xBF\xC3\xBE";
    for (const char c : std::string{"==ERROR== no such option. Use --help\r\n"}) {
        twice += c;
        twice += '\0';
    }
    const Parsed got = parsed(twice);
    BOOST_TEST(got.code == ASSAY_FAILED);
    BOOST_TEST(got.reason == "not-a-table");
    BOOST_TEST(got.message ==
               "the file is no table: it looks like an error message: \"==ERROR== no such option. Use --help\"");
    BOOST_TEST(got.count("encoding-guessed") == 1U);
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace assay::csv

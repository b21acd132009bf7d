#include "parsing.hpp"

namespace assay::csv {
BOOST_AUTO_TEST_SUITE(dialects)

BOOST_AUTO_TEST_CASE(the_delimiter_is_found) {
    for (const char* delimiter : {",", ";", "\t", "|"}) {
        std::string text;
        for (const char* line : {"a?b?c\n", "1?x y?2.5\n", "2?z?3.5\n"}) {
            text += line;
            for (std::size_t at; (at = text.find('?')) != text.npos;) text.replace(at, 1, delimiter);
        }
        BOOST_TEST(text_of(table(text)) == "1|x y|2.5\n2|z|3.5\n");
    }
}

BOOST_AUTO_TEST_CASE(decimal_commas_do_not_cut_cells_between_semicolons) {
    const auto t = table("1,5;2,5;3,5\n4,5;5,5;6,5\n", {.plan = {{"column_1", {.type = Type::real, .decimal = ','}}}});
    BOOST_TEST(t.fields.size() == 3U);
    BOOST_TEST(t.rows.at(0).at(0).value() == "1.5");
}

BOOST_AUTO_TEST_CASE(a_given_delimiter_is_taken) {
    BOOST_TEST(text_of(table("a:b\n1:2\n", {.options = {{"delimiter", ":"}}})) == "1|2\n");
    BOOST_TEST(text_of(table("a,1\tb,1\nx\ty\n", {.options = {{"delimiter", "tab"}}})) == "x|y\n");
}

BOOST_AUTO_TEST_CASE(a_delimiter_of_two_characters_is_refused) {
    BOOST_TEST(parsed("a,b\n", {.options = {{"delimiter", "::"}}}).code == ASSAY_BAD_OPTION);
    BOOST_TEST(parsed("a,b\n", {.options = {{"delimiter", "\""}}}).code == ASSAY_BAD_OPTION);
}

BOOST_AUTO_TEST_CASE(quoted_cells_hold_delimiters_line_ends_and_doubled_quotes) {
    const auto t = table("id,text\n1,\"a, b\"\n2,\"two\nlines\"\n3,\"say \"\"hi\"\"\"\n4,\"\"\"\"\n");
    BOOST_TEST(text_of(t) == "1|a, b\n2|two\nlines\n3|say \"hi\"\n4|\"\n");
    BOOST_TEST(t.lines == (std::vector<std::uint64_t>{2, 3, 5, 6}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(blanks_after_delimiters_belong_to_no_cell) {
    const auto t = table("name, utilization.gpu [%], memory.used [MiB]\n\"GPU, 0\", 88, \"x, y\"\n\"GPU, 1\", 7, z\n");
    BOOST_TEST(t.names() == (Names{"name", "utilization.gpu [%]", "memory.used [MiB]"}),
               boost::test_tools::per_element());
    BOOST_TEST(text_of(t) == "GPU, 0|88|x, y\nGPU, 1|7|z\n");
}

BOOST_AUTO_TEST_CASE(all_line_ends_are_read) {
    for (const std::string end : {"\n", "\r\n", "\r", "\r\r\n"})
        BOOST_TEST(text_of(table("a,b" + end + "1,x" + end + "2,\"y\"" + end)) == "1|x\n2|y\n");
}

BOOST_AUTO_TEST_CASE(another_quote_can_be_given) {
    BOOST_TEST(text_of(table("a,b\n'1,5',\"x\n", {.options = {{"quote", "'"}}})) == "1,5|\"x\n");
    BOOST_TEST(text_of(table("a,b\n1,\"x\n2,y\n", {.options = {{"quote", ""}}})) == "1|\"x\n2|y\n");
}

BOOST_AUTO_TEST_CASE(blocks_of_any_size_read_alike) {
    std::string text = "id,text,x\n";
    for (int i = 0; i < 500; ++i)
        text += std::to_string(i) + ",\"a \"\"q\"\", b\r\n" + std::string(static_cast<std::size_t>(i % 70), 'w') +
                "\"," + std::to_string(i * 0.5) + "\r\n";
    const auto whole = table(text);
    BOOST_TEST(whole.row_count == 500U);
    BOOST_TEST(whole.rows.at(3).at(1).value() == "a \"q\", b\r\nwww");
    for (const std::size_t limit : {1U, 7U, 64U, 1000U})
        BOOST_TEST((table(text, {.read_limit = limit}).rows == whole.rows));
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace assay::csv

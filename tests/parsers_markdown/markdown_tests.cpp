// Blocks with their lines, pipe tables with their types, and which content is claimed.
#include "seen.hpp"

using namespace seen;
using assay::Type;

BOOST_AUTO_TEST_SUITE(markdown)

BOOST_AUTO_TEST_CASE(blocks_come_in_order_with_their_source_lines) {
    const auto got = parse("# Title\n"        // 1
                           "\n"               //
                           "Some *text*\n"    // 3
                           "on two lines.\n"  //
                           "\n"               //
                           "- one\n"          // 6
                           "- two\n"          // 7
                           "  - deeper\n"     // 8
                           "\n"               //
                           "> quoted\n"       // 10
                           "\n"               //
                           "```cpp\n"         // 12
                           "int x;\n"         //
                           "```\n"            //
                           "<div>raw</div>\n" // 15
                           "\n"               //
                           "Second\n"         // 17
                           "------\n"         //
                           "end\n");          // 19
    BOOST_TEST(outline(got) == "heading@1 paragraph@3 list-item@6 list-item@7 list-item@8 quote@10 code@12 html@15 "
                               "heading@17 paragraph@19");
    const auto all = blocks(got);
    BOOST_TEST(all[1].text == "Some text\non two lines.");
    BOOST_TEST(all[3].level == "1");
    BOOST_TEST(all[4].level == "2");
    BOOST_TEST(all[6].info == "cpp");
    BOOST_TEST(all[6].text == "int x;\n");
    BOOST_TEST(all[8].level == "2");
    BOOST_TEST((table(got, "@nodes").kind == ASSAY_TABLE_NODES));
}

BOOST_AUTO_TEST_CASE(the_section_is_the_path_of_headings_above) {
    const auto all = blocks(parse("# A\n\n## B\n\ntext\n\n### C\n\n## D\n\nmore\n\n# E\n"));
    BOOST_TEST(all[0].section == "");
    BOOST_TEST(all[1].section == "A");
    BOOST_TEST(all[2].section == "A > B");
    BOOST_TEST(all[3].section == "A > B");
    BOOST_TEST(all[4].section == "A");
    BOOST_TEST(all[5].section == "A > D");
    BOOST_TEST(all[6].section == "");
}

BOOST_AUTO_TEST_CASE(links_follow_the_block_that_holds_them) {
    const auto all = blocks(parse("See [the `data`](a/b.csv) and\n![a plot](p.png).\n"));
    BOOST_TEST(all[0].text == "See the data and\na plot.");
    BOOST_TEST(all[1].type == "link");
    BOOST_TEST(all[1].text == "the data");
    BOOST_TEST(all[1].info == "a/b.csv");
    BOOST_TEST(all[1].line == "1");
    BOOST_TEST(all[2].info == "p.png");
    BOOST_TEST(all[2].line == "2");
}

BOOST_AUTO_TEST_CASE(front_matter_is_a_node_and_no_heading) {
    const auto got = parse("---\ntitle: x\n---\n# H\n");
    BOOST_TEST(outline(got) == "front-matter@1 heading@4");
    BOOST_TEST(blocks(got)[0].text == "title: x\n");
    BOOST_TEST(outline(parse("---\njust a rule\n\n---\n# H\n")).find("front-matter") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_pipe_table_is_a_claims_table_typed_by_the_plan) {
    const auto got =
        parse("# Results\n\n| Model | Mean **ms** | n |\n|:--|--:|:-:|\n| `a` | **1.5** | 3 |\n| b | - | 4 |\n");
    const auto& t = table(got, "table-1");
    BOOST_TEST(t.kind == ASSAY_TABLE_CLAIMS);
    BOOST_TEST((t.names() == std::vector<std::string>{"Model", "Mean ms", "n", "section"}));
    BOOST_CHECK(t.fields[1].planned == Type::real);
    BOOST_CHECK(t.fields[2].planned == Type::integer);
    BOOST_TEST(t.metadata(0, "assay.untyped") == "1");
    BOOST_TEST(t.metadata(3, "assay.scope") == "document");
    BOOST_TEST(row(t, 0) == "a|1.5|3|Results");
    BOOST_TEST(row(t, 1) == "b|~|4|Results");
    BOOST_TEST((t.lines == std::vector<std::uint64_t>{5, 6}));
    BOOST_TEST(t.sample_rows == 2);
    BOOST_TEST(blocks(got)[1].type == "table");
    BOOST_TEST(blocks(got)[1].info == "table-1");
    BOOST_TEST(blocks(got)[1].text == "Model | Mean ms | n");
}

BOOST_AUTO_TEST_CASE(cells_that_do_not_fit_the_plan_are_misfits) {
    const auto got = parse("| x |\n|---|\n| 1 |\n| fast |\n| 2.5 |\n", {.plan = {{"x", {.type = Type::integer}}}});
    const auto& t = table(got, "table-1");
    BOOST_TEST(t.misfits.size() == 2U);
    BOOST_TEST(t.misfits[0].line == 4U);
    BOOST_TEST(t.misfits[0].cell == "fast");
    BOOST_TEST(t.misfits[0].could_be == ASSAY_TYPE_TEXT);
    BOOST_TEST(t.misfits[1].could_be == ASSAY_TYPE_FLOAT);
    BOOST_TEST(row(t, 1) == "~");
}

BOOST_AUTO_TEST_CASE(a_header_glued_to_prose_is_found_and_said) {
    const auto got =
        parse("Best at 0.097 s. | tag | mean |\n| --- | --- |\n| q4 | 76.59 |\n| q8 | 46.57 | Plots: a.png\n");
    const auto& t = table(got, "table-1");
    BOOST_TEST((t.names() == std::vector<std::string>{"tag", "mean"}));
    BOOST_TEST(row(t, 0) == "q4|76.59");
    BOOST_TEST(row(t, 1) == "q8|46.57");
    BOOST_TEST(got.diagnostic("glued-table-header").line == 1U);
    BOOST_TEST(outline(got) == "paragraph@1 table@1 row@3 row@4 paragraph@4");
    BOOST_TEST(got.diagnostic("ragged-row").line == 4U);
}

BOOST_AUTO_TEST_CASE(rows_are_nodes_too_with_their_cells_as_written) {
    const auto got = parse("a\n\n| x | n |\n|---|---|\n| *q* | 1.50 |\n| r | 1,234 |\n\nb\n");
    BOOST_TEST(outline(got) == "paragraph@1 table@3 row@5 row@6 paragraph@8");
    BOOST_TEST(blocks(got)[2].text == "q\t1.50");
    BOOST_TEST(blocks(got)[3].text == "r\t1,234");
    BOOST_TEST(blocks(got)[3].info == "table-1");
}

BOOST_AUTO_TEST_CASE(tables_in_code_are_none_and_delimiters_without_header_are_said) {
    const auto code = parse("```\n| a | b |\n|---|---|\n| 1 | 2 |\n```\n");
    BOOST_TEST(code.tables.size() == 1U);
    const auto broken = parse("one | two\n|---|---|---|\n| 1 | 2 | 3 |\n");
    BOOST_TEST(broken.tables.size() == 1U);
    BOOST_TEST(broken.diagnostic("broken-table").line == 2U);
}

BOOST_AUTO_TEST_CASE(short_rows_escaped_pipes_and_nameless_columns_are_read) {
    const auto got = parse("| a |  | a |\n|---|---|---|\n| x\\|y | 1. z |\n");
    const auto& t = table(got, "table-1");
    BOOST_TEST((t.names() == std::vector<std::string>{"a", "column_2", "a_2"}));
    BOOST_TEST(row(t, 0) == "x|y|1. z|~");
}

BOOST_AUTO_TEST_CASE(windows_line_ends_and_a_mark_change_nothing) {
    const auto got = parse("\xEF\xBB\xBF# A\r\n\r\n| x |\r\n|---|\r\n| 1 |\r\n");
    BOOST_TEST(outline(got) == "heading@1 table@3 row@5");
    BOOST_TEST(row(table(got, "table-1"), 0) == "1|A");
    BOOST_TEST((table(got, "table-1").lines == std::vector<std::uint64_t>{5}));
}

BOOST_AUTO_TEST_CASE(bytes_that_are_not_utf8_are_replaced_and_counted) {
    const auto got = parse("# ok\n\nbad \xFF\xFE bytes\n");
    BOOST_TEST(blocks(got)[1].text == "bad \xEF\xBF\xBD\xEF\xBF\xBD bytes");
    BOOST_TEST(got.count("invalid-utf8") == 2U);
    BOOST_TEST(got.diagnostic("invalid-utf8").line == 3U);
}

BOOST_AUTO_TEST_CASE(nothing_fails_as_empty_and_binary_as_binary) {
    BOOST_TEST(parse("").reason == "empty");
    BOOST_TEST(parse(" \n\t\n").reason == "empty");
    BOOST_TEST(parse(std::string_view{"# a\0b", 5}).reason == "binary");
}

BOOST_AUTO_TEST_CASE(markdown_is_claimed_by_name_and_structure) {
    BOOST_TEST(probe("# A\n\n- b\n", "x.md") == 90);
    BOOST_TEST(probe("just words\n", "x.md") == 10);
    BOOST_TEST(probe("just words\n", "x.txt") == 0);
    BOOST_TEST(probe("# a comment\nkey = 1\n# another\n", "x.conf") == 0);
    BOOST_TEST(probe("REPORT\n======\n- Mean: 1 ms\n- Max: 2 ms\n", "x.txt") == 0);
    const int unnamed = probe("# A\n\n## B\n\n| x |\n|--|--|\n", "notes");
    BOOST_TEST((unnamed > 0 && unnamed < 40));
}

BOOST_AUTO_TEST_CASE(deep_and_long_documents_are_read) {
    const auto quotes = parse(std::string(20'000, '>') + " deep\n");
    BOOST_TEST(blocks(quotes).back().text.find("deep") != std::string::npos);
    std::string nested;
    for (int depth = 0; depth < 500; ++depth) nested.append(static_cast<std::size_t>(2 * depth), ' ').append("- x\n");
    BOOST_TEST(parse(nested).code == ASSAY_OK);
    BOOST_TEST(parse(std::string(50'000, '[') + std::string(50'000, '*')).code == ASSAY_OK);
    std::string rows = "| n |\n|---|\n";
    for (int i = 0; i < 70'000; ++i) rows.append("| ").append(std::to_string(i)).append(" |\n");
    const auto long_table = parse(rows, {.keep_rows = false});
    const auto& t = table(long_table, "table-1");
    BOOST_TEST(t.row_count == 70'000U);
    BOOST_TEST(t.chunks.back() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()

#include "parsing.hpp"

namespace assay::csv {
BOOST_AUTO_TEST_SUITE(tables)

BOOST_AUTO_TEST_CASE(columns_take_the_types_of_the_plan) {
    const auto t = table("n,x,ok,at,word\n1,0.5,true,2025-10-02,a\n-2,3,FALSE,2025-10-02T01:02:03Z,b c\n");
    BOOST_TEST(text_of(t) == "1|0.5|true|2025-10-02T00:00:00.000000Z|a\n-2|3|false|2025-10-02T01:02:03.000000Z|b c\n");
    BOOST_TEST(t.names() == (Names{"n", "x", "ok", "at", "word"}), boost::test_tools::per_element());
    BOOST_TEST(t.metadata(0, "assay.untyped") == "1");
    BOOST_TEST(t.lines == (std::vector<std::uint64_t>{2, 3}), boost::test_tools::per_element());
    BOOST_TEST(t.sample_rows == 2);
}

BOOST_AUTO_TEST_CASE(missing_markers_are_null_and_no_misfits) {
    const auto t = table("a,b\n1,x\n,N/A\n-,None\n[N/A],\n");
    BOOST_TEST(text_of(t) == "1|x\n~|~\n~|~\n~|~\n");
}

BOOST_AUTO_TEST_CASE(a_cell_that_does_not_fit_is_null_and_reported_with_what_it_could_be) {
    const auto t = table("a,b\n1,2\n1.5,x\ntrue,2025-01-01\n",
                         {.plan = {{"a", {.type = Type::integer}}, {"b", {.type = Type::real}}}});
    BOOST_TEST(text_of(t) == "1|2\n~|~\n~|~\n");
    BOOST_REQUIRE_EQUAL(t.misfits.size(), 4U);
    BOOST_TEST(t.misfits[0].could_be == ASSAY_TYPE_FLOAT);
    BOOST_TEST(t.misfits[0].cell == "1.5");
    BOOST_TEST(t.misfits[0].line == 3U);
    BOOST_TEST(t.misfits[1].could_be == ASSAY_TYPE_TEXT);
    BOOST_TEST(t.misfits[1].column == 1U);
    BOOST_TEST(t.misfits[2].could_be == ASSAY_TYPE_BOOL);
    BOOST_TEST(t.misfits[3].could_be == ASSAY_TYPE_TIME);
}

BOOST_AUTO_TEST_CASE(cells_are_read_as_the_plan_says_they_are_written) {
    const auto t = table("a;b;c;d\n\"1.234,5\";88 %;5,03,31,648;2\n\"0,25\";7 %;10,208;3\n",
                         {.plan = {{"a", {.type = Type::real, .decimal = ',', .grouping = '.'}},
                                   {"b", {.type = Type::integer, .suffix = "%"}},
                                   {"c", {.type = Type::integer, .grouping = ','}},
                                   {"d", {.type = Type::real, .scale = 0.001}}}});
    BOOST_TEST(text_of(t) == "1234.5|88|50331648|0.002\n0.25|7|10208|0.003\n");
    BOOST_TEST(t.misfits.empty());
}

BOOST_AUTO_TEST_CASE(numbers_are_read_to_the_nearest_double) {
    // Expected: from_chars, by way of text that is the shortest for its value.
    std::string text = "x,n\n", expected;
    for (const char* number :
         {"0.1", "-0", "-0.0", "0.000001", "123456789.12345", "999999999999999", "0.123456789012345",
          "9007199254740993.5", "1e300", "-1.5e-7", "182.66757650517033", "5e-324", "-12.25"}) {
        double value = 0;
        std::from_chars(number, number + std::strlen(number), value);
        char buffer[64];
        expected += std::string{buffer, std::to_chars(buffer, buffer + sizeof buffer, value).ptr} + "|1\n";
        text += std::string{number} + ",1\n";
    }
    BOOST_TEST(text_of(table(text)) == expected);
}

BOOST_AUTO_TEST_CASE(signs_points_and_blanks_around_numbers_are_read_as_everywhere) {
    const auto t = table("x,n\n 1.5 ,+3\n.5,-4\n5.,5\n-.,6\n",
                         {.plan = {{"x", {.type = Type::real}}, {"n", {.type = Type::integer}}}});
    BOOST_TEST(text_of(t) == "1.5|3\n0.5|-4\n5|5\n~|6\n");
    BOOST_TEST(t.misfits.size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_file_of_a_header_only_is_a_table_without_rows) {
    const auto t = table("model,tokens_s\n");
    BOOST_TEST(t.names() == (Names{"model", "tokens_s"}), boost::test_tools::per_element());
    BOOST_TEST(t.row_count == 0U);
}

BOOST_AUTO_TEST_CASE(records_of_numbers_have_no_header) {
    const Parsed got = parsed("1,2\n3,4\n");
    BOOST_TEST(got.tables.at(0).names() == (Names{"column_1", "column_2"}), boost::test_tools::per_element());
    BOOST_TEST(got.tables[0].row_count == 2U);
    BOOST_TEST(got.count("no-header") == 1U);
}

BOOST_AUTO_TEST_CASE(names_of_percentiles_above_plain_numbers_are_a_header) {
    const auto t = table("name,50%,99.9%\n/,23,310\n/login,110,1300\n");
    BOOST_TEST(t.names() == (Names{"name", "50%", "99.9%"}), boost::test_tools::per_element());
    BOOST_TEST(parsed("12%,50%\n23%,31%\n").tables.at(0).names() == (Names{"column_1", "column_2"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(counters_of_perf_without_a_header_have_the_names_that_perf_gives_them) {
    const Parsed got = parsed("10175.30,msec,task-clock,10175298057,100.00,7.912,CPUs utilized\n"
                              "1203,,context-switches,10175298057,100.00,118.227,/sec\n"
                              "<not supported>,,stalled-cycles:u,0,100.00,,\n");
    BOOST_TEST(got.tables.at(0).names() == (Names{"counter-value", "unit", "event", "event-runtime", "pcnt-running",
                                                  "metric-value", "metric-unit"}),
               boost::test_tools::per_element());
    BOOST_TEST(got.count("documented-names") == 1U);
    BOOST_TEST(got.count("no-header") == 0U);
    BOOST_TEST(parsed("1,a,b,2,300,4,c\n2,a,b,3,400,5,c\n").tables.at(0).names().front() == "column_1");
}

BOOST_AUTO_TEST_CASE(seven_columns_without_a_header_are_perfs_only_if_they_hold_its_events_and_units) {
    const auto is_perfs = [](const char* text) { return parsed(text).count("documented-names") == 1U; };
    BOOST_TEST(
        !is_perfs("1,cuda,resnet50,32,76.1,13.5,ok\n2,cuda,vgg16,32,76.2,14.5,ok\n3,cuda,vgg16,32,76.3,15.5,ok\n"));
    BOOST_TEST(!is_perfs("1000,bytes,read,4096,50,1.0,x\n1001,bytes,read,4096,51,1.1,x\n"));
    BOOST_TEST(!is_perfs("1000,,read,4096,50,1.0,\n1001,,write,4096,51,1.1,\n"));
    BOOST_TEST(!is_perfs("1000,,cycles,4096,50,1.0,ok\n1001,,cycles,4096,51,1.1,ok\n"));
    BOOST_TEST(is_perfs("1000,,cpu_core/LLC-loads/u,4096,50,1.0,GHz\n1001,,r01c4,4096,51,,\n"));
    BOOST_TEST(is_perfs("12.5,Joules,power/energy-pkg/,4096,100.00,,\n"));
    BOOST_TEST(is_perfs("9,,L1-dcache-load-misses:u,4096,100.00,1.5,of all L1-dcache accesses\n"));
}

BOOST_AUTO_TEST_CASE(the_user_overrules_header_detection) {
    const auto with = table("1,2\n3,4\n", {.options = {{"header", "yes"}}});
    BOOST_TEST(with.names() == (Names{"1", "2"}), boost::test_tools::per_element());
    BOOST_TEST(table("a,b\n3,4\n", {.options = {{"header", "no"}}}).row_count == 2U);
}

BOOST_AUTO_TEST_CASE(duplicate_and_blank_names_become_unique) {
    const Parsed got = parsed("a,a,,a_2\n1,2,3,4\n");
    BOOST_TEST(got.tables.at(0).names() == (Names{"a", "a_3", "column_3", "a_2"}), boost::test_tools::per_element());
    BOOST_TEST(got.diagnostic("duplicate-header").column_name == "a_3");
    BOOST_TEST(got.diagnostic("blank-header").column_name == "column_3");
}

BOOST_AUTO_TEST_CASE(a_units_row_gives_units_and_is_no_data) {
    const auto t =
        table("\"ID\",\"Name\",\"time\",\"size\",\"grid\",\"odd\"\n\"\",\"\",\"us\",\"Kbyte/block\",\"block\",\"foo\"\n"
              "\"0\",\"k\",\"1.5\",\"2\",\"3\",\"4\"\n\"1\",\"l\",\"2.5\",\"4\",\"5\",\"6\"\n");
    BOOST_TEST(text_of(t) == "0|k|1.5|2|3|4\n1|l|2.5|4|5|6\n");
    BOOST_TEST(t.metadata(0, "assay.unit") == "");
    BOOST_TEST(t.metadata(2, "assay.unit") == "us");
    BOOST_TEST(t.metadata(3, "assay.unit") == "kBy/{block}");
    BOOST_TEST(t.metadata(4, "assay.unit") == "{block}");
    BOOST_TEST(t.metadata(5, "assay.unit") == "foo");
    BOOST_TEST(t.lines.at(0) == 3U);
}

BOOST_AUTO_TEST_CASE(a_row_of_texts_is_no_units_row) {
    BOOST_TEST(table("name,tool\nms,perf\ns,fio\n").row_count == 2U);
    BOOST_TEST(table("name,x\nms,1\ns,2\n").row_count == 2U);
    BOOST_TEST(table("a,b\nms,s\n1,2\n", {.options = {{"units_row", "no"}}}).row_count == 2U);
}

BOOST_AUTO_TEST_CASE(ragged_rows_are_rejected_and_counted_with_their_lines) {
    const Parsed got = parsed("a,b,c\n1,2,3\n1,2\n4,5,6\n1,2,3,4\n7,8,9\n10,11,12\n");
    const auto& t = got.tables.at(0);
    BOOST_TEST(text_of(t) == "1|2|3\n4|5|6\n7|8|9\n10|11|12\n");
    BOOST_TEST(t.rejected == 2U);
    BOOST_TEST(got.count("ragged-row") == 2U);
    BOOST_TEST(got.diagnostic("ragged-row").line == 3U);
    BOOST_TEST(t.lines == (std::vector<std::uint64_t>{2, 4, 6, 7}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(many_ragged_rows_give_few_diagnostics_that_count_them_all) {
    std::string text = "a,b\n";
    for (int i = 0; i < 300; ++i) text += i % 3 == 0 ? "1\n" : "1,2\n";
    const Parsed got = parsed(text);
    BOOST_TEST(got.diagnostics.size() == 21U);
    BOOST_TEST(got.count("ragged-row") == 100U);
    BOOST_TEST(got.tables.at(0).rejected == 100U);
    BOOST_TEST(got.tables[0].row_count == 200U);
}

BOOST_AUTO_TEST_CASE(a_trailing_delimiter_makes_no_column) {
    BOOST_TEST(text_of(table("a,b,\n1,2,\n3,4,\n")) == "1|2\n3|4\n");
    BOOST_TEST(text_of(table("a,b\n1,2,\n3,4,\n")) == "1|2\n3|4\n");
    BOOST_TEST(text_of(table("a,b,\n1,2\n3,4\n")) == "1|2\n3|4\n");
}

BOOST_AUTO_TEST_CASE(rows_with_one_cell_more_than_the_header_begin_with_their_names) {
    const Parsed got = parsed("x,y\nr1,1,2\nr2,3,4\n");
    BOOST_TEST(got.tables.at(0).names() == (Names{"column_1", "x", "y"}), boost::test_tools::per_element());
    BOOST_TEST(text_of(got.tables[0]) == "r1|1|2\nr2|3|4\n");
    BOOST_TEST(got.count("header-short") == 1U);
}

BOOST_AUTO_TEST_CASE(a_last_row_that_breaks_off_is_truncated) {
    const Parsed got = parsed("a,b,c\n1,2,3\n4,5,6\n7,8,9\n4,5");
    BOOST_TEST(got.tables.at(0).row_count == 3U);
    BOOST_TEST(got.tables[0].rejected == 1U);
    BOOST_TEST(got.diagnostic("truncated").line == 5U);
    BOOST_TEST(parsed("a,b\n1,2\n3,4").diagnostics.empty());
    BOOST_TEST(parsed("a,b\n1,2\n3,\"4").count("truncated") == 1U);
}

BOOST_AUTO_TEST_CASE(a_header_repeated_among_the_rows_is_no_row) {
    const Parsed got = parsed("a,b\n1,2\na,b\n3,4\n");
    BOOST_TEST(text_of(got.tables.at(0)) == "1|2\n3|4\n");
    BOOST_TEST(got.diagnostic("repeated-header").line == 3U);
}

BOOST_AUTO_TEST_CASE(messages_before_and_among_the_records_are_passed_over) {
    const Parsed got =
        parsed("==PROF== Connected to process 7, \"x\n# run 1, 2\n\n\"ID\",\"t\"\n1,2\n3,4\n==PROF== Disconnected\n");
    BOOST_TEST(text_of(got.tables.at(0)) == "1|2\n3|4\n");
    BOOST_TEST(got.tables[0].lines.at(0) == 5U);
    BOOST_TEST(got.count("preamble") == 2U);
    BOOST_TEST(got.count("message-line") == 1U);
    BOOST_TEST(got.tables[0].rejected == 0U);
}

BOOST_AUTO_TEST_CASE(a_header_written_as_a_comment_is_the_header) {
    const auto t = table("# made by x\n#time,power\n1,2\n3,4\n");
    BOOST_TEST(t.names() == (Names{"time", "power"}), boost::test_tools::per_element());
    BOOST_TEST(t.row_count == 2U);
}

BOOST_AUTO_TEST_CASE(titles_above_a_table_are_passed_over) {
    const Parsed got = parsed("Results of Monday\n\nmodel,x\na,1\nb,2\nc,3\n");
    BOOST_TEST(got.tables.at(0).names() == (Names{"model", "x"}), boost::test_tools::per_element());
    BOOST_TEST(got.tables[0].row_count == 3U);
    BOOST_TEST(got.count("preamble") == 1U);
}

BOOST_AUTO_TEST_CASE(one_column_is_a_table) {
    BOOST_TEST(text_of(table("latency_ms\n1\n\n2\n")) == "1\n2\n");
    BOOST_TEST(text_of(table("name\nalice\nbob\n")) == "alice\nbob\n");
}

BOOST_AUTO_TEST_CASE(batches_end_at_chunk_borders_and_chunks_depend_on_content_only) {
    std::string text = "a,b\n";
    while (text.size() < (9U << 20U)) text += std::to_string(text.size()) + "," + std::string(500, 'x') + "\n";
    const auto whole = table(text);
    const auto pieces = table(text, {.read_limit = 4099, .size_known = false});
    BOOST_TEST(whole.chunks == pieces.chunks, boost::test_tools::per_element());
    BOOST_TEST(whole.chunks.back() == 2U);
    BOOST_TEST((whole.rows == pieces.rows));
    const auto lines = static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n'));
    BOOST_TEST(whole.row_count == lines - 1);
    BOOST_TEST(whole.lines.back() == lines);
    BOOST_TEST(whole.sample_rows == 1024 + 1);
}

BOOST_AUTO_TEST_CASE(a_host_that_asks_to_stop_is_obeyed) {
    std::string text = "a,b\n";
    for (int i = 0; i < 20000; ++i) text += "1,2\n";
    const Parsed got = parsed(text, {.stop_after = 1});
    BOOST_TEST(got.code == ASSAY_CANCELLED);
    BOOST_TEST(got.tables.at(0).batch_count == 2U);
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace assay::csv

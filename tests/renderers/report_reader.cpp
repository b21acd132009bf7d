#include <assay/report_lists.hpp>
#include <assay/report_words.hpp>
#include <boost/test/unit_test.hpp>

using namespace assay;

BOOST_AUTO_TEST_SUITE(report_reader)

BOOST_AUTO_TEST_CASE(null_and_absent_are_not_zero) {
    RecordReader reader;
    const auto artifact =
        reader.artifact(R"({"path":"a","bytes":null,"tables":[{"name":"t","kind":"data","rows":0}]})");
    BOOST_TEST(!artifact.bytes.has_value());
    BOOST_TEST(artifact.tables.at(0).rows.read.value() == 0U);
    BOOST_TEST(!artifact.tables.at(0).rows.failed.has_value());
    BOOST_TEST(artifact.parser.empty());
}

BOOST_AUTO_TEST_CASE(a_section_reads_back_as_it_was_written) {
    RecordReader reader;
    const Section section = reader.section(
        R"({"stage":"s","title":"T","place":"say","text":["x"],"tables":[{"title":"","note":"n","columns":[)"
        R"({"title":"a","number":false},{"title":"b","number":true}],"rows":[[{"text":"k"},{"text":"1","fact":"f1"}],)"
        R"([{"text":"short"}]]}]})");
    BOOST_TEST(place_of(section) == 0U);
    BOOST_TEST(section.tables.at(0).columns.at(1).number);
    BOOST_TEST(section.tables.at(0).rows.at(0).at(1).fact == "f1");
    BOOST_TEST(section.tables.at(0).rows.at(1).size() == 2U); // a ragged row gets its missing cells
}

BOOST_AUTO_TEST_CASE(a_broken_record_is_a_failure_with_a_reason) {
    RecordReader reader;
    BOOST_CHECK_EXCEPTION(reader.fact("{"), Failure, [](const Failure& f) { return f.reason == "bad-record"; });
}

BOOST_AUTO_TEST_CASE(the_opening_says_only_what_is_known_and_not_zero) {
    RecordReader reader;
    const auto counts =
        reader.counts(R"({"artifacts":{"seen":1,"failed":0,"unclaimed":null},"rows":{"read":5,"ok":5}})");
    const auto inventory = reader.inventory(R"({"artifacts":1,"by_type":{"csv":1}})");
    const std::vector<std::string> expected{"1 file: 1 csv.", "Rows: 5 read, all ok."};
    BOOST_TEST(opening_sentences(inventory, counts) == expected, boost::test_tools::per_element());
    BOOST_TEST(opening_sentences({}, {}).empty());
}

BOOST_AUTO_TEST_CASE(many_types_are_cut_and_counted) {
    ReportInventory inventory;
    inventory.artifacts = 30;
    for (int i = 0; i < 10; ++i) inventory.by_type.emplace_back("t" + std::to_string(i), 3);
    BOOST_TEST(files_sentence(inventory, {}) ==
               "30 files: 3 t0, 3 t1, 3 t2, 3 t3, 3 t4, 3 t5, 3 t6, 3 t7, and 2 more types.");
}

BOOST_AUTO_TEST_CASE(lists_keep_the_first_and_count_the_rest) {
    Bounded<int> list{2};
    for (int i = 0; i < 5; ++i) list.add(i);
    BOOST_TEST(list.kept.size() == 2U);
    BOOST_TEST(list.left_out() == 3U);
}

BOOST_AUTO_TEST_CASE(rows_of_published_statistics_are_told_beside_those_that_are_ok) {
    assay::RowCounts rows;
    rows.read = 162;
    rows.ok = 106;
    rows.failed = 0;
    rows.published = 56;
    BOOST_TEST(assay::rows_sentence(rows) == "Rows: 162 read, 106 ok, 56 published statistics.");
}

BOOST_AUTO_TEST_SUITE_END()

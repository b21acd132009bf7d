#include "parsing.hpp"

namespace assay::csv {
namespace {

Confidence asked(std::string_view text, std::string_view name, std::size_t head = 65536) {
    Csv parser;
    return testkit::probe(parser, text, name, head);
}

} // namespace

BOOST_AUTO_TEST_SUITE(probing)

BOOST_AUTO_TEST_CASE(a_table_is_claimed_with_its_reason) {
    const Confidence answer = asked("a,b,c\n1,2,3\n4,5,6\n", "x.csv");
    BOOST_TEST(answer.value >= 80);
    BOOST_TEST(answer.reason == "delimiter ',' gives 3 fields in 3 of 3 lines");
}

BOOST_AUTO_TEST_CASE(content_counts_without_a_name) {
    BOOST_TEST(asked("a\tb\tc\n1\t2\tx\n4\t5\ty\n", "results.txt").value >= 50);
    BOOST_TEST(asked("a,b,c\n1,2,3\n4,5,6\n", "x.json").value >= 50);
}

BOOST_AUTO_TEST_CASE(a_name_alone_is_worth_little) {
    BOOST_TEST(asked("", "x.csv").value == 10);
    BOOST_TEST(asked("a tool said something here\n", "x.csv").value == 10);
    BOOST_TEST(asked("latency\n1\n2\n3\n", "x.csv").value == 30);
    BOOST_TEST(asked("latency\n1\n2\n3\n", "x.txt").value == 0);
}

BOOST_AUTO_TEST_CASE(prose_and_logs_are_not_claimed) {
    BOOST_TEST(
        asked("Dear reader, this is text.\nIt goes on, and on.\nNothing, at all, is a table.\n", "x.txt").value == 0);
    BOOST_TEST(asked("2025-01-01 10:00:00,123 INFO loading the model from disk\n"
                     "2025-01-01 10:00:01,223 INFO the model has been loaded now\n"
                     "2025-01-01 10:00:02,323 INFO shutting the server down now\n",
                     "x.log")
                   .value == 0);
}

BOOST_AUTO_TEST_CASE(other_formats_are_not_claimed_whatever_their_name) {
    BOOST_TEST(asked("{\"a\": 1, \"b\": 2}\n", "x.csv").value == 0);
    BOOST_TEST(asked("[\n {\"a\": 1},\n {\"a\": 2}\n]\n", "x.csv").value == 0);
    BOOST_TEST(asked("<html><body>a,b</body></html>\n", "x.csv").value == 0);
    BOOST_TEST(asked("# T\n\n| a | b |\n|---|---|\n| 1 | 2 |\n", "x.csv").value == 0);
    BOOST_TEST(asked(std::string("\x1F\x8B\x08\0\1,\2,\0\0\n", 11), "x.csv").value == 0);
}

BOOST_AUTO_TEST_CASE(a_head_cut_within_a_record_is_judged_by_its_whole_records) {
    std::string text = "a,b,c\n";
    for (int i = 0; i < 1000; ++i) text += "1,2,3\n";
    const Confidence answer = asked(text, "x.csv", 100);
    BOOST_TEST(answer.reason == "delimiter ',' gives 3 fields in 16 of 16 lines");
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace assay::csv

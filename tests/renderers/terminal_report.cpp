#include "terminal_report.hpp"
#include "layout.hpp"
#include "sample_report.hpp"
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <sstream>

using assay::TerminalReport;
using assay::terminal::Layout;

namespace {

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream in{text};
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

fake::ReportData large_report() {
    auto data = fake::sample_report();
    for (int i = 0; i < 12; ++i) {
        assay::Section section{
            "s", "Metric " + std::to_string(i), "say", {"about it"}, {{"", {{"k"}, {"v", true}}, {}, ""}}};
        for (int row = 0; row < 30; ++row) section.tables[0].rows.push_back({{"key"}, {"1"}});
        data.add(section);
    }
    return data;
}

} // namespace

BOOST_AUTO_TEST_SUITE(terminal_report)

BOOST_AUTO_TEST_CASE(the_answers_stand_on_one_screen) {
    const std::string text =
        fake::rendered<TerminalReport>(fake::sample_report(), {{"full_report", std::string{"report.json"}}});
    const auto lines = lines_of(text);
    BOOST_TEST(lines.size() <= 40U);
    BOOST_TEST(lines.at(0) == "106 files: 28 csv, 44 json, 29 markdown; 5 unclaimed, 1 failed. 4 copies counted");
    BOOST_TEST(fake::has(text, "DECODE RATE\n"));
    BOOST_TEST(fake::has(text, "llama3.1:8b q4_0       3  15      25   78.10      76.91–78.74"));
    BOOST_TEST(fake::has(text, "DO NOT USE\n✖ 75 of 100 run rows failed"));
    BOOST_TEST(fake::has(text, "reports/profiling/ncu_summary.csv: failed, an error message of a tool"));
    BOOST_TEST(fake::has(text, "NEXT\n  rerun the 7 all-failed files\n"));
    BOOST_TEST(fake::has(lines.back(), "report.json"));
    BOOST_TEST(fake::has(lines.back(), "assay explain reports/profiling/ncu_summary.csv"));
}

BOOST_AUTO_TEST_CASE(no_line_is_wider_than_the_terminal) {
    const assay::DisplayWidth display;
    auto data = fake::sample_report();
    data.add(assay::Section{
        "s", "Wide 日本語", "say", {std::string(300, 'x') + " 日本語日本語日本語日本語日本語日本語日本語"}, {}});
    for (const std::int64_t width : {20, 33, 60, 80, 120})
        for (const auto& line :
             lines_of(fake::rendered<TerminalReport>(data, {{"width", width}, {"lines", std::int64_t{0}}})))
            BOOST_TEST(display.of(line) <= static_cast<std::size_t>(width), width << ": " << line);
}

BOOST_AUTO_TEST_CASE(a_large_report_keeps_to_its_lines_and_counts_what_it_leaves_out) {
    for (const std::int64_t limit : {12, 25, 40}) {
        const std::string text = fake::rendered<TerminalReport>(large_report(), {{"lines", limit}});
        BOOST_TEST(lines_of(text).size() <= static_cast<std::size_t>(limit));
        BOOST_TEST(fake::has(text, "not shown"));
    }
    BOOST_TEST(lines_of(fake::rendered<TerminalReport>(large_report(), {{"lines", std::int64_t{0}}})).size() > 200U);
}

BOOST_AUTO_TEST_CASE(warnings_are_not_crowded_out_by_long_tables) {
    BOOST_TEST(fake::has(fake::rendered<TerminalReport>(large_report()), "DO NOT USE"));
}

BOOST_AUTO_TEST_CASE(control_characters_are_made_visible) {
    fake::ReportData data;
    data.add(ASSAY_RECORD_ARTIFACT, "{\"path\":\"evil\\u001b[2J\\nname\\u202e.csv\",\"status\":\"unclaimed\"}");
    const std::string text = fake::rendered<TerminalReport>(data);
    BOOST_TEST(fake::has(text, "evil\\u001B[2J\\nname\\u202E.csv"));
    BOOST_TEST(!fake::has(text, "\x1b"));
}

BOOST_AUTO_TEST_CASE(colour_is_used_only_where_asked_for) {
    BOOST_TEST(!fake::has(fake::rendered<TerminalReport>(fake::sample_report()), "\x1b["));
    BOOST_TEST(
        fake::has(fake::rendered<TerminalReport>(fake::sample_report(), {{"colour", true}}), "\x1b[31m✖ 75 of 100"));
}

BOOST_AUTO_TEST_CASE(ascii_means_nothing_else) {
    auto data = fake::sample_report();
    data.add(assay::Section{"s", "Größe", "say", {"±5 µs 日本"}, {}});
    const std::string text = fake::rendered<TerminalReport>(data, {{"ascii", true}, {"lines", std::int64_t{0}}});
    BOOST_TEST(std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; }));
    BOOST_TEST(fake::has(text, "76.91-78.74"));
    BOOST_TEST(fake::has(text, "+-5 us \\u65E5\\u672C"));
}

BOOST_AUTO_TEST_CASE(wide_and_combining_characters_keep_columns_aligned) {
    // Widths from Unicode 15 East Asian Width: W takes two columns, a combining mark none.
    const assay::DisplayWidth display;
    BOOST_TEST(display.of(std::string_view{"日本"}) == 4U);
    BOOST_TEST(display.of(std::string_view{"e\u0301"}) == 1U);
    const Layout layout{40, false};
    assay::terminal::Lines lines;
    layout.table(lines, {"", {{"name"}, {"n", true}}, {{{"日本"}, {"1"}}, {{"abcdef"}, {"22"}}}, ""});
    for (const auto& line : lines) BOOST_TEST(display.of(line.text) == 10U, line.text);
}

BOOST_AUTO_TEST_CASE(a_table_too_wide_cuts_text_first_and_then_names_the_columns_it_drops) {
    const Layout layout{30, false};
    assay::terminal::Lines lines;
    layout.table(lines, {"",
                         {{"model"}, {"median", true}, {"interval", true}, {"note"}},
                         {{{"a-very-long-model-name"}, {"78.10"}, {"76.91–78.74"}, {"something long here"}}},
                         ""});
    BOOST_TEST(fake::has(lines.at(1).text, "a-very-l…"));
    BOOST_TEST(fake::has(lines.at(1).text, "76.91–78.74"));
    BOOST_TEST(lines.back().text == "  not shown: note");
}

BOOST_AUTO_TEST_CASE(texts_that_begin_alike_are_cut_where_they_are_alike) {
    const Layout layout{40, false};
    assay::terminal::Lines lines;
    layout.table(lines, {"",
                         {{"file"}, {"median", true}, {"interval", true}},
                         {{{"target/criterion/sort_big/estimates.json"}, {"78.10"}, {"76.91–78.74"}},
                          {{"target/criterion/hash/estimates.json"}, {"1.10"}, {"1.09–1.12"}}},
                         ""});
    BOOST_TEST(fake::has(lines.at(1).text, "sort_big"));
    BOOST_TEST(fake::has(lines.at(2).text, "hash"));
    lines.clear();
    const Layout wider{34, false};
    wider.table(lines, {"",
                        {{"run"}, {"median", true}, {"interval", true}, {"note"}},
                        {{{"2026-11-10"}, {"78.10"}, {"76.91–78.74"}, {"something long"}},
                         {{"2026-11-11"}, {"1.10"}, {"1.09–1.12"}, {"something long"}}},
                        ""});
    BOOST_TEST(fake::has(lines.at(1).text, "2026-11-10")); // a date is read as a whole
}

BOOST_AUTO_TEST_CASE(a_long_finding_is_cut_where_a_clause_ends_and_keeps_its_last_sentence) {
    const Layout layout{60, false};
    assay::terminal::Lines lines;
    layout.wrap_short(lines,
                      "runs: 75 of 115 rows failed: " + std::string(80, 'x') + ", and more. Likewise: a (1 of 2).",
                      "✖ ", assay::terminal::Style::plain, 2);
    BOOST_REQUIRE(lines.size() <= 2U);
    BOOST_TEST(lines.front().text == "✖ runs: 75 of 115 rows failed… Likewise: a (1 of 2).");
    lines.clear();
    layout.wrap_short(lines, std::string(1000000, 'y') + " " + std::string(1000000, 'z'), "",
                      assay::terminal::Style::plain, 1);
    BOOST_TEST(lines.size() == 1U);
}

BOOST_AUTO_TEST_CASE(only_whole_items_are_left_out_and_the_heading_counts_them) {
    fake::ReportData data;
    assay::Section section{"s", "", "not", {}, {}};
    for (int i = 0; i < 50; ++i) section.text.push_back("finding " + std::to_string(i));
    data.add(section);
    const std::string text = fake::rendered<TerminalReport>(data, {{"lines", std::int64_t{20}}});
    BOOST_TEST(fake::has(text, "DO NOT USE (16 of 50)\n✖ finding 0\n"));
    BOOST_TEST(lines_of(text).size() == 20U);
}

BOOST_AUTO_TEST_CASE(worse_findings_have_another_sign) {
    fake::ReportData data;
    data.add(ASSAY_RECORD_FINDING, R"({"rule":"K2","severity":"medium","message":"looks derived"})");
    data.add(assay::Section{"s", "", "not", {"looks derived. Likewise: b.", "is wrong"}, {}});
    const std::string text = fake::rendered<TerminalReport>(data);
    BOOST_TEST(fake::has(text, "▲ looks derived. Likewise: b.\n✖ is wrong\n"));
}

BOOST_AUTO_TEST_CASE(tables_of_the_same_metric_are_one_and_copies_of_rows_stand_once) {
    const auto section = [](const std::string& title, const std::string& model, const std::string& median) {
        assay::SectionTable table{"rate by model (1/s)",
                                  {{"model"}, {"n", true}, {"median", true}, {"interval", true}},
                                  {{{model}, {"5"}, {median}, {"1–2"}}},
                                  ""};
        assay::SectionTable other = table;
        other.title = "wait by model (s)";
        other.rows[0][2].text = "0.25";
        return assay::Section{"statistics", title, "say", {}, {table, other}};
    };
    fake::ReportData data;
    data.add(section("One", "a", "10"));
    data.add(section("Two", "b", "20"));
    data.add(section("Two again", "b", "20"));
    const std::string text = fake::rendered<TerminalReport>(data);
    BOOST_TEST(fake::has(text, "ONE rate by model (1/s)\n"
                               "model  n  median  interval  median wait\n"
                               "a      5      10       1–2         0.25\n"
                               "Two:\n"
                               "b      5      20       1–2         0.25\n\n"),
               text);
}

BOOST_AUTO_TEST_CASE(a_figure_stands_under_its_own_metric_whatever_other_sections_have) {
    const auto section = [](const std::string& title, const std::string& model, const std::string& second) {
        const assay::SectionTable table{"rate by model (1/s)",
                                        {{"model"}, {"n", true}, {"median", true}, {"interval", true}, {"mean", true}},
                                        {{{model}, {"5"}, {"10"}, {"1–2"}, {"33"}}},
                                        ""};
        assay::Section out{"statistics", title, "say", {}, {table}};
        if (second.empty()) return out;
        out.tables.push_back(table);
        out.tables[1].title = second + " by model (s)";
        out.tables[1].rows[0][2].text = "0.25";
        return out;
    };
    fake::ReportData data;
    data.add(section("One", "a", "wait"));
    data.add(section("Two", "b", "load"));
    data.add(section("Three", "c", ""));
    const std::string text = fake::rendered<TerminalReport>(data);
    BOOST_TEST(fake::has(text, "model   n  median  interval  median wait  mean\n"
                               "a       5      10       1–2         0.25    33\n"
                               "Two:\n"
                               "b       5      10       1–2                 33\n"
                               "Three:\n"
                               "c       5      10       1–2                 33\n"),
               text);
}

BOOST_AUTO_TEST_CASE(details_are_shown_where_nothing_else_is) {
    fake::ReportData data;
    data.add(assay::Section{"s", "Unheard of", "details", {"a text"}, {}});
    BOOST_TEST(fake::has(fake::rendered<TerminalReport>(data), "UNHEARD OF\na text\n"));
}

BOOST_AUTO_TEST_CASE(an_empty_report_still_says_what_to_run) {
    BOOST_TEST(fake::has(fake::rendered<TerminalReport>({}), "assay explain FILE"));
}

BOOST_AUTO_TEST_SUITE_END()

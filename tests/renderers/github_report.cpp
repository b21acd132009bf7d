#include "github_report.hpp"
#include "hostile_findings.hpp"
#include <algorithm>
#include <sstream>

using assay::GithubReport;

namespace {

const assay::testkit::Options as_summary{{"what", std::string{"summary"}}};

std::vector<std::string> lines_in(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream in{text};
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

fake::ReportData many_findings(std::size_t errors, std::size_t notices) {
    fake::ReportData data;
    for (std::size_t i = 0; i < errors + notices; ++i)
        fake::add(data, fake::finding("R" + std::to_string(i), i < errors ? "critical" : "info"));
    return data;
}

} // namespace

BOOST_AUTO_TEST_SUITE(github_report)

BOOST_AUTO_TEST_CASE(a_finding_is_a_workflow_command_at_its_first_place) {
    fake::ReportData data;
    assay::Finding finding = fake::finding("Z3", "high", "runs");
    finding.message = "100 % of rows: failed, all";
    finding.evidence = {{"a,b:c.csv", {}, 3, "", ""}, {"d.csv", {}, 4, "", ""}, {"d.csv", {}, 4, "", ""}};
    fake::add(data, finding);
    fake::add(data, fake::finding("N1", "medium"));
    const auto lines = lines_in(fake::rendered<GithubReport>(data, {{"base", std::string{"x/"}}}));
    BOOST_TEST(lines.at(0) == "::error file=x/a%2Cb%3Ac.csv,line=3,title=Z3 rule-Z3::100 %25 of rows: failed, all; "
                              "also x/d.csv:4");
    BOOST_TEST(lines.at(1) == "::warning title=N1 rule-N1::message of N1");
}

BOOST_AUTO_TEST_CASE(no_more_annotations_than_github_shows_and_the_rest_is_counted) {
    const auto lines = lines_in(fake::rendered<GithubReport>(many_findings(12, 11)));
    const auto begin_with = [&](std::string_view start) {
        return std::count_if(lines.begin(), lines.end(), [&](const auto& line) { return line.starts_with(start); });
    };
    BOOST_TEST(begin_with("::error ") == 10);
    BOOST_TEST(begin_with("::notice ") == 10);
    BOOST_TEST(lines.back() ==
               "assay: not annotated, as GitHub shows 10 of a kind: 2 errors, 1 notice; all: report.json");
}

BOOST_AUTO_TEST_CASE(what_was_waived_is_no_annotation) {
    fake::ReportData data;
    assay::Finding finding = fake::finding("Z3", "high");
    finding.waived = "known";
    fake::add(data, finding);
    BOOST_TEST(fake::rendered<GithubReport>(data) == "assay: 1 waived finding is not annotated\n");
}

BOOST_AUTO_TEST_CASE(what_the_baseline_has_is_no_annotation) {
    fake::ReportData data;
    fake::add(data, fake::finding("Z3", "high"), "existing");
    fake::add(data, fake::finding("N1", "low"), "new");
    BOOST_TEST(fake::rendered<GithubReport>(data) ==
               "::notice title=N1 rule-N1::message of N1\nassay: 1 finding that the baseline has is not annotated\n");
}

BOOST_AUTO_TEST_CASE(hostile_text_begins_no_second_command) {
    const auto lines = lines_in(fake::rendered<GithubReport>(fake::hostile_findings()));
    BOOST_REQUIRE(lines.size() == 2U);
    BOOST_TEST(lines[0].starts_with("::error file=a\\u001B[2J]]>\\r\\n%3A%3Aerror%3A%3Ax%250A\\u202E"));
    BOOST_TEST(lines[0].size() < 5000U);
    BOOST_TEST(!fake::has(lines[0], "\x01"));
}

BOOST_AUTO_TEST_CASE(the_summary_has_gates_baseline_and_findings) {
    auto data = many_findings(2, 0);
    data.counts = R"({"gates":[{"gate":"rule Z3","counts":"found","value":3,"limit":0,"failed":true}],)"
                  R"("baseline":{"new":1,"existing":1,"fixed":[{"message":"was <bad>"}]}})";
    const std::string text = fake::rendered<GithubReport>(data, as_summary);
    BOOST_TEST(fake::has(text, "| rule Z3 | **failed** | 3 | 0 |\n"));
    BOOST_TEST(fake::has(text, "Against the baseline: 1 new, 1 existing, 1 fixed.\n\n- fixed: was &#60;bad&#62;\n"));
    BOOST_TEST(fake::has(text, "| critical | R1 rule-R1 | message of R1 |  |\n"));
}

BOOST_AUTO_TEST_CASE(the_summary_stays_below_a_mebibyte_and_counts_the_rest) {
    fake::ReportData data;
    for (int i = 0; i < 3000; ++i) {
        assay::Finding finding = fake::finding("R" + std::to_string(i), "high");
        finding.message = std::string(1500, '*');
        fake::add(data, finding);
    }
    const std::string text = fake::rendered<GithubReport>(data, as_summary);
    BOOST_TEST(text.size() < 1024U * 1024U);
    BOOST_TEST(text.size() > 900U * 1024U);
    BOOST_TEST(fake::has(text, " more findings."));
}

BOOST_AUTO_TEST_CASE(hostile_text_is_no_markup_in_the_summary) {
    const std::string text = fake::rendered<GithubReport>(fake::hostile_findings(), as_summary);
    for (const char* bad : {"<b>", "[x](", "http:/", "\x1b", "@z", "\n::"}) BOOST_TEST(!fake::has(text, bad), bad);
    for (const auto& line : lines_in(text)) // four cells, whatever stands in them
        if (line.starts_with("| ")) {
            std::size_t bars = 0;
            for (std::size_t i = 0; i < line.size(); ++i)
                if (line[i] == '\\')
                    ++i;
                else if (line[i] == '|')
                    ++bars;
            BOOST_TEST(bars == 5U, line);
        }
}

BOOST_AUTO_TEST_SUITE_END()

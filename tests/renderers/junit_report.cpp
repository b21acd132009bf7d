#include "junit_report.hpp"
#include "hostile_findings.hpp"
#include <boost/property_tree/xml_parser.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <sys/wait.h>
#include <unistd.h>

using assay::JunitReport;
using Tree = boost::property_tree::ptree;

namespace {

struct Case {
    std::string suite, name, result, message, text;
};

std::vector<Case> cases_of(const std::string& xml) {
    std::istringstream in{xml};
    Tree root;
    boost::property_tree::read_xml(in, root);
    std::vector<Case> cases;
    for (const auto& [suite_tag, suite] : root.get_child("testsuites")) {
        if (suite_tag != "testsuite") continue;
        for (const auto& [tag, test] : suite) {
            if (tag != "testcase") continue;
            Case one{test.get<std::string>("<xmlattr>.classname"), test.get<std::string>("<xmlattr>.name"), "passed",
                     "", test.get<std::string>("system-out", "")};
            for (const char* kind : {"failure", "error", "skipped"})
                if (const auto found = test.get_child_optional(kind)) {
                    one.result = kind;
                    one.message = found->get<std::string>("<xmlattr>.message");
                    one.text = found->data();
                }
            cases.push_back(one);
        }
    }
    return cases;
}

fake::ReportData findings() {
    fake::ReportData data;
    data.counts = R"({"complete":true})";
    assay::Finding high = fake::finding("A1", "high", "runs");
    high.evidence = {{"a.csv", {}, 3, "", "x=1"}};
    fake::add(data, high, "new");
    fake::add(data, fake::finding("B2", "low"), "existing");
    assay::Finding waived = fake::finding("C3", "critical");
    waived.waived = "known";
    fake::add(data, waived, "new");
    return data;
}

fake::ReportData gates() {
    auto data = findings();
    data.counts = R"({"complete":true,"gates":[)"
                  R"({"gate":"severity medium","counts":"findings","value":1,"limit":0,"failed":true},)"
                  R"({"gate":"new low","counts":"new findings","value":1,"limit":0,"failed":true},)"
                  R"({"gate":"rule rule-B2","counts":"found","value":2,"limit":5,"failed":false}]})";
    return data;
}

/// Whether other programs read it: Python's expat, and a schema where one is given.
int validate(const fake::ReportData& data) {
    const auto file = std::filesystem::temp_directory_path() / ("assay-" + std::to_string(::getpid()) + ".xml");
    std::ofstream{file, std::ios::binary} << fake::rendered<JunitReport>(data);
    const int status = std::system(
        ("python3 '" + std::string{ASSAY_SOURCE_DIR} + "/tests/renderers/validate_junit.py' '" + file.string() + "'")
            .c_str());
    std::filesystem::remove(file);
    return WEXITSTATUS(status);
}

} // namespace

BOOST_AUTO_TEST_SUITE(junit_report)

BOOST_AUTO_TEST_CASE(each_gate_is_a_test_that_names_what_it_counted) {
    const auto cases = cases_of(fake::rendered<JunitReport>(gates()));
    BOOST_REQUIRE(cases.size() == 4U);
    BOOST_TEST(cases[0].name == "the report is complete");
    BOOST_TEST(cases[1].suite == "assay.gates");
    BOOST_TEST(cases[1].name == "severity medium");
    BOOST_TEST(cases[1].result == "failure");
    BOOST_TEST(cases[1].message == "findings: 1, at most 0");
    BOOST_TEST(fake::has(cases[1].text, "high: message of A1\n  a.csv:3: x=1\n  To mend: mend it\n"));
    BOOST_TEST(!fake::has(cases[1].text, "C3"));
    BOOST_TEST(fake::has(cases[2].text, "A1 rule-A1: runs"));
    BOOST_TEST(!fake::has(cases[2].text, "B2"));
    BOOST_TEST(cases[3].result == "passed");
    BOOST_TEST(fake::has(cases[3].text, "message of B2"));
}

BOOST_AUTO_TEST_CASE(without_gates_each_finding_is_a_test_that_fails_if_it_is_severe) {
    const auto cases = cases_of(fake::rendered<JunitReport>(findings()));
    BOOST_REQUIRE(cases.size() == 4U);
    BOOST_TEST(cases[1].name == "A1 rule-A1: runs");
    BOOST_TEST(cases[1].result == "failure");
    BOOST_TEST(cases[2].result == "passed");
    BOOST_TEST(cases[3].result == "skipped");
    BOOST_TEST(cases[3].message == "waived: known");
    BOOST_TEST(cases_of(fake::rendered<JunitReport>(findings(), {{"fails", std::string{"low"}}}))[2].result ==
               "failure");
}

BOOST_AUTO_TEST_CASE(an_incomplete_report_is_an_error_whatever_its_gates_say) {
    auto data = gates();
    data.counts.replace(data.counts.find("true"), 4, "false");
    BOOST_TEST(cases_of(fake::rendered<JunitReport>(data))[0].result == "error");
}

BOOST_AUTO_TEST_CASE(findings_beyond_the_limit_are_counted) {
    const auto cases = cases_of(fake::rendered<JunitReport>(findings(), {{"findings", std::int64_t{1}}}));
    BOOST_TEST(cases.back().name == "2 more findings");
    BOOST_TEST(cases.back().result == "skipped");
}

BOOST_AUTO_TEST_CASE(hostile_text_stays_text) {
    const std::string xml = fake::rendered<JunitReport>(fake::hostile_findings());
    BOOST_TEST(!fake::has(xml, "]]>"));
    BOOST_TEST(!fake::has(xml, "\x1b"));
    const auto cases = cases_of(xml);
    BOOST_TEST(fake::has(cases.at(1).message, "a\\u001B[2J]]>\\r\\n::error::x%0A\\u202E<b>&\"'"));
    BOOST_TEST(cases.at(1).message.size() < 5000U);
}

BOOST_AUTO_TEST_CASE(other_programs_read_it) {
    for (const auto& data : {gates(), findings(), fake::hostile_findings(), fake::ReportData{}}) {
        const int code = validate(data);
        if (code == 127) {
            BOOST_TEST_MESSAGE("skipped: needs python3");
            return;
        }
        BOOST_TEST(code == 0);
    }
    if (!std::getenv("ASSAY_JUNIT_XSD")) BOOST_TEST_MESSAGE("without a schema: ASSAY_JUNIT_XSD names none");
}

BOOST_AUTO_TEST_SUITE_END()

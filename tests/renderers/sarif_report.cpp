#include "sarif_report.hpp"
#include "hostile_findings.hpp"
#include <assay/visible_text.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <simdjson.h>
#include <sys/wait.h>
#include <unistd.h>

using assay::SarifReport;
using Json = simdjson::dom::element;

namespace {

struct Sarif {
    explicit Sarif(const fake::ReportData& data, const assay::testkit::Options& options = {})
        : text{fake::rendered<SarifReport>(data, options)}, root{parser.parse(text)} {}
    Json at(const std::string& pointer) const { return root.at_pointer(pointer); }
    std::string text_at(const std::string& pointer) const { return std::string{at(pointer).get_string().value()}; }
    bool has(const std::string& pointer) const { return root.at_pointer(pointer).error() == simdjson::SUCCESS; }
    std::size_t results() const { return root.at_pointer("/runs/0/results").get_array().size(); }

    simdjson::dom::parser parser;
    std::string text;
    Json root;
};

fake::ReportData three_findings() {
    fake::ReportData data;
    data.run = R"({"assay":"1.2.3"})";
    assay::Finding first = fake::finding("A1", "critical", "runs");
    first.evidence = {{"in/a b#1.csv", {}, 12, "", "x=1"}, {"in/b.json", 4, {}, "/runs/0", ""}};
    fake::add(data, first, "new");
    fake::add(data, fake::finding("B2", "medium"), "existing");
    assay::Finding third = fake::finding("A1", "info", "others");
    third.waived = "known; until 2030-01-01";
    fake::add(data, third);
    return data;
}

} // namespace

BOOST_AUTO_TEST_SUITE(sarif_report)

BOOST_AUTO_TEST_CASE(a_finding_is_a_result_with_level_places_and_fingerprint) {
    const Sarif sarif{three_findings(), {{"base", std::string{"bench/"}}}};
    BOOST_TEST(sarif.text_at("/version") == "2.1.0");
    BOOST_TEST(sarif.text_at("/runs/0/tool/driver/version") == "1.2.3");
    const std::string first = "/runs/0/results/0";
    BOOST_TEST(sarif.text_at(first + "/ruleId") == "A1");
    BOOST_TEST(sarif.text_at(first + "/level") == "error");
    BOOST_TEST(sarif.text_at(first + "/message/text") == "message of A1");
    const std::string place = first + "/locations/0/physicalLocation";
    BOOST_TEST(sarif.text_at(place + "/artifactLocation/uri") == "bench/in/a%20b%231.csv");
    BOOST_TEST(sarif.at(place + "/region/startLine").get_int64().value() == 12);
    BOOST_TEST(!sarif.has(first + "/locations/1/physicalLocation/region"));
    BOOST_TEST(sarif.text_at(first + "/locations/1/logicalLocations/0/fullyQualifiedName") == "/runs/0");
    BOOST_TEST(sarif.text_at(first + "/locations/1/message/text") == "in/b.json row 4 /runs/0");
    assay::Finding same;
    same.rule = "A1";
    same.scope = "runs";
    BOOST_TEST(sarif.text_at(first + "/partialFingerprints/assay~1v1") == assay::fingerprint(same));
    BOOST_TEST(sarif.text_at("/runs/0/results/1/level") == "warning");
    BOOST_TEST(sarif.text_at("/runs/0/results/2/level") == "note");
}

BOOST_AUTO_TEST_CASE(a_rule_stands_once_and_is_as_severe_as_its_worst_finding) {
    const Sarif sarif{three_findings(), {{"help_uri", std::string{"https://x.org/{rule}#{slug}"}}}};
    BOOST_TEST(sarif.at("/runs/0/tool/driver/rules").get_array().size() == 2U);
    const std::string rule = "/runs/0/tool/driver/rules/0";
    BOOST_TEST(sarif.text_at(rule + "/id") == "A1");
    BOOST_TEST(sarif.text_at(rule + "/defaultConfiguration/level") == "error");
    BOOST_TEST(sarif.text_at(rule + "/helpUri") == "https://x.org/A1#rule-A1");
    BOOST_TEST(sarif.text_at(rule + "/help/text") == "mend it");
    for (std::size_t i = 0; i < sarif.results(); ++i) {
        const std::string result = "/runs/0/results/" + std::to_string(i);
        const auto index = sarif.at(result + "/ruleIndex").get_uint64().value();
        BOOST_TEST(sarif.text_at("/runs/0/tool/driver/rules/" + std::to_string(index) + "/id") ==
                   sarif.text_at(result + "/ruleId"));
    }
}

BOOST_AUTO_TEST_CASE(what_was_waived_is_suppressed_and_the_baseline_decides_what_is_new) {
    const Sarif sarif{three_findings()};
    BOOST_TEST(sarif.text_at("/runs/0/results/0/baselineState") == "new");
    BOOST_TEST(sarif.text_at("/runs/0/results/1/baselineState") == "unchanged");
    BOOST_TEST(!sarif.has("/runs/0/results/2/baselineState"));
    BOOST_TEST(sarif.at("/runs/0/results/0/suppressions").get_array().size() == 0U);
    BOOST_TEST(sarif.text_at("/runs/0/results/2/suppressions/0/justification") == "known; until 2030-01-01");
}

BOOST_AUTO_TEST_CASE(what_is_left_out_and_an_incomplete_report_are_told) {
    auto data = three_findings();
    data.counts = R"({"complete":false})";
    const Sarif sarif{data, {{"results", std::int64_t{1}}}};
    BOOST_TEST(sarif.results() == 1U);
    BOOST_TEST(!sarif.at("/runs/0/invocations/0/executionSuccessful").get_bool().value());
    BOOST_TEST(sarif.text_at("/runs/0/invocations/0/toolExecutionNotifications/1/message/text") ==
               "2 findings are left out here; report.json has all.");
}

BOOST_AUTO_TEST_CASE(hostile_text_stays_text) {
    const Sarif sarif{fake::hostile_findings()};
    BOOST_TEST(assay::is_utf8(sarif.text));
    const std::string message = sarif.text_at("/runs/0/results/0/message/text");
    BOOST_TEST(message.size() < 5000U);
    BOOST_TEST(fake::has(message, "\\u001B[2J]]>\\r\\n::error"));
    BOOST_TEST(fake::has(message, "\\u202E"));
    BOOST_TEST(!fake::has(message, "]("));
    const std::string uri = sarif.text_at("/runs/0/results/0/locations/0/physicalLocation/artifactLocation/uri");
    BOOST_TEST(fake::has(uri, "a%1B%5B2J%5D%5D%3E%0D%0A%3A%3Aerror"));
    BOOST_TEST(
        sarif.text_at("/runs/0/results/0/locations/1/physicalLocation/artifactLocation/uri").starts_with("../a%1B"));
}

BOOST_AUTO_TEST_CASE(it_is_valid_by_the_published_schema) {
    const char* schema = std::getenv("ASSAY_SARIF_SCHEMA");
    if (!schema) {
        BOOST_TEST_MESSAGE("skipped: ASSAY_SARIF_SCHEMA names no sarif-schema-2.1.0.json");
        return;
    }
    for (const auto& data : {three_findings(), fake::hostile_findings(), fake::ReportData{}}) {
        const auto file = std::filesystem::temp_directory_path() / ("assay-" + std::to_string(::getpid()) + ".sarif");
        std::ofstream{file, std::ios::binary} << fake::rendered<SarifReport>(data);
        const std::string script = std::string{ASSAY_SOURCE_DIR} + "/tests/renderers/validate_schema.py";
        const int code =
            WEXITSTATUS(std::system(("python3 '" + script + "' '" + schema + "' '" + file.string() + "'").c_str()));
        std::filesystem::remove(file);
        if (code == 77 || code == 127) {
            BOOST_TEST_MESSAGE("skipped: needs python3-jsonschema");
            return;
        }
        BOOST_TEST(code == 0);
    }
}

BOOST_AUTO_TEST_SUITE_END()

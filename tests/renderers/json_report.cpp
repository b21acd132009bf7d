#include "json_report.hpp"
#include "sample_report.hpp"
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <simdjson.h>
#include <sys/wait.h>
#include <unistd.h>

using assay::JsonReport;

namespace {

std::string without_run(std::string text) {
    const auto from = text.find("\"run\":");
    return text.erase(from, text.find('\n', from) - from);
}

/// Exit code of the schema check; what it found is printed.
int validate(const std::string& json) {
    const auto file = std::filesystem::temp_directory_path() / ("assay-report-" + std::to_string(::getpid()) + ".json");
    std::ofstream{file, std::ios::binary} << json;
    const std::string root = ASSAY_SOURCE_DIR;
    const int status = std::system(("python3 '" + root + "/tests/renderers/validate_schema.py' '" + root +
                                    "/docs/report.schema.json' '" + file.string() + "'")
                                       .c_str());
    std::filesystem::remove(file);
    return WEXITSTATUS(status);
}

/// 77 and 127: no jsonschema, no python3.
bool cannot_validate(int code) {
    if (code != 77 && code != 127) return false;
    BOOST_TEST_MESSAGE("skipped: needs python3-jsonschema");
    return true;
}

} // namespace

BOOST_AUTO_TEST_SUITE(json_report)

BOOST_AUTO_TEST_CASE(keys_stand_in_the_order_of_the_contract) {
    simdjson::dom::parser parser;
    const std::string text = fake::rendered<JsonReport>(fake::sample_report());
    const simdjson::dom::object root = parser.parse(text).get_object();
    std::vector<std::string> keys;
    for (const auto field : root) keys.emplace_back(field.key);
    const std::vector<std::string> contract{"schema", "run",      "inventory", "counts",    "artifacts", "datasets",
                                            "facts",  "findings", "claims",    "narrative", "sections"};
    BOOST_TEST(keys == contract, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(every_record_is_there_as_it_was_given_on_a_line_of_its_own) {
    const auto data = fake::sample_report();
    const std::string text = fake::rendered<JsonReport>(data);
    for (const auto& [kind, records] : data.records)
        for (const auto& record : records) {
            const auto at = text.find('\n' + record);
            BOOST_REQUIRE_MESSAGE(at != std::string::npos, record);
            const char after = text.at(at + 1 + record.size());
            BOOST_TEST((after == ',' || after == '\n'));
        }
}

BOOST_AUTO_TEST_CASE(a_record_written_over_several_lines_takes_one) {
    fake::ReportData data;
    data.add(ASSAY_RECORD_FACT, "{\n  \"id\": \"f1\"\r\n}");
    const std::string text = fake::rendered<JsonReport>(data);
    BOOST_TEST(text.find("\n{   \"id\": \"f1\"  }\n") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(only_the_run_block_varies_between_runs) {
    auto one = fake::sample_report(), two = fake::sample_report();
    two.run = R"({"assay":"0.1.0","started":"2030-01-01T00:00:00Z","seconds":{"parse":9.5}})";
    BOOST_TEST(fake::rendered<JsonReport>(one) != fake::rendered<JsonReport>(two));
    BOOST_TEST(without_run(fake::rendered<JsonReport>(one)) == without_run(fake::rendered<JsonReport>(two)));
}

BOOST_AUTO_TEST_CASE(one_narrative_is_an_object_and_none_is_null) {
    fake::ReportData data;
    BOOST_TEST(fake::rendered<JsonReport>(data).find("\"narrative\":null") != std::string::npos);
    data.add(ASSAY_RECORD_NARRATIVE, R"({"by":"a","sections":[]})");
    BOOST_TEST(fake::rendered<JsonReport>(data).find(R"("narrative":{"by":"a","sections":[]})") != std::string::npos);
    data.add(ASSAY_RECORD_NARRATIVE, R"({"by":"b","sections":[]})");
    simdjson::dom::parser parser;
    BOOST_TEST(parser.parse(fake::rendered<JsonReport>(data))["narrative"].get_array().size() == 2);
}

BOOST_AUTO_TEST_CASE(fifty_thousand_facts_are_copied_whole) {
    fake::ReportData data;
    const std::string record = R"({"id":"f","evidence":")" + std::string(400, 'x') + "\"}";
    for (int i = 0; i < 50000; ++i) data.add(ASSAY_RECORD_FACT, record);
    const std::string text = fake::rendered<JsonReport>(data);
    simdjson::dom::parser parser;
    BOOST_TEST(parser.parse(text)["facts"].get_array().size() == 50000);
}

BOOST_AUTO_TEST_CASE(a_full_report_and_an_empty_tree_are_valid_by_the_schema) {
    auto data = fake::sample_report();
    data.add(ASSAY_RECORD_NARRATIVE,
             R"({"by":"m","sections":[{"title":"t","sentences":[{"text":"x","facts":[],"status":"verified"}]}]})");
    const int code = validate(fake::rendered<JsonReport>(data));
    if (cannot_validate(code)) return;
    BOOST_TEST(code == 0);
    fake::ReportData empty;
    empty.run = R"({"assay":"0.1.0","started":"2026-03-04T05:06:07Z"})";
    empty.inventory = R"({"artifacts":0,"bytes":0,"by_type":{}})";
    empty.counts = R"({"artifacts":{"seen":0,"parsed":0,"failed":0,"skipped":0,"unclaimed":0},)"
                   R"("rows":{"read":0,"ok":0,"failed":0,"suspect":0,"rejected":0},"complete":true})";
    BOOST_TEST(validate(fake::rendered<JsonReport>(empty)) == 0);
}

BOOST_AUTO_TEST_CASE(the_schema_refuses_what_breaks_the_contract) {
    const std::string good = fake::rendered<JsonReport>(fake::sample_report());
    if (cannot_validate(validate(good))) return;
    const auto changed = [&](const std::string& from, const std::string& to) {
        std::string bad = good;
        const auto at = bad.find(from);
        BOOST_REQUIRE_MESSAGE(at != std::string::npos, from);
        return bad.replace(at, from.size(), to);
    };
    BOOST_TEST(validate(changed("\"schema\":1", "\"schema\":2")) == 1);
    BOOST_TEST(validate(changed("\"status\":\"parsed\"", "\"status\":\"fine\"")) == 1);
    BOOST_TEST(validate(changed("\"rows_failed\":5", "\"rows_failed\":-5")) == 1);
    BOOST_TEST(validate(changed("\"path\":\"reports/gemma3/gemma3_1b-it-qat_baseline.csv\",", "")) == 1);
    BOOST_TEST(validate(changed("\"value\":294.96", "\"value\":\"294.96\"")) == 1);
    BOOST_TEST(validate(changed("2025-10-02T19:12:04Z", "2 Oct 2025")) == 1);
}

BOOST_AUTO_TEST_SUITE_END()

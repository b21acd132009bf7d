// A pipeline's mistakes are shown all at once, each at its place, and nothing runs.
#include "program.hpp"
#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

using namespace assay::test;
using nlohmann::json;

namespace {

const std::string ten_mistakes = R"({
  "name": 5,
  "inputs": [ { "path": "data", "include": [ "[" ] } ],
  "parsers": [ { "use": "cvs" } ],
  "analyzers": [ { "use": "statistics", "with": { "confidenc": 0.9 } },
                 { "use": "statistics", "as": "other", "with": { "confidence": "high" } },
                 { "use": "inventory", "from": [ "nothing" ] } ],
  "renderers": [ { "use": "json", "to": "a.json" }, { "use": "markdown", "to": "a.json" } ],
  "columns": { "x": { "role": "metrik" } },
  "fail_on": "terrible",
  "colums": {}
}
)";

/// Where each is: line, column, and what the message must say.
struct Mistake {
    int line, column;
    std::string says;
};
const std::vector<Mistake> mistakes{{2, 11, "should be a text"}, {3, 46, "["},      {4, 25, "csv"},
                                    {5, 51, "confidence"},       {6, 80, "high"},   {7, 50, "other"},
                                    {8, 80, "a.json"},           {9, 31, "metric"}, {10, 14, "critical"},
                                    {11, 3, "columns"}};

int column_of(const std::string& text, int line, const std::string& part) {
    std::istringstream in{text};
    std::string content;
    for (int i = 0; i < line; ++i) std::getline(in, content);
    return static_cast<int>(content.find(part)) + 1;
}

} // namespace

BOOST_AUTO_TEST_CASE(ten_mistakes_are_shown_together_each_at_its_place_with_the_valid_choice) {
    const Folder folder;
    folder.write("p.json", ten_mistakes);
    folder.write("data/x.csv", "a,b\n1,2\n");
    const auto ran = run_program({"check", "p.json"}, {.folder = folder.path});
    BOOST_TEST(ran.status == 2);
    BOOST_TEST(ran.out == "");
    for (const auto& mistake : mistakes) {
        const auto place =
            "p.json:" + std::to_string(mistake.line) + ":" + std::to_string(mistake.column) + ": error[E";
        BOOST_TEST_CONTEXT(ran.err << "\nline " << mistake.line) {
            const auto at = ran.err.find(place);
            BOOST_REQUIRE(at != std::string::npos);
            // The message, the line and its caret, up to the next message.
            const auto told = ran.err.substr(at, ran.err.find("\np.json:", at) - at);
            BOOST_TEST(has(told, "^"));
            BOOST_TEST(has(told, mistake.says));
        }
    }
}

BOOST_AUTO_TEST_CASE(a_pipeline_with_mistakes_runs_nothing_and_writes_nothing) {
    const Folder folder;
    folder.write("p.json", ten_mistakes);
    folder.write("data/x.csv", "a,b\n1,2\n");
    const auto ran = run_program({"run", "p.json", "--output", "out"}, {.folder = folder.path});
    BOOST_TEST(ran.status == 2);
    BOOST_TEST(ran.out == "");
    BOOST_TEST(!std::filesystem::exists(folder.path / "out"));
    BOOST_TEST(!std::filesystem::exists(folder.path / "a.json"));
}

BOOST_AUTO_TEST_CASE(mistakes_as_json_have_codes_and_positions) {
    const Folder folder;
    folder.write("p.json", ten_mistakes);
    const auto ran = run_program({"check", "p.json", "--format", "json"}, {.folder = folder.path});
    BOOST_TEST(ran.status == 2);
    const auto told = json::parse(ran.out);
    std::set<int> lines;
    for (const auto& problem : told) {
        BOOST_TEST(problem["code"].get<std::string>().size() == 4U);
        BOOST_TEST(problem["column"].get<int>() > 0);
        lines.insert(problem["line"].get<int>());
    }
    for (const auto& mistake : mistakes) BOOST_TEST(lines.count(mistake.line) == 1U);
}

BOOST_AUTO_TEST_CASE(a_column_that_the_pipeline_names_and_no_table_has_is_told_where_it_is_run_and_in_the_report) {
    const Folder folder;
    folder.write("data/x.csv", "workload,latency_ms,exit_code\na,10.5,0\na,11.5,0\nb,0.0,137\n");
    const auto run = [&](const std::string& failed, const std::string& column) {
        folder.write("p.json", R"({"inputs": [{"path": "data"}], "status": {"failed": ")" + failed +
                                   R"("}, "columns": {")" + column + R"(": {"unit": "ms"}},
                                      "analyzers": [{"use": "statistics"}],
                                      "renderers": [{"use": "json", "to": "report.json"}]})");
        return run_program({"run", "p.json", "--output", "out", "--strict"}, {.folder = folder.path});
    };
    const auto typo = run("exit_cod != 0", "latncy_ms");
    BOOST_TEST(typo.status == 3);
    BOOST_TEST(has(typo.err, "'status.failed' names 'exit_cod', and no table has such a column; the nearest is "
                             "'exit_code'"));
    BOOST_TEST(has(typo.err, "'columns' names 'latncy_ms'"));
    const auto report = read_json(folder / "out/report.json");
    BOOST_TEST(has(report["sections"][0].dump(), "names 'exit_cod'"));
    BOOST_TEST(report["counts"]["rows"]["failed"] == 1); // as inferred
    const auto right = run("exit_code > 0 or error != ''", "tokens_s");
    BOOST_TEST(right.status == 0, right.err);
    BOOST_TEST(!has(read_json(folder / "out/report.json")["sections"].dump(), "no table has"));
}

BOOST_AUTO_TEST_CASE(a_bad_condition_is_pointed_at_inside_its_text) {
    const Folder folder;
    const std::string text = "{\n  \"inputs\": [ { \"path\": \"data\" } ],\n"
                             "  \"renderers\": [ { \"use\": \"json\", \"to\": \"-\" } ],\n"
                             "  \"status\": { \"failed\": \"error !! ''\" }\n}\n";
    folder.write("p.json", text);
    const auto ran = run_program({"check", "p.json"}, {.folder = folder.path});
    BOOST_TEST(ran.status == 2);
    const auto column = std::to_string(column_of(text, 4, "!!"));
    BOOST_TEST_CONTEXT(ran.err) BOOST_TEST(has(ran.err, "p.json:4:" + column + ": error[E218]"));
}

BOOST_AUTO_TEST_CASE(a_pipeline_that_is_no_json_is_one_message_with_its_place) {
    const Folder folder;
    folder.write("p.json", "{ \"inputs\": [ }");
    const auto ran = run_program({"check", "p.json"}, {.folder = folder.path});
    BOOST_TEST(ran.status == 2);
    BOOST_TEST(has(ran.err, "p.json:1:15: error[E"));
    BOOST_TEST(run_program({"check", "nosuch.json"}, {.folder = folder.path}).status == 2);
}

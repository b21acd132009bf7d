#include "pipeline/sample.hpp"

using namespace sample;
namespace {
// One problem of this code at this place, with this nearest name (empty: none).
void expect(const std::string& text, Code code, unsigned line, unsigned column, const std::string& meant = "",
            const Arguments& arguments = {}) {
    BOOST_TEST_CONTEXT(text) {
        const Problem p = only(checked(text, arguments));
        BOOST_TEST_CONTEXT(render_text(p)) {
            BOOST_TEST(text_of(p.code) == text_of(code));
            BOOST_TEST(p.line == line);
            BOOST_TEST(p.column == column);
            BOOST_TEST((p.suggestions.empty() ? "" : p.suggestions[0]) == meant);
        }
    }
}
} // namespace

BOOST_AUTO_TEST_SUITE(load)

BOOST_AUTO_TEST_CASE(the_full_file_of_the_design_becomes_plain_data) {
    const auto result = checked(R"({
      "$schema": "assay-pipeline.schema.json",
      "name": "llm-benchmarks",
      "inputs":    [ { "path": "reports", "include": ["**/*"], "exclude": ["**/tmp/**", "[!a]*.{csv,tsv}"] } ],
      "parsers":   [ { "use": "csv", "with": { "delimiter": ";" } }, { "use": "json" } ],
      "analyzers": [ { "use": "statistics", "with": { "confidence": 0.9, "group_by": ["model"] } },
                     { "use": "statistics", "as": "by-model" },
                     { "use": "gaps", "from": ["by-model"] } ],
      "renderers": [ { "use": "markdown", "to": "../report.md" }, { "use": "markdown", "as": "wide", "to": "/tmp/r.md", "from": ["gaps"] } ],
      "columns":   { "tokens_s": { "role": "metric", "unit": "{token}/s", "direction": "higher", "alias": "rate", "scale": 2 },
                     "peak [MiB]": { "type": "float", "label": "Peak" } },
      "status":    { "failed": "error != ''", "suspect": "x < 0" },
      "dimensions":[ { "path": "ollama/{run:time}/*" }, { "name": "host", "value": "a", "for": "a/**" } ],
      "fail_on":   "critical",
      "limits":    { "artifact_bytes": 1000, "view_bytes": 100, "facts": 10, "artifact_seconds": 7, "artifact_memory": 8,
                     "stage_seconds": 9, "part_bytes": 10 },
      "jobs": 4
    })");
    fine(result);
    const Pipeline& p = *result.pipeline;
    BOOST_TEST(p.name == "llm-benchmarks");
    BOOST_TEST(p.inputs.at(0).path.text == "reports");
    BOOST_TEST(p.inputs.at(0).exclude.at(1).text == "[!a]*.{csv,tsv}");
    BOOST_TEST(!p.all_parsers);
    BOOST_TEST(p.parsers.size() == 2U);
    BOOST_TEST(p.analyzers.at(1).name.text == "by-model");
    BOOST_TEST(p.analyzers.at(2).from.at(0).text == "by-model");
    BOOST_TEST(p.renderers.at(0).to.text == "../report.md");
    BOOST_TEST(*p.columns.at(0).unit == "{token}/s");
    BOOST_TEST(*p.columns.at(0).scale == 2.0);
    BOOST_TEST(p.columns.at(1).pattern.text == "peak [MiB]");
    BOOST_TEST(p.status.failed->text == "error != ''");
    BOOST_TEST(p.status.failed->place.line == 12U);
    BOOST_TEST(p.dimensions.at(0).path->text == "ollama/{run:time}/*");
    BOOST_TEST(p.dimensions.at(1).applies_to->text == "a/**");
    BOOST_TEST(p.fail_on.severity == "critical");
    BOOST_TEST(*p.limits.facts == 10);
    BOOST_TEST(*p.limits.artifact_seconds == 7);
    BOOST_TEST(*p.limits.artifact_memory == 8);
    BOOST_TEST(*p.limits.stage_seconds == 9);
    BOOST_TEST(*p.limits.part_bytes == 10);
    BOOST_TEST(*p.jobs == 4);
}

BOOST_AUTO_TEST_CASE(an_input_may_be_its_path_alone) {
    const auto result = checked(R"({"inputs": ["${D:-results}/today", {"path": "b"}]})");
    fine(result);
    BOOST_TEST(result.pipeline->inputs.at(0).path.text == "results/today");
    BOOST_TEST(result.pipeline->inputs.at(1).path.text == "b");
}

BOOST_AUTO_TEST_CASE(an_empty_pipeline_is_valid_and_takes_all_parsers) {
    const auto result = checked("{}");
    fine(result);
    BOOST_TEST(result.pipeline->all_parsers);
    BOOST_TEST(result.pipeline->fail_on.severity == "none");
    BOOST_TEST(!result.pipeline->jobs.has_value());
}

BOOST_AUTO_TEST_CASE(each_mistake_has_its_code_place_and_nearest_name) {
    expect("{\"analysers\": []}", Code::unknown_key, 1, 2, "analyzers");
    expect("{\"parsers\": [{\"use\": \"csv\", \"from\": []}]}", Code::unknown_key, 1, 29, "");
    expect("{\"columns\": {\"a\": {\"rol\": \"metric\"}}}", Code::unknown_key, 1, 20, "role");
    expect("{\"jobs\": \"4\"}", Code::wrong_type, 1, 10);
    expect("{\"jobs\": 2.0}", Code::wrong_type, 1, 10);
    expect("[]", Code::wrong_type, 1, 1);
    expect("{\"parsers\": [\"csv\"]}", Code::wrong_type, 1, 14);
    expect("{\"inputs\": {\"path\": \"x\"}}", Code::wrong_type, 1, 12);
    expect("{\"jobs\": 0}", Code::out_of_range, 1, 10);
    expect("{\"limits\": {\"facts\": -1}}", Code::out_of_range, 1, 22);
    expect("{\"columns\": {\"a\": {\"scale\": 0.0}}}", Code::out_of_range, 1, 29);
    expect("{\"fail_on\": \"hihg\"}", Code::bad_choice, 1, 13, "high");
    expect("{\"columns\": {\"a\": {\"role\": \"metrics\"}}}", Code::bad_choice, 1, 28, "metric");
    expect("{\"dimensions\": [{\"path\": \"{a:itn}\"}]}", Code::bad_choice, 1, 26, "int");
    expect("{\"renderers\": [{\"use\": \"markdown\", \"to\": \"out/\"}]}", Code::bad_choice, 1, 42);
    expect("{\"analyzers\": [{\"as\": \"x\"}]}", Code::missing_key, 1, 16);
    expect("{\"inputs\": [{}]}", Code::missing_key, 1, 13);
    expect("{\"inputs\": [\"\"]}", Code::empty_value, 1, 13);
    expect("{\"inputs\": [5]}", Code::wrong_type, 1, 13);
    expect("{\"renderers\": [{\"use\": \"markdown\"}]}", Code::missing_key, 1, 16);
    expect("{\"dimensions\": [{\"name\": \"a\"}]}", Code::missing_key, 1, 17);
    expect("{\"parsers\": [{\"use\": \"csv\"}, {\"use\": \"csv\"}]}", Code::duplicate_stage, 1, 38);
    expect("{\"inputs\": [{\"path\": \"a\", \"include\": [\"[a\"]}]}", Code::bad_glob, 1, 39);
    expect("{\"inputs\": [{\"path\": \"a\", \"exclude\": [\"{a,b\"]}]}", Code::bad_glob, 1, 39);
    expect("{\"inputs\": [{\"path\": \"a\", \"exclude\": [\"a\\\\\"]}]}", Code::bad_glob, 1, 39);
    expect("{\"status\": {\"failed\": \" \"}}", Code::empty_value, 1, 23);
    expect("{\"inputs\": [{\"path\": \"\"}]}", Code::empty_value, 1, 22);
    expect(
        "{\"renderers\": [{\"use\": \"markdown\", \"to\": \"r.md\"},\n {\"use\": \"rows\", \"to\": \"./x/../r.md\"}]}",
        Code::same_output, 2, 24);
    expect("{\"dimensions\": [{\"path\": \"a/*\"}]}", Code::bad_pattern, 1, 26);
    expect("{\"dimensions\": [{\"path\": \"{a}/{a}\"}]}", Code::bad_pattern, 1, 26);
    expect("{\"dimensions\": [{\"path\": \"{a\"}]}", Code::bad_pattern, 1, 26);
    expect("{\"dimensions\": [{\"path\": \"{a}\", \"for\": \"x\"}]}", Code::unknown_key, 1, 33);
    expect("{\"analyzers\": [{\"use\": \"gaps\", \"as\": \"a.b\"}]}", Code::bad_name, 1, 38);
}

BOOST_AUTO_TEST_CASE(a_file_that_cannot_be_read_is_named_with_the_reason) {
    Folder folder;
    const Problem missing = only(folder.load("none.json"));
    BOOST_TEST(text_of(missing.code) == "E109");
    BOOST_TEST(missing.message == "the pipeline file does not exist");
    BOOST_TEST(missing.line == 0U);
    std::filesystem::create_directory(folder.path / "d");
    BOOST_TEST(only(folder.load("d")).message == "the pipeline file is a directory");
    folder.write("big.json", std::string((16U << 20U) + 1, ' '));
    BOOST_TEST(only(folder.load("big.json")).message ==
               "the pipeline file is larger than 16 MiB, which no pipeline is");
}

BOOST_AUTO_TEST_CASE(the_matcher_of_the_host_may_judge_globs) {
    Request r = request(R"({"inputs": [{"path": "a", "include": ["a**", "b"]}]})");
    r.glob_fault = [](std::string_view glob) { return std::string(glob == "a**" ? "no such thing" : ""); };
    const Problem p = only(assay::pipeline::load(r));
    BOOST_TEST(text_of(p.code) == "E213");
    BOOST_TEST(p.message == "this glob of 'include': no such thing");
}

// ---- extends

BOOST_AUTO_TEST_CASE(a_file_extends_its_base_by_key_and_by_stage_name) {
    Folder folder;
    folder.write("shared/base.json", R"({
      "name": "base", "inputs": [ { "path": "data" } ],
      "parsers": [ { "use": "csv", "with": { "delimiter": ";", "header": false } } ],
      "analyzers": [ { "use": "statistics", "as": "s", "with": { "confidence": 0.9, "resamples": 5 } }, { "use": "gaps" } ],
      "renderers": [ { "use": "markdown", "to": "a.md" } ],
      "columns": { "a": { "unit": "s", "role": "metric" }, "b": { "unit": "ms" } },
      "limits": { "facts": 5 } })");
    folder.write("p.json", R"({ "extends": "shared/base.json",
      "parsers": [ { "use": "csv", "with": { "delimiter": "," } }, { "use": "json" } ],
      "analyzers": [ { "as": "s", "with": { "confidence": 0.99 } }, { "use": "gaps", "remove": true }, { "use": "profile" } ],
      "renderers": [ { "use": "markdown", "to": "b.md" } ],
      "columns": { "a": { "unit": "ms" }, "c": { "unit": "By" } } })");
    const auto result = folder.load("p.json");
    fine(result);
    const Pipeline& p = *result.pipeline;
    BOOST_TEST(p.name == "base");
    BOOST_TEST(p.inputs.at(0).path.text == "data");
    BOOST_TEST(p.inputs.at(0).path.place.source->directory == (folder.path / "shared").string());
    BOOST_TEST(p.parsers.size() == 2U);
    BOOST_TEST(p.parsers.at(0).with.find("delimiter")->text == ",");
    BOOST_TEST(p.parsers.at(0).with.find("header")->boolean == false);
    BOOST_REQUIRE(p.analyzers.size() == 2U);
    BOOST_TEST(p.analyzers.at(0).use.text == "statistics");
    BOOST_TEST(p.analyzers.at(0).with.find("confidence")->number == 0.99);
    BOOST_TEST(p.analyzers.at(0).with.find("resamples")->integer == 5);
    BOOST_TEST(p.analyzers.at(1).use.text == "profile");
    BOOST_TEST(p.renderers.size() == 1U);
    BOOST_TEST(p.renderers.at(0).to.text == "b.md");
    BOOST_REQUIRE(p.columns.size() == 3U);
    BOOST_TEST(*p.columns.at(0).unit == "ms");
    BOOST_TEST(*p.columns.at(0).role == "metric");
    BOOST_TEST(*p.limits.facts == 5);
}

BOOST_AUTO_TEST_CASE(later_bases_win_over_earlier_ones) {
    Folder folder;
    folder.write("a.json", R"({"name": "a", "jobs": 1})");
    folder.write("b.json", R"({"name": "b"})");
    folder.write("p.json", R"({"extends": ["a.json", "${WHICH:-b}.json"]})");
    const auto result = folder.load("p.json");
    fine(result);
    BOOST_TEST(result.pipeline->name == "b");
    BOOST_TEST(*result.pipeline->jobs == 1);
}

BOOST_AUTO_TEST_CASE(mistakes_in_a_base_name_the_base_and_are_told_once) {
    Folder folder;
    const std::string base = folder.write(
        "base.json", "{ \"analyzers\": [\n { \"use\": \"gaps\", \"with\": { \"modle\": \"x\" } } ],\n \"bad\": 1 }");
    folder.write("left.json", R"({"extends": "base.json"})");
    folder.write("right.json", R"({"extends": "base.json"})");
    folder.write("p.json", R"({"extends": ["left.json", "right.json"], "fail_on": "x"})");
    const auto result = folder.load("p.json");
    const std::vector<std::string> expected = {"1:53 E206", "2:29 E203", "3:2 E201"};
    BOOST_TEST(summary(result.problems) == expected, boost::test_tools::per_element());
    BOOST_TEST(result.problems.at(1).file == base);
    BOOST_TEST(result.problems.at(1).suggestions.at(0) == "model");
}

BOOST_AUTO_TEST_CASE(missing_bases_and_cycles_are_told_where_they_are_named) {
    Folder folder;
    folder.write("p.json",
                 "{\n \"extends\": [\"none.json\", \".\"],\n \"jbos\": 1, \"analyzers\": [{\"as\": \"from-base\"}]}");
    const auto missing = folder.load("p.json");
    const std::vector<std::string> expected = {"2:14 E301", "2:27 E301", "3:2 E201"};
    BOOST_TEST(summary(missing.problems) == expected, boost::test_tools::per_element());
    BOOST_TEST(!missing.complete);
    folder.write("a.json", R"({"extends": "b.json"})");
    folder.write("b.json", R"({"extends": "./a.json"})");
    const Problem cycle = only(folder.load("a.json"));
    BOOST_TEST(text_of(cycle.code) == "E302");
    BOOST_TEST(cycle.file == (folder.path / "b.json").string());
    BOOST_TEST(cycle.column == 13U);
    BOOST_TEST(cycle.message == "files that extend each other: a.json -> b.json -> a.json");
}

BOOST_AUTO_TEST_CASE(removing_what_no_base_has_is_a_mistake) {
    expect(R"({"analyzers": [{"use": "gaps", "remove": true}]})", Code::nothing_to_remove, 1, 24);
    expect(R"({"analyzers": [{"use": "gaps", "remove": 1}]})", Code::wrong_type, 1, 42);
    Folder folder;
    folder.write("base.json", R"({"analyzers": [{"use": "gaps"}]})");
    folder.write("p.json", R"({"extends": "base.json", "analyzers": [{"use": "gasp", "remove": true}]})");
    BOOST_TEST(only(folder.load("p.json")).suggestions.at(0) == "gaps");
}

// ---- variables

BOOST_AUTO_TEST_CASE(variables_come_from_arguments_then_environment_then_default) {
    const auto result =
        checked(R"({"name": "${A}-${HOME_OF_RUNS}-${B:-d e}-$$${A}-$x", "inputs": [{"path": "${HOME_OF_RUNS:-x}"}]})",
                {{"A=1"}, {}});
    fine(result);
    BOOST_TEST(result.pipeline->name == "1-/runs-d e-$1-$x");
    BOOST_TEST(result.pipeline->inputs.at(0).path.text == "/runs");
    const auto over = checked(R"({"name": "${HOME_OF_RUNS}"})", {{"HOME_OF_RUNS=y"}, {}});
    BOOST_TEST(over.pipeline->name == "y");
}

BOOST_AUTO_TEST_CASE(a_text_that_is_one_variable_takes_the_type_of_its_option) {
    const auto result = checked(
        R"({"jobs": "${J}", "parsers": [{"use": "csv", "with": {"header": "${H:-false}", "delimiter": "${D:-1}"}}],
        "analyzers": [{"use": "statistics", "with": {"confidence": "${C}", "resamples": "${R:-7}"}}]})",
        {{"J=3", "C=0.75"}, {}});
    fine(result);
    BOOST_TEST(*result.pipeline->jobs == 3);
    BOOST_TEST(result.pipeline->parsers.at(0).with.find("header")->boolean == false);
    BOOST_TEST(result.pipeline->parsers.at(0).with.find("delimiter")->text == "1");
    const Node& options = result.pipeline->analyzers.at(0).with;
    BOOST_TEST(options.find("confidence")->number == 0.75);
    BOOST_TEST(options.find("resamples")->integer == 7);
    expect(R"({"jobs": "${J:-many}"})", Code::wrong_type, 1, 10);
    expect(R"({"jobs": "1${J:-2}"})", Code::wrong_type, 1, 10);
}

BOOST_AUTO_TEST_CASE(bad_variables_are_told_at_their_place_in_the_text) {
    expect(R"({"name": "aä-${NONE}"})", Code::undefined_variable, 1, 14);
    expect(R"({"name": "x${A B}"})", Code::bad_variable, 1, 12);
    expect(R"({"name": "x${A"})", Code::bad_variable, 1, 12);
    expect(R"({"name": "${A:-${B}}"})", Code::bad_variable, 1, 11);
    const Problem near = only(checked(R"({"name": "${MODLE}", "inputs": [{"path": "${MODEL}"}]})", {{"MODEL=x"}, {}}));
    BOOST_TEST(near.suggestions.at(0) == "MODEL");
    const auto bytes = checked(R"({"name": "${A:-x}"})", {{"A=\xFF"}, {}});
    BOOST_TEST(text_of(only(bytes).code) == "E107");
}

BOOST_AUTO_TEST_CASE(bad_and_unused_var_arguments_are_told) {
    expect("{}", Code::bad_var, 1, 1, "", {{"nothing"}, {}});
    expect("{}", Code::bad_var, 1, 1, "", {{"1a=b"}, {}});
    const auto unused = checked(R"({"name": "${MODEL:-x}"})", {{"MODLE=b"}, {}});
    const Problem p = only(unused);
    BOOST_TEST(text_of(p.code) == "E308");
    BOOST_TEST((p.severity == Severity::warning));
    BOOST_TEST(p.suggestions.at(0) == "MODEL");
    BOOST_TEST(!any_error(unused.problems));
}

// ---- --set

BOOST_AUTO_TEST_CASE(set_reaches_options_columns_limits_and_top_level_keys) {
    const auto result = checked(
        R"({"analyzers": [{"use": "statistics", "with": {"confidence": 0.9}}, {"use": "gaps"}],
            "renderers": [{"use": "markdown", "to": "a.md"}], "fail_on": "low"})",
        {{},
         {"analyzers.statistics.confidence=0.99", "analyzers.statistics.group_by=[\"a\", \"b\"]",
          "analyzers.statistics.notes.x.y=1", "analyzers.gaps.model=7", "renderers.markdown.to=-",
          "renderers.markdown.width=80", "fail_on=high", "columns.tokens_s.unit=s", "columns.a.b.alias=1",
          "limits.facts=9", "status.failed=error != ''", "jobs=2", "parsers.csv.delimiter=;",
          "inputs=[{\"path\": \"d\"}]"}});
    fine(result);
    const Pipeline& p = *result.pipeline;
    BOOST_TEST(p.analyzers.at(0).with.find("confidence")->number == 0.99);
    BOOST_TEST(p.analyzers.at(0).with.find("group_by")->items.at(1).text == "b");
    BOOST_TEST(p.analyzers.at(0).with.find("notes")->find("x")->find("y")->integer == 1);
    BOOST_TEST(p.analyzers.at(1).with.find("model")->text == "7");
    BOOST_TEST(p.renderers.at(0).to.text == "-");
    BOOST_TEST(p.renderers.at(0).with.find("width")->integer == 80);
    BOOST_TEST(p.fail_on.severity == "high");
    BOOST_TEST(p.columns.at(0).pattern.text == "tokens_s");
    BOOST_TEST(*p.columns.at(0).unit == "s");
    BOOST_TEST(p.columns.at(1).pattern.text == "a.b");
    BOOST_TEST(*p.columns.at(1).alias == "1");
    BOOST_TEST(*p.limits.facts == 9);
    BOOST_TEST(p.status.failed->text == "error != ''");
    BOOST_TEST(*p.jobs == 2);
    BOOST_TEST(p.inputs.at(0).path.text == "d");
    BOOST_TEST(p.all_parsers);
    BOOST_TEST(p.parsers.size() == 2U);
    BOOST_TEST(p.parsers.at(0).with.find("delimiter")->text == ";");
}

BOOST_AUTO_TEST_CASE(bad_set_arguments_are_told_within_the_argument) {
    const std::string text = R"({"analyzers": [{"use": "statistics"}]})";
    const auto bad = [&](const std::string& argument, Code code, unsigned column, const std::string& meant = "") {
        expect(text, code, 1, column, meant, {{}, {argument}});
        BOOST_TEST(only(checked(text, {{}, {argument}})).file == "--set");
    };
    bad("nothing", Code::bad_set, 1);
    bad("=1", Code::bad_set, 1);
    bad("analysers.statistics.confidence=1", Code::bad_set, 1, "analyzers");
    bad("analyzers.statistic.confidence=1", Code::bad_set, 11, "statistics");
    bad("analyzers..confidence=1", Code::bad_set, 11);
    bad("analyzers.statistics=1", Code::bad_set, 11);
    bad("columns.a=1", Code::bad_set, 9);
    bad("jobs.x=1", Code::bad_set, 6);
    bad("extends=a.json", Code::bad_set, 1);
    bad("analyzers.statistics.confidenec=0.9", Code::unknown_option, 22, "confidence");
    bad("analyzers.statistics.confidence=high", Code::wrong_type, 33);
    bad("analyzers.statistics.confidence=2", Code::out_of_range, 33);
    bad("parsers.cvs.header=true", Code::unknown_component, 9, "csv");
    bad("fail_on=hgih", Code::bad_choice, 9, "high");
    bad("name=\xFF", Code::bad_encoding, 1);
    bad("parsers=[{\"use\": \"csv\"}, {\"use\": \"csv\"}]", Code::duplicate_stage, 34);
}

BOOST_AUTO_TEST_SUITE_END()

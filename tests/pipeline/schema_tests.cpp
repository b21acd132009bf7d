#include "pipeline/sample.hpp"
#include "pipeline/schema.hpp"
#include <cstdlib>
#include <nlohmann/json.hpp>

using namespace sample;
namespace {
bool run(const std::string& command) { return std::system((command + " >/dev/null 2>&1").c_str()) == 0; }

// An independent validator: python3-jsonschema. The program answers 0 where the document is valid.
constexpr const char* validator = R"(
import json, sys
from jsonschema import Draft202012Validator
schema = json.load(open(sys.argv[1]))
Draft202012Validator.check_schema(schema)
for good in json.load(open(sys.argv[2])):
    Draft202012Validator(schema).validate(good)
for bad in json.load(open(sys.argv[3])):
    assert not Draft202012Validator(schema).is_valid(bad), bad
)";

constexpr const char* good = R"([ {},
 {"$schema": "x", "extends": ["a"], "parsers": "all", "fail_on": "high", "jobs": "${J:-2}"},
 {"parsers": ["all", {"use": "csv", "with": {"delimiter": ";", "header": "${H}", "encoding": "auto"}}],
  "analyzers": [{"use": "statistics", "as": "s", "with": {"confidence": 0.9, "group_by": ["a"]}}, {"as": "x", "remove": true}],
  "renderers": [{"use": "markdown", "to": "-"}], "columns": {"a": {"role": "metric", "scale": 2}},
  "status": {"failed": "x"}, "dimensions": [{"path": "{a}"}, {"name": "a", "value": "b"}], "limits": {"facts": 1},
  "inputs": ["b", {"path": "a", "include": ["*"]}]} ])";
constexpr const char* bad = R"([ [], {"nmae": "x"}, {"jobs": 0}, {"jobs": "2"}, {"fail_on": "x"}, {"parsers": ["csv"]},
 {"parsers": [{"use": "cvs"}]}, {"parsers": [{"use": "csv", "with": {"delimitr": ";"}}]},
 {"parsers": [{"use": "csv", "with": {"header": 1}}]}, {"analyzers": [{"use": "statistics", "with": {"confidence": 2}}]},
 {"parsers": [{"use": "csv", "with": {"encoding": "x"}}]}, {"renderers": [{"use": "markdown"}]}, {"inputs": [{}]}, {"inputs": [""]},
 {"columns": {"a": {"role": "x"}}}, {"columns": {"a": {"scale": 0}}}, {"dimensions": [{"name": "a"}]}, {"status": {"failed": ""}} ])";
} // namespace

BOOST_AUTO_TEST_SUITE(schema)

BOOST_AUTO_TEST_CASE(the_schema_holds_the_options_of_the_loaded_components) {
    const auto schema = nlohmann::json::parse(json_schema(components()));
    const auto& confidence = schema["$defs"]["analyzer.statistics"]["properties"]["confidence"];
    BOOST_TEST(confidence["default"] == 0.95);
    BOOST_TEST(confidence["anyOf"][0]["maximum"] == 0.999);
}

BOOST_AUTO_TEST_CASE(an_independent_validator_agrees_with_the_schema) {
    if (!run("python3 -c 'import jsonschema'")) {
        BOOST_TEST_MESSAGE("skipped: python3-jsonschema is not installed");
        return;
    }
    Folder folder;
    const auto command = "python3 " + folder.write("validate.py", validator) + " " +
                         folder.write("schema.json", json_schema(components())) + " " +
                         folder.write("good.json", good) + " " + folder.write("bad.json", bad);
    BOOST_TEST(run(command), command);
    BOOST_TEST(run(command + " " + folder.write("schema.json", json_schema({}))) == false); // no component is known
}

BOOST_AUTO_TEST_CASE(the_checks_agree_with_the_schema_on_the_same_documents) {
    for (const auto& document : nlohmann::json::parse(good)) {
        if (document.contains("extends")) continue; // its base is not there
        auto text = document;
        if (text.contains("analyzers")) text["analyzers"].erase(1); // removes from a base
        BOOST_TEST(!any_error(checked(text.dump(), {{"H=true"}, {}}).problems), text.dump());
    }
    for (const auto& document : nlohmann::json::parse(bad)) {
        BOOST_TEST(any_error(checked(document.dump()).problems), document.dump());
    }
}

BOOST_AUTO_TEST_SUITE_END()

// What scripts and people rely on: exit statuses, where output goes, what is suggested.
#include "program.hpp"
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>

using namespace assay::test;
using nlohmann::json;

namespace {

struct Tree : Folder {
    Tree() {
        write("tree/x.csv", "model,tokens_s,error\na,1.5,\na,2.5,\nb,0,timeout\nb,4,\n");
        write("tree/notes.md", "# Notes\n\nText.\n");
        write("tree/blob.bin", std::string{"\x00\x01\x02\x03", 4});
        write("p.json", R"({"name": "p", "inputs": [{"path": "tree"}],
 "analyzers": [{"use": "inventory"}, {"use": "statistics"}],
 "renderers": [{"use": "json", "to": "report.json"}]})");
    }
    Ran run(const std::vector<std::string>& words, bool terminal = false) const {
        return run_program(words, {.folder = path, .terminal = terminal});
    }
};

/// A report without what may differ between pipelines that mean the same.
json comparable(json report) {
    report.erase("run");
    return report;
}

} // namespace

BOOST_AUTO_TEST_CASE(an_unknown_command_suggests_the_nearest_and_is_a_usage_error) {
    const auto ran = Tree{}.run({"rnu"});
    BOOST_TEST(ran.status == 2);
    BOOST_TEST(has(ran.err, "did you mean 'run'?"));
    BOOST_TEST(ran.out == "");
}

BOOST_AUTO_TEST_CASE(an_unknown_option_suggests_the_nearest_and_is_a_usage_error) {
    const auto ran = Tree{}.run({"run", "p.json", "--ouptut", "x"});
    BOOST_TEST(ran.status == 2);
    BOOST_TEST(has(ran.err, "did you mean '--output'?"));
    BOOST_TEST(ran.out == "");
}

BOOST_AUTO_TEST_CASE(no_command_is_a_usage_error_and_help_is_a_result) {
    BOOST_TEST(Tree{}.run({}).status == 2);
    const auto help = Tree{}.run({"--help"});
    BOOST_TEST(help.status == 0);
    for (const auto* command : {"scan", "run", "init", "check", "plan", "explain", "plugins", "schema"}) {
        BOOST_TEST(has(help.out, command));
        const auto one = Tree{}.run({command, "--help"});
        BOOST_TEST(one.status == 0);
        BOOST_TEST(has(one.out, "--plugin-path"));
        BOOST_TEST(one.err == "");
    }
}

BOOST_AUTO_TEST_CASE(an_input_that_is_missing_makes_the_run_incomplete) {
    const Tree tree;
    tree.write("q.json", R"({"inputs": [{"path": "tree"}, {"path": "nosuch"}],
 "renderers": [{"use": "json", "to": "report.json"}]})");
    const auto ran = tree.run({"run", "q.json", "--output", "out"});
    BOOST_TEST(ran.status == 3);
    BOOST_TEST(has(ran.err, "nosuch"));
    BOOST_TEST(read_json(tree / "out/report.json")["counts"]["artifacts"]["seen"] == 3);
}

BOOST_AUTO_TEST_CASE(scanning_what_is_not_there_is_a_usage_error) {
    const auto ran = Tree{}.run({"scan", "nosuch"});
    BOOST_TEST(ran.status == 2);
    BOOST_TEST(has(ran.err, "nosuch"));
    BOOST_TEST(ran.out == "");
}

BOOST_AUTO_TEST_CASE(results_go_to_stdout_and_messages_to_stderr) {
    const Tree tree;
    const auto ran = tree.run({"run", "p.json", "--set", "renderers.json.to=-"});
    BOOST_TEST_CONTEXT(ran.err) BOOST_TEST(ran.status == 0);
    const auto report = json::parse(ran.out, nullptr, false);
    BOOST_REQUIRE(!report.is_discarded());
    BOOST_TEST(report["counts"]["artifacts"]["seen"] == 3);
    BOOST_TEST(has(ran.err, "3 artifacts"));
}

BOOST_AUTO_TEST_CASE(every_command_that_prints_a_result_can_print_it_as_json) {
    const Tree tree;
    const std::vector<std::vector<std::string>> commands{{"run", "p.json"},  {"check", "p.json"},
                                                         {"plan", "p.json"}, {"explain", "tree/x.csv"},
                                                         {"plugins"},        {"plugins", "csv"}};
    for (auto words : commands) {
        words.insert(words.end(), {"--format", "json"});
        const auto ran = tree.run(words);
        BOOST_TEST_CONTEXT(words[0] << ": " << ran.err << ran.out) {
            BOOST_TEST(ran.status == 0);
            BOOST_TEST(json::accept(ran.out));
        }
    }
}

BOOST_AUTO_TEST_CASE(a_report_takes_the_place_of_the_one_before_and_leaves_nothing_else) {
    const Tree tree;
    BOOST_TEST(tree.run({"run", "p.json", "--output", "out"}).status == 0);
    const auto names = [&] {
        std::set<std::string> found;
        for (const auto& file : std::filesystem::directory_iterator(tree.path / "out"))
            found.insert(file.path().filename().string());
        return found;
    };
    const auto before = names();
    BOOST_TEST(before.count("report.json") == 1U);
    std::filesystem::create_hard_link(tree.path / "out/report.json", tree.path / "first.json");
    const auto first = read_json((tree.path / "first.json").string());
    tree.write("tree/more.csv", "model,tokens_s\na,1.5\n");
    BOOST_TEST(tree.run({"run", "p.json", "--output", "out"}).status == 0);
    BOOST_TEST(names() == before, boost::test_tools::per_element());
    const auto second = read_json((tree.path / "out/report.json").string());
    BOOST_TEST(second.at("artifacts").size() == first.at("artifacts").size() + 1);
    BOOST_TEST((read_json((tree.path / "first.json").string()) == first)); // who still reads it reads it whole
}

BOOST_AUTO_TEST_CASE(the_pipeline_that_init_writes_is_right_and_gives_the_report_that_scan_gives) {
    const Tree tree;
    const auto written = tree.run({"init", "tree"});
    BOOST_TEST(written.status == 0);
    tree.write("inferred.json", written.out);
    BOOST_TEST(tree.run({"check", "inferred.json"}).status == 0);
    BOOST_TEST(tree.run({"run", "inferred.json", "--output", "out"}).status == 0);
    BOOST_TEST(tree.run({"scan", "tree", "--json", "scanned.json"}).status == 0);
    const auto scanned = comparable(read_json(tree / "scanned.json"));
    BOOST_TEST((comparable(read_json(tree / "out/report.json")) == scanned));
    BOOST_TEST(scanned["facts"].size() > 5U);
}

BOOST_AUTO_TEST_CASE(the_path_pattern_that_init_suggests_is_of_the_levels_that_are_there) {
    const Tree tree;
    const auto says = [&](const std::string& of, const std::string& pattern) {
        const auto text = tree.run({"init", of}).out;
        BOOST_TEST_CONTEXT(text) BOOST_TEST((text.find("{ \"path\": \"" + pattern + "\" }") != text.npos));
    };
    tree.write("deep/nightly/2026-11-18/a/x.csv", "n,ms\n1,2.5\n");
    tree.write("deep/nightly/2026-11-19/b/x.csv", "n,ms\n1,2.5\n");
    says("deep", "nightly/{run:time}/{folder}/*");
    tree.write("deep/nightly/2026-11-19/b/c/x.csv", "n,ms\n1,2.5\n");
    says("deep", "nightly/{run:time}/{folder}/**/*");
    tree.write("flat/x.csv", "n,ms\n1,2.5\n");
    tree.write("flat/y.csv", "n,ms\n1,2.5\n");
    const auto flat = tree.run({"init", "flat"}).out;
    BOOST_TEST_CONTEXT(flat) BOOST_TEST((flat.find("{run:time}") == flat.npos));
}

BOOST_AUTO_TEST_CASE(what_init_inferred_may_be_made_certain_and_means_the_same) {
    const Tree tree;
    auto text = tree.run({"init", "tree"}).out;
    // Takes the slashes away from what is a member in a comment.
    text = std::regex_replace(text, std::regex{R"(// (\"(tokens_s|model|error|failed)\":))"}, "$1");
    tree.write("certain.json", text);
    const auto checked = tree.run({"check", "certain.json"});
    BOOST_TEST_CONTEXT(checked.err << text) BOOST_TEST(checked.status == 0);
    BOOST_TEST(tree.run({"run", "certain.json", "--output", "out"}).status == 0);
    const auto report = read_json(tree / "out/report.json");
    BOOST_TEST(report["counts"]["rows"]["failed"] == 1);
    BOOST_TEST(report["counts"]["rows"]["ok"] == 3);
}

BOOST_AUTO_TEST_CASE(the_condition_that_init_proposes_is_the_one_it_inferred) {
    const Tree tree;
    tree.write("exits/x.csv", "workload,latency_ms,exit_code\na,10.5,0\na,11.5,0\nb,0.0,137\n");
    const auto text = tree.run({"init", "exits"}).out;
    BOOST_TEST_CONTEXT(text) BOOST_TEST((text.find("// \"failed\": \"exit_code != 0\"\n") != text.npos));
}

BOOST_AUTO_TEST_CASE(what_nobody_looked_at_is_said) {
    const Tree tree;
    tree.write("proj/readme.txt", "nothing that was measured\n");
    tree.write("proj/.benchmarks/0001.csv", "workload,latency_ms\na,10.5\n");
    const auto all = tree.run({"scan", "proj"}).out;
    BOOST_TEST_CONTEXT(all) BOOST_TEST((all.find("1 hidden folder was not entered") != all.npos));
    tree.write("some.json", R"({"inputs": [{"path": "proj", "exclude": ["*.txt"]}],
                                "renderers": [{"use": "terminal", "to": "-"}]})");
    const auto some = tree.run({"run", "some.json"}).out;
    BOOST_TEST_CONTEXT(some) BOOST_TEST((some.find("1 file was left out by the pipeline's") != some.npos));
}

BOOST_AUTO_TEST_CASE(schemas_are_json) {
    for (const auto* which : {"pipeline", "report"}) {
        const auto ran = Tree{}.run({"schema", which});
        BOOST_TEST(ran.status == 0);
        BOOST_REQUIRE(json::accept(ran.out));
        BOOST_TEST(json::parse(ran.out).contains("$schema"));
    }
    BOOST_TEST(Tree{}.run({"schema", "nonsense"}).status == 2);
    const auto shipped = read_json(ASSAY_SOURCE_DIR "/docs/report.schema.json");
    BOOST_TEST((json::parse(Tree{}.run({"schema", "report"}).out) == shipped));
}

BOOST_AUTO_TEST_CASE(pipes_get_no_colour) {
    const auto ran = Tree{}.run({"scan", "tree"});
    BOOST_TEST(ran.status == 0);
    BOOST_TEST(!has(ran.out, "\x1b"));
    BOOST_TEST(!has(ran.err, "\x1b"));
}

BOOST_AUTO_TEST_CASE(terminals_get_colour_unless_the_environment_forbids_it) {
    const Tree tree;
    const auto coloured = tree.run({"scan", "tree", "--quiet"}, true);
    BOOST_TEST(coloured.status == 0);
    BOOST_TEST(has(coloured.out, "\x1b["));
    const auto plain = run_program({"scan", "tree", "--quiet"},
                                   {.folder = tree.path, .environment = {{"NO_COLOR", "1"}}, .terminal = true});
    BOOST_TEST(plain.status == 0);
    BOOST_TEST(has(plain.out, "tokens_s"));
    BOOST_TEST(!has(plain.out, "\x1b"));
}

BOOST_AUTO_TEST_CASE(a_plugin_is_described_with_every_option) {
    const Tree tree;
    const auto known = json::parse(tree.run({"plugins", "--format", "json"}).out);
    int options = 0;
    for (const auto& plugin : known["plugins"])
        for (const auto& component : plugin["components"]) {
            const auto told = tree.run({"plugins", component["id"].get<std::string>()});
            BOOST_TEST(told.status == 0);
            for (const auto& option : component["options"]) {
                ++options;
                BOOST_TEST_CONTEXT(component["id"] << " " << option["name"]) {
                    BOOST_TEST(has(told.out, option["name"].get<std::string>()));
                    BOOST_TEST(option["help"].get<std::string>() != "");
                    BOOST_TEST(has(told.out, option["help"].get<std::string>().substr(0, 40)));
                }
            }
        }
    BOOST_TEST(options > 10);
    BOOST_TEST(has(tree.run({"plugins", "csv"}).out, "delimiter"));
    BOOST_TEST(tree.run({"plugins", "cvs"}).status == 2);
}

BOOST_AUTO_TEST_CASE(explain_shows_who_claims_a_file_and_why) {
    const Tree tree;
    const auto ran = tree.run({"explain", "tree/x.csv"});
    BOOST_TEST(ran.status == 0);
    for (const auto* part : {"csv", "json", "markdown", "delimiter ','", "4 rows, 3 ok, 1 failed", "tokens_s"})
        BOOST_TEST(has(ran.out, part));
    BOOST_TEST(tree.run({"explain", "tree/nosuch"}).status == 2);
}

BOOST_AUTO_TEST_CASE(set_overrides_one_option_and_a_wrong_name_is_a_mistake) {
    const Tree tree;
    const auto good = tree.run({"run", "p.json", "--set", "analyzers.statistics.confidence=0.9"});
    BOOST_TEST_CONTEXT(good.err) BOOST_TEST(good.status == 0);
    const auto bad = tree.run({"run", "p.json", "--set", "analyzers.statistics.confidenc=0.9"});
    BOOST_TEST(bad.status == 2);
    BOOST_TEST(has(bad.err, "confidence"));
}

BOOST_AUTO_TEST_CASE(quiet_says_nothing_where_all_is_well) {
    const Tree tree;
    const auto ran = tree.run({"run", "p.json", "--quiet"});
    BOOST_TEST(ran.status == 0);
    BOOST_TEST(ran.out == "");
    BOOST_TEST(ran.err == "");
}

BOOST_AUTO_TEST_CASE(a_folder_that_cannot_be_written_is_incomplete) {
    const Tree tree;
    tree.write("file", "in the way");
    const auto ran = tree.run({"run", "p.json", "--output", "file/below"});
    BOOST_TEST(ran.status == 3);
    BOOST_TEST(has(ran.err, "json"));
}

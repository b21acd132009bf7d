// A plugin that crashes, hangs, eats memory or lies costs the artifact in its hands and nothing else.
#include "program.hpp"
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <fstream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>

using namespace assay::test;
using nlohmann::json;

namespace {

const std::string plugins = ASSAY_BUILD_DIR "/tests/end_to_end/plugins";

struct Faults {
    Folder folder;
    Ran ran;
    json report;

    Faults() {
        for (const char* kind :
             {"crash", "abort", "hang", "memory", "exit", "once", "print", "analyzer", "garbage", "probe", "none"})
            folder.write(std::string{"tree/"} + kind + ".fault", std::string{"fault: "} + kind + "\n");
        for (const char* name : {"a", "m", "z"})
            folder.write(std::string{"tree/"} + name + ".csv", std::string{"model,tokens_s\n"} + name + ",1.5\n");
        folder.write("p.json", R"({"inputs": [{"path": "tree"}],
 "parsers": [{"use": "faulty", "with": {"marker": ")" +
                                   (folder / "crashed") + R"("}}, {"use": "csv"}],
 "analyzers": [{"use": "inventory"}, {"use": "statistics"}, {"use": "fragile"}],
 "limits": {"artifact_seconds": 3, "artifact_memory": 600000000},
 "renderers": [{"use": "json", "to": "-"}]})");
        ran = run("2");
        report = json::parse(ran.out, nullptr, false);
    }
    Ran run(const std::string& jobs) const {
        std::filesystem::remove(folder.path / "crashed");
        return run_program({"run", "p.json", "--plugin-path", plugins, "--jobs", jobs}, {.folder = folder.path});
    }
    const json& artifact(const std::string& name) const {
        for (const auto& artifact : report.at("artifacts"))
            if (artifact.at("path") == "tree/" + name) return artifact;
        throw std::runtime_error{"no artifact " + name};
    }
};

const Faults& faults() {
    static const Faults once;
    return once;
}

} // namespace

BOOST_AUTO_TEST_CASE(faults_of_plugins_leave_a_whole_report_and_exit_zero) {
    BOOST_TEST_CONTEXT(faults().ran.err) BOOST_REQUIRE(faults().ran.status == 0);
    BOOST_REQUIRE(faults().report.is_object());
    const auto& counts = faults().report.at("counts").at("artifacts");
    BOOST_TEST(counts.at("seen") == 14);
    BOOST_TEST(counts.at("parsed") == 6);
    BOOST_TEST(counts.at("failed") == 8);
    for (const char* name : {"a.csv", "m.csv", "z.csv", "none.fault", "once.fault", "print.fault"})
        BOOST_TEST_CONTEXT(name) BOOST_TEST(faults().artifact(name).at("status") == "parsed");
}

BOOST_AUTO_TEST_CASE(each_fault_is_named_with_what_happened_and_in_which_plugin) {
    struct Expected {
        std::string code, what, where;
    };
    const std::map<std::string, Expected> expected{
        {"crash.fault", {"crashed", "SIGSEGV", "in parser 'faulty'"}},
        {"abort.fault", {"crashed", "SIGABRT", "in parser 'faulty'"}},
        {"exit.fault", {"crashed", "exit status 0", "in parser 'faulty'"}},
        {"probe.fault", {"crashed", "SIGSEGV", "while parser 'faulty' probed it"}},
        {"analyzer.fault", {"crashed", "SIGSEGV", "in analyzer 'fragile'"}},
        {"hang.fault", {"timed-out", "3 s", "in parser 'faulty'"}},
        {"memory.fault", {"out-of-memory", "600000000 bytes", "in parser 'faulty'"}},
        {"garbage.fault", {"no-table", "a batch without a table", ""}},
    };
    for (const auto& [name, e] : expected) {
        const auto& artifact = faults().artifact(name);
        BOOST_TEST_CONTEXT(artifact.dump().substr(0, 600)) {
            BOOST_TEST(artifact.at("status") == "failed");
            BOOST_TEST(artifact.at("reason_code") == e.code);
            BOOST_TEST(has(artifact.at("reason").get<std::string>(), e.what));
            BOOST_TEST(has(artifact.at("reason").get<std::string>(), e.where));
            BOOST_TEST(artifact.at("sha256").get<std::string>().size() == 64U);
        }
    }
}

BOOST_AUTO_TEST_CASE(what_a_plugin_prints_does_not_reach_stdout) {
    BOOST_TEST(!has(faults().ran.out, "a plugin's words"));
    BOOST_TEST(has(faults().ran.err, "a plugin's words"));
}

BOOST_AUTO_TEST_CASE(faults_give_the_same_report_with_one_worker) {
    json one = json::parse(faults().run("1").out, nullptr, false), two = faults().report;
    BOOST_REQUIRE(one.is_object());
    one.erase("run");
    two.erase("run");
    BOOST_TEST((one == two));
}

BOOST_AUTO_TEST_CASE(an_analyzer_that_dies_of_every_artifact_leaves_a_report_that_names_it) {
    const Folder folder;
    folder.write("tree/a.csv", "model,tokens_s\na,1.5\n");
    folder.write("tree/b.csv", "model,tokens_s\nb,2.5\n");
    folder.write("p.json", R"({"inputs": ["tree"], "analyzers": [{"use": "inventory"}, {"use": "statistics"},
 {"use": "fragile", "with": {"from_the_start": true}}], "renderers": [{"use": "json", "to": "report.json"}]})");
    const auto ran =
        run_program({"run", "p.json", "--plugin-path", plugins, "--output", "out"}, {.folder = folder.path});
    BOOST_TEST_CONTEXT(ran.err) BOOST_TEST(ran.status == 3); // nothing could be read
    const auto report = read_json(folder / "out/report.json");
    BOOST_TEST(report.at("artifacts").size() == 2U);
    for (const auto& artifact : report.at("artifacts")) {
        BOOST_TEST(artifact.at("reason_code") == "crashed");
        BOOST_TEST(has(artifact.at("reason").get<std::string>(), "SIGSEGV (Segmentation fault) in analyzer 'fragile'"));
    }
    BOOST_TEST(report.at("inventory").at("artifacts") == 2);
    BOOST_TEST(report.at("counts").at("rows").at("read") == 0);
}

BOOST_AUTO_TEST_CASE(a_plan_says_what_a_stage_would_send_and_a_run_keeps_its_files) {
    const Folder folder;
    folder.write("tree/a.csv", "model,tokens_s\na,1.5\n");
    const auto pipeline = [&](const std::string& options) {
        folder.write("p.json", R"({"inputs": ["tree"], "analyzers": [{"use": "sender", "with": )" + options +
                                   R"(}], "renderers": [{"use": "json", "to": "report.json"}]})");
    };
    const auto run = [&](const std::string& command, std::vector<std::string> more = {}) {
        more.insert(more.begin(), {command, "p.json", "--plugin-path", plugins});
        return run_program(more, {.folder = folder.path});
    };
    pipeline(R"({"to": "http://127.0.0.1:1"})");
    BOOST_TEST(
        has(run("plan").out, "sent by:\n  sender: a word to http://127.0.0.1:1\n  sender: and \\u001B another\n"));
    const auto plan = json::parse(run("plan", {"--format", "json"}).out);
    BOOST_TEST(plan.at("sends").at(0).at("stage") == "sender");
    BOOST_TEST(plan.at("sends").at(0).at("what") == "a word to http://127.0.0.1:1");
    BOOST_TEST(run("run", {"--output", "out"}).status == 0);
    std::ifstream kept{folder / "out/llm/1.json"};
    BOOST_TEST((std::string{std::istreambuf_iterator<char>{kept}, {}} == "kept"));
    pipeline(R"({"keep": "../outside"})");
    BOOST_TEST(has(run("run", {"--output", "out"}).err, "cannot have this name"));
    BOOST_TEST(!std::filesystem::exists(folder / "outside"));
}

BOOST_AUTO_TEST_CASE(ctrl_c_ends_workers_and_run_with_130_and_no_output) {
    const Folder folder;
    folder.write("tree/a.csv", "model,tokens_s\na,1.5\n"); // larger than the other, so read before it
    folder.write("tree/hang.fault", "fault: hang\n");
    const std::string marker = folder / "hangs";
    folder.write("p.json", R"({"inputs": ["tree"], "parsers": ["all", {"use": "faulty", "with": {"marker": ")" +
                               marker + R"("}}], "renderers": [{"use": "json", "to": "report.json"}]})");
    // A worker left behind would hold stderr open, and the run would not seem to end.
    const auto ran = run_program({"run", "p.json", "--jobs", "1", "--plugin-path", plugins, "--output", "out"},
                                 {.folder = folder.path, .interrupt_at = marker});
    BOOST_TEST_CONTEXT(ran.err) BOOST_TEST(ran.status == 130);
    BOOST_TEST(has(ran.err, "interrupted after 1 of 2 artifacts"));
    BOOST_TEST(!std::filesystem::exists(folder.path / "out"));
}

namespace {

Ran concluded(const Folder& folder, const std::string& how, const std::string& renderers) {
    folder.write("tree/a.csv", "model,tokens_s\na,1.5\n");
    folder.write("p.json", R"({"inputs": [{"path": "tree"}],
 "analyzers": [{"use": "inventory"}, {"use": "fragile", "with": {"conclude": ")" +
                               how + R"("}}], "limits": {"stage_seconds": 2}, "renderers": [)" + renderers + "]}");
    return run_program({"run", "p.json", "--plugin-path", plugins, "--output", "out"}, {.folder = folder.path});
}

} // namespace

BOOST_AUTO_TEST_CASE(a_stage_that_dies_while_concluding_is_named_and_the_rest_is_reported) {
    for (const auto& [how, words] : {std::pair{"crash", "crashed: SIGSEGV"},
                                     {"junk", "not a JSON object"},
                                     {"load", "no state of mine"},
                                     {"hang", "no end after 2 s"}}) {
        const Folder folder;
        const auto ran = concluded(folder, how, R"({"use": "json", "to": "report.json"})");
        BOOST_TEST_CONTEXT(ran.err) BOOST_TEST(ran.status == 3);
        BOOST_TEST(has(ran.err, "analyzer 'fragile'"));
        BOOST_TEST(has(ran.err, words));
        const auto report = read_json(folder / "out/report.json");
        BOOST_TEST(report.at("counts").at("complete") == false);
        BOOST_TEST(report.at("sections").size() > 0U);
        BOOST_TEST(!has(report.dump(), "before the end"));
    }
}

BOOST_AUTO_TEST_CASE(a_renderer_that_dies_leaves_no_file_and_the_others_write_theirs) {
    const Folder folder;
    const auto ran =
        concluded(folder, "", R"({"use": "breaks", "to": "broken.txt"}, {"use": "json", "to": "report.json"})");
    BOOST_TEST(ran.status == 3);
    BOOST_TEST(has(ran.err, "renderer 'breaks': crashed: SIGSEGV"));
    BOOST_TEST(read_json(folder / "out/report.json").at("counts").at("complete") == true);
    std::vector<std::string> left;
    for (const auto& file : std::filesystem::directory_iterator(folder.path / "out"))
        left.push_back(file.path().filename().string());
    BOOST_TEST(left == std::vector<std::string>{"report.json"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(ctrl_c_ends_a_stage_that_hangs_while_concluding) {
    const Folder folder;
    const std::string marker = folder / "hangs";
    folder.write("tree/a.csv", "model,tokens_s\na,1.5\n");
    folder.write("p.json",
                 R"({"inputs": ["tree"], "analyzers": [{"use": "fragile", "with": {"conclude": "hang", "marker": ")" +
                     marker + R"("}}], "renderers": [{"use": "json", "to": "late.json"}]})");
    const auto ran = run_program({"run", "p.json", "--plugin-path", plugins, "--output", "out"},
                                 {.folder = folder.path, .interrupt_at = marker});
    BOOST_TEST_CONTEXT(ran.err) BOOST_TEST(ran.status == 130);
    BOOST_TEST(!std::filesystem::exists(folder.path / "out/late.json"));
}

// Law 2: the same artifacts give the same report, whatever order they were named in, wherever it ran, and whatever of
// them an earlier run knew.
#include "program.hpp"
#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>
#include <sstream>

using namespace assay::test;

namespace {

std::vector<std::string> different_lines(const std::string& a, const std::string& b) {
    std::istringstream left{a}, right{b};
    std::vector<std::string> out;
    std::string line, other;
    while (std::getline(left, line)) {
        if (!std::getline(right, other)) other = "(end)";
        if (line != other) out.push_back(line);
    }
    if (std::getline(right, other)) out.push_back(other);
    return out;
}

std::string pipeline(const std::string& first, const std::string& second) {
    return R"({"name": "order", "inputs": [{"path": ")" + first + R"("}, {"path": ")" + second +
           R"("}], "analyzers": [{"use": "inventory"}, {"use": "statistics"}],
 "renderers": [{"use": "json", "to": "report.json"}, {"use": "markdown", "to": "report.md"}]})";
}

/// Cold, half of it known from the first input alone, warm.
void same_with_a_cache(const Folder& here, const std::string& expected) {
    const auto report = [&](const std::string& cache, const std::vector<std::string>& more) {
        std::vector<std::string> words{"run", "pipeline.json", "--output", "cached", "--cache", cache};
        words.insert(words.end(), more.begin(), more.end());
        BOOST_TEST(run_program(words, {.folder = here.path}).status == 0);
        return read_json(here / "cached/report.json").at("run").at("cache");
    };
    const auto same = [&] { return without_run(read_file(here / "cached/report.json")) == expected; };
    const auto cold = report("one", {});
    BOOST_TEST(cold.at("hits") == 0);
    BOOST_TEST(same());
    const auto warm = report("one", {"--jobs", "2"});
    BOOST_TEST(warm.at("hits").get<int>() + warm.at("misses").get<int>() == cold.at("misses").get<int>());
    BOOST_TEST(warm.at("hits").get<int>() > warm.at("misses").get<int>());
    BOOST_TEST(same());
    const auto inputs = read_json(here / "pipeline.json").at("inputs");
    report("two", {"--input", inputs.at(0).at("path").get<std::string>()});
    const auto half = report("two", {"--isolation", "none"});
    BOOST_TEST(half.at("hits").get<int>() > 0);
    BOOST_TEST(half.at("misses").get<int>() > warm.at("misses").get<int>());
    BOOST_TEST(same());
}

void same_in_any_order(const std::string& a, const std::string& b) {
    const Folder here, elsewhere;
    here.write("pipeline.json", pipeline(a, b));
    elsewhere.write("deep/pipeline.json", pipeline(b, a));
    BOOST_TEST(run_program({"run", "pipeline.json", "--output", "once"}, {.folder = here.path}).status == 0);
    BOOST_TEST(run_program({"run", "pipeline.json", "--output", "twice"}, {.folder = here.path}).status == 0);
    BOOST_TEST(run_program({"run", elsewhere / "deep/pipeline.json", "--output", elsewhere / "out"},
                           {.folder = "/", .environment = {{"TZ", "Asia/Kolkata"}, {"LC_ALL", "C"}}})
                   .status == 0);
    const auto first = without_run(read_file(here / "once/report.json"));
    BOOST_TEST(first.size() > 2000U);
    BOOST_TEST((first == without_run(read_file(here / "twice/report.json"))));
    const std::vector<std::vector<std::string>> ways{
        {"--jobs", "1"}, {"--jobs", "2"}, {"--jobs", "7"}, {"--isolation", "none"}};
    for (const auto& way : ways) {
        std::vector<std::string> words{"run", "pipeline.json", "--output", "other"};
        words.insert(words.end(), way.begin(), way.end());
        BOOST_TEST(run_program(words, {.folder = here.path}).status == 0);
        BOOST_TEST_CONTEXT(way[0] + way[1]) BOOST_TEST((first == without_run(read_file(here / "other/report.json"))));
    }
    BOOST_TEST((first == without_run(read_file(elsewhere / "out/report.json"))));
    same_with_a_cache(here, first);
    for (const auto& other : {here / "twice/report.md", elsewhere / "out/report.md"}) {
        const auto lines = different_lines(read_file(here / "once/report.md"), read_file(other));
        BOOST_TEST(lines.size() <= 1U);
        for (const auto& line : lines) BOOST_TEST(has(line, "started "));
    }
}

} // namespace

BOOST_AUTO_TEST_CASE(inputs_in_another_order_from_another_place_give_the_same_bytes) {
    const auto folder = corpus();
    if (!folder.empty()) same_in_any_order(folder + "/reports", folder + "/csv_data");
}

BOOST_AUTO_TEST_CASE(a_small_tree_gives_the_same_bytes_in_any_order) {
    const Folder tree;
    for (const std::string name : {"a", "b", "c"})
        tree.write("left/" + name + "_runs.csv", "threads,latency_ms,error\n1,1.5,\n2,2.5,\n4,0," + name + "\n");
    tree.write("right/results.json",
               R"({"model": "m", "results": [{"run": 1, "score": 3.5}, {"run": 2, "score": 4}]})");
    tree.write("right/copy.csv", "threads,latency_ms,error\n1,1.5,\n2,2.5,\n4,0,a\n");
    same_in_any_order(tree / "left", tree / "right");
}

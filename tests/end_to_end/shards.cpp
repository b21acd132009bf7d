// Law 2 over machines: shards of a tree, read apart and merged, give the bytes of one run; what does not belong
// together is refused by name.
#include "program.hpp"
#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>

using namespace assay::test;

namespace {

struct Sharded : Folder {
    explicit Sharded(const std::string& inputs = R"({"path": "tree"})") {
        write("tree/a.csv", "model,tokens_s,error\nx,1.5,\nx,2.5,\ny,0,timeout\n");
        write("tree/b.csv", "model,tokens_s,error\nx,3.5,\ny,4.5,\n");
        write("tree/copy.csv", "model,tokens_s,error\nx,3.5,\ny,4.5,\n");
        write("tree/runs.json", R"({"host": "h1", "runs": [{"n": 1, "ms": 2.5}, {"n": 2, "ms": 3}]})");
        write("tree/blob.bin", std::string{"\x00\x01\x02\x03", 4});
        write("tree/notes.md", "# Notes\n\nText.\n");
        write("p.json", R"({"name": "p", "inputs": [)" + inputs + R"(],
 "analyzers": [{"use": "inventory"}, {"use": "statistics"}],
 "renderers": [{"use": "json", "to": "report.json"}, {"use": "markdown", "to": "report.md"}]})");
    }
    Ran run(const std::vector<std::string>& words) const { return run_program(words, {.folder = path}); }
    std::string shard(int index, int count) const {
        const auto name = std::to_string(index) + ".partial";
        const auto of = std::to_string(index) + "/" + std::to_string(count);
        const auto ran = run({"run", "p.json", "--shard", of, "--partial", name});
        BOOST_TEST_CONTEXT(ran.err) BOOST_TEST(ran.status == 0);
        return name;
    }
    Ran merge(const std::vector<std::string>& files, const std::string& pipeline = "p.json") const {
        std::vector<std::string> words{"merge"};
        words.insert(words.end(), files.begin(), files.end());
        words.insert(words.end(), {"--pipeline", pipeline, "--output", "merged"});
        return run(words);
    }
    std::string refusal(const std::vector<std::string>& files, const std::string& pipeline = "p.json") const {
        const auto ran = merge(files, pipeline);
        BOOST_TEST_CONTEXT(ran.err) BOOST_TEST(ran.status == 2);
        BOOST_TEST(!std::filesystem::exists(path / "merged"));
        return ran.err;
    }
};

void same_as_one_run(const Sharded& tree, const std::vector<int>& counts) {
    BOOST_REQUIRE(tree.run({"run", "p.json", "--output", "once"}).status == 0);
    const auto once = without_run(read_file(tree / "once/report.json"));
    for (const int count : counts) {
        std::vector<std::string> files;
        for (int i = count; i >= 1; --i) files.push_back(tree.shard(i, count));
        const auto ran = tree.merge(files);
        BOOST_TEST_CONTEXT(count << " shards: " << ran.err) {
            BOOST_TEST(ran.status == 0);
            BOOST_TEST((without_run(read_file(tree / "merged/report.json")) == once));
        }
    }
}

} // namespace

BOOST_AUTO_TEST_CASE(shards_of_a_small_tree_merge_to_the_bytes_of_one_run_also_where_some_are_empty) {
    same_as_one_run(Sharded{}, {1, 3, 16});
}

BOOST_AUTO_TEST_CASE(shards_of_the_corpus_merge_to_the_bytes_of_one_run) {
    const auto root = corpus();
    if (root.empty()) return;
    same_as_one_run(Sharded{R"({"path": ")" + root + R"(/reports"}, {"path": ")" + root + R"(/csv_data"})"}, {3, 16});
}

BOOST_AUTO_TEST_CASE(shards_that_are_missing_or_repeated_are_named) {
    const Sharded tree;
    const auto one = tree.shard(1, 4), three = tree.shard(3, 4);
    BOOST_TEST(has(tree.refusal({one, three}), "of 4 shards these are missing: 2, 4"));
    BOOST_TEST(has(tree.refusal({one, three, one}), "shard 1 is there twice"));
}

BOOST_AUTO_TEST_CASE(shards_of_another_pipeline_tree_or_count_are_refused_with_the_difference) {
    const Sharded tree;
    const auto one = tree.shard(1, 2);
    tree.write("other.json", R"({"name": "p", "inputs": [{"path": "tree"}], "analyzers": [{"use": "inventory"}],
 "renderers": [{"use": "json", "to": "report.json"}]})");
    BOOST_TEST(has(tree.refusal({one}, "other.json"), "there is analyzer 'statistics'"));
    tree.write("columns.json", R"({"extends": "p.json", "columns": {"ms": {"unit": "ms"}}})");
    BOOST_TEST(has(tree.refusal({one}, "columns.json"), "here is columns 'ms': {\"unit\":\"ms\"}"));
    tree.write("tree/new.csv", "a,b\n1,2\n");
    BOOST_TEST(has(tree.refusal({one, tree.shard(2, 2)}), "different trees, of 7 and 6 files"));
    const auto third = tree.shard(3, 3);
    BOOST_TEST(has(tree.refusal({one, third}), "are of 3 and 2 shards"));
}

BOOST_AUTO_TEST_CASE(a_damaged_file_of_partials_is_refused_wherever_the_damage_is) {
    const Sharded tree;
    const auto bytes = read_file(tree / tree.shard(1, 1));
    for (std::size_t at = 0; at < bytes.size(); at += bytes.size() / 12) {
        std::string damaged = bytes;
        damaged[at] = static_cast<char>(damaged[at] ^ 0x20);
        tree.write("damaged", damaged);
        tree.refusal({"damaged"});
        tree.write("short", bytes.substr(0, at));
        tree.refusal({"short"});
    }
    BOOST_TEST(has(tree.refusal({"tree/notes.md"}), "is no file of partials"));
    tree.write("empty", "");
    BOOST_TEST(has(tree.refusal({"empty"}), "is no file of partials"));
    BOOST_TEST(has(tree.refusal({"nowhere"}), "cannot read 'nowhere': No such file"));
    BOOST_TEST(has(tree.refusal({"tree"}), "cannot read 'tree': Is a directory"));
}

BOOST_AUTO_TEST_CASE(words_about_shards_that_make_no_sense_are_usage_errors) {
    const Sharded tree;
    for (const char* words : {"0/3", "4/3", "1", "a/b", "1/0", "/", ""}) {
        const auto ran = tree.run({"run", "p.json", "--shard", words, "--partial", "x"});
        BOOST_TEST_CONTEXT(words) BOOST_TEST(ran.status == 2);
    }
    BOOST_TEST(has(tree.run({"run", "p.json", "--shard", "1/3"}).err, "needs --partial"));
    BOOST_TEST(has(tree.run({"merge", "x"}).err, "--pipeline"));
    BOOST_TEST(has(tree.run({"merge", "--pipeline", "p.json"}).err, "a file of partials is missing"));
}

BOOST_AUTO_TEST_CASE(a_shard_answers_scripts_like_other_runs_and_takes_nothing_that_it_would_not_do) {
    const Sharded tree;
    tree.write("tree/broken.json", R"({"runs": [1,)");
    const std::vector<std::string> words{"run", "p.json", "--shard", "1/1", "--partial", "x"};
    const auto with = [&](const std::vector<std::string>& more) {
        auto all = words;
        all.insert(all.end(), more.begin(), more.end());
        return tree.run(all);
    };
    const auto ran = with({"--format", "json"});
    BOOST_TEST(ran.status == 0);
    const auto said = nlohmann::json::parse(ran.out);
    BOOST_TEST(said.at("artifacts").at("seen") == 7);
    BOOST_TEST(said.at("artifacts").at("failed") == 1);
    BOOST_TEST(said.at("written") == "x");
    BOOST_TEST(with({"--strict"}).status == 3);
    BOOST_TEST(with({"--fail-on", "high"}).status == 2);
    BOOST_TEST(with({"--output", "y"}).status == 2);
}

// The exports of the real binary: the same bytes however they were made, safe to open, and loaded alike by all readers.
#include "program.hpp"
#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>

using namespace assay::test;
using nlohmann::json;

namespace {

const std::string all_exports = R"("renderers": [{"use": "json", "to": "report.json"},
 {"use": "csv", "to": "observations.csv"}, {"use": "jsonl", "to": "observations.jsonl"},
 {"use": "sqlite", "to": "report.sqlite"},
 {"use": "csv", "as": "facts", "to": "facts.csv", "with": {"what": "facts"}},
 {"use": "jsonl", "as": "findings", "to": "findings.jsonl", "with": {"what": "findings"}}]})";

const std::vector<std::string> files{"observations.csv", "observations.jsonl", "report.sqlite", "facts.csv",
                                     "findings.jsonl"};

std::string pipeline_over(const std::string& path) {
    return R"({"inputs": [{"path": ")" + path +
           R"("}], "analyzers": [{"use": "inventory"}, {"use": "statistics"}, {"use": "gaps"}], )" + all_exports;
}

/// Exit status of same_answers.py; what it says is printed.
int same_answers(const std::string& folder) {
    const std::string script = ASSAY_SOURCE_DIR "/tests/exports/same_answers.py";
    return std::system(("python3 '" + script + "' '" + folder + "'").c_str());
}

std::string exported(const std::string& content, const std::string& renderer, const std::string& with = "{}") {
    const Folder folder;
    folder.write("tree/runs.csv", content);
    folder.write("p.json", R"({"inputs": ["tree"], "analyzers": [{"use": "inventory"}],
 "renderers": [{"use": ")" + renderer +
                               R"(", "to": "out", "with": )" + with + "}]}");
    const auto ran = run_program({"run", "p.json", "--output", "o"}, {.folder = folder.path});
    BOOST_TEST_CONTEXT(ran.err) BOOST_TEST(ran.status == 0);
    return read_file(folder / "o/out");
}

std::string without_first_line(const std::string& text) { return text.substr(text.find('\n') + 1); }

} // namespace

BOOST_AUTO_TEST_CASE(the_corpus_is_loaded_alike_by_all_readers_and_its_medians_are_the_reports) {
    const auto folder = corpus();
    if (folder.empty()) return;
    const Folder here;
    here.write("p.json", pipeline_over(folder));
    const auto ran = run_program({"run", "p.json", "--output", "out"}, {.folder = here.path});
    BOOST_TEST_CONTEXT(ran.err) BOOST_TEST(ran.status == 0);
    BOOST_TEST(same_answers(here / "out") == 0);
}

BOOST_AUTO_TEST_CASE(any_number_of_jobs_and_any_isolation_give_the_same_bytes) {
    const Folder here;
    for (const std::string name : {"a", "b", "c"})
        here.write("tree/" + name + "_runs.csv", "threads,latency_ms,error\n1,1.5,\n2,2.5,\n4,0," + name + "\n");
    here.write("tree/results.json", R"({"model": "m", "results": [{"run": 1, "score": 3.5}, {"run": 2, "score": 4}]})");
    here.write("tree/z_copy.csv", read_file(here / "tree/a_runs.csv"));
    here.write("p.json", pipeline_over("tree"));
    BOOST_TEST(run_program({"run", "p.json", "--output", "first"}, {.folder = here.path}).status == 0);
    BOOST_TEST(has(read_file(here / "first/observations.csv"), "latency_ms,2.5,ms"));
    BOOST_TEST(!has(read_file(here / "first/observations.csv"), "z_copy"));
    BOOST_TEST(same_answers(here / "first") == 0);
    const std::vector<std::vector<std::string>> ways{
        {"--jobs", "1"}, {"--jobs", "2"}, {"--jobs", "7"}, {"--isolation", "none"}};
    for (const auto& way : ways) {
        std::vector<std::string> words{"run", "p.json", "--output", "other"};
        words.insert(words.end(), way.begin(), way.end());
        BOOST_TEST(run_program(words, {.folder = here.path}).status == 0);
        for (const auto& file : files) BOOST_TEST_CONTEXT(way[0] << way[1] << " " << file)
        BOOST_TEST((read_file(here / ("first/" + file)) == read_file(here / ("other/" + file))));
    }
}

BOOST_AUTO_TEST_CASE(one_dataset_is_exported_with_its_own_columns) {
    const std::string rows = "model,tokens_s,note\ngemma,1.5,slow\ngemma,,\nqwen,2,\"a,b\"\n";
    BOOST_TEST(exported(rows, "csv", R"({"dataset": "runs"})") ==
               "artifact,table,row,line,status,model,tokens_s,note\r\n"
               "tree/runs.csv,rows,1,2,ok,gemma,1.5,slow\r\n"
               "tree/runs.csv,rows,2,3,ok,gemma,,\r\n"
               "tree/runs.csv,rows,3,4,ok,qwen,2,\"a,b\"\r\n");
    const auto jsonl = exported(rows, "jsonl", R"({"dataset": "runs"})");
    const auto from = jsonl.find('\n') + 1;
    const auto second = json::parse(jsonl.substr(from, jsonl.find('\n', from) - from));
    BOOST_TEST(second.at("tokens_s").is_null());
    BOOST_TEST(second.at("row") == 2);
}

BOOST_AUTO_TEST_CASE(repetitions_side_by_side_are_exported_as_rows_of_one_line) {
    const std::string wide = "benchmark,run_1,run_2,run_3,mean\nparse,1.5,2.5,,2\nrender,3.5,4.5,5.5,4.5\n";
    const auto rows = exported(wide, "csv");
    BOOST_TEST(has(rows, ",1,2,ok,parse,1,value,1.5,"));
    BOOST_TEST(has(rows, ",2,2,ok,parse,2,value,2.5,"));
    const Folder here;
    here.write("tree/runs.csv", wide);
    here.write("p.json", pipeline_over("tree"));
    BOOST_TEST(run_program({"run", "p.json", "--output", "out"}, {.folder = here.path}).status == 0);
    BOOST_TEST(same_answers(here / "out") == 0);
}

BOOST_AUTO_TEST_CASE(a_dataset_that_is_not_there_is_named_with_those_that_are) {
    const Folder folder;
    folder.write("tree/runs.csv", "model,tokens_s\na,1\n");
    folder.write("p.json", R"({"inputs": ["tree"], "analyzers": [{"use": "inventory"}],
 "renderers": [{"use": "csv", "to": "o.csv", "with": {"dataset": "run"}}]})");
    const auto ran = run_program({"run", "p.json", "--output", "out"}, {.folder = folder.path});
    BOOST_TEST(ran.status == 3);
    BOOST_TEST(has(ran.err, "there is no dataset 'run'; there are: "));
    BOOST_TEST(has(ran.err, "(runs)"));
    BOOST_TEST(!std::filesystem::exists(folder.path / "out/o.csv"));
}

BOOST_AUTO_TEST_CASE(a_title_that_two_datasets_have_names_neither_but_each_has_its_id) {
    const Folder folder;
    folder.write("tree/a/runs.csv", "model,tokens_s\na,1\n");
    folder.write("tree/b/runs.csv", "host,watts,volts\nh,2,3\n");
    const auto run = [&](const std::string& dataset) {
        folder.write("p.json", R"({"inputs": ["tree"], "analyzers": [{"use": "inventory"}], "renderers": [
 {"use": "json", "to": "report.json"}, {"use": "csv", "to": "o.csv", "with": {"dataset": ")" +
                                   dataset + R"("}}]})");
        return run_program({"run", "p.json", "--output", "out"}, {.folder = folder.path});
    };
    const auto both = run("runs");
    BOOST_TEST(both.status == 3);
    BOOST_TEST(has(both.err, "2 datasets are titled 'runs': name one by its id"), both.err);
    const json report = json::parse(read_file(folder / "out/report.json"));
    for (const auto& dataset : report.at("datasets")) {
        const auto one = run(dataset.at("id"));
        BOOST_TEST_CONTEXT(one.err) BOOST_TEST(one.status == 0);
    }
}

BOOST_AUTO_TEST_CASE(columns_that_sqlite_has_no_room_for_are_counted_and_told) {
    const Folder folder;
    std::string names = "model", values = "a";
    for (int i = 0; i < 2'000; ++i) names += ",m" + std::to_string(i) + "_s", values += ",1.5";
    folder.write("tree/wide.csv", names + "\n" + values + "\n");
    folder.write("p.json", R"({"inputs": ["tree"], "analyzers": [{"use": "inventory"}],
 "renderers": [{"use": "sqlite", "to": "r.sqlite"}]})");
    const auto ran = run_program({"run", "p.json", "--output", "out"}, {.folder = folder.path});
    BOOST_TEST_CONTEXT(ran.err) BOOST_TEST(ran.status == 0);
    BOOST_TEST(has(ran.err, "dataset 'wide': 101 columns have no place in its table"), ran.err);
}

BOOST_AUTO_TEST_CASE(text_does_not_become_a_formula_and_numbers_stay_numbers) {
    const std::string cells = "model,tokens_s\n=1+1,-1.5\n@SUM(A1),2\n-x,3\n\"+\"\"q\",4\n\xEF\xBC\x9D"
                              "1,5\n";
    const auto csv = without_first_line(exported(cells, "csv", R"({"dataset": "runs"})"));
    BOOST_TEST(csv == "tree/runs.csv,rows,1,2,ok,\"'=1+1\",-1.5\r\ntree/runs.csv,rows,2,3,ok,\"'@SUM(A1)\",2\r\n"
                      "tree/runs.csv,rows,3,4,ok,\"'-x\",3\r\ntree/runs.csv,rows,4,5,ok,\"'+\"\"q\",4\r\n"
                      "tree/runs.csv,rows,5,6,ok,\"'\xEF\xBC\x9D"
                      "1\",5\r\n");
    const auto plain = without_first_line(exported(cells, "csv", R"({"dataset": "runs", "escape_formulas": false})"));
    BOOST_TEST(has(plain, "ok,=1+1,-1.5"));
    BOOST_TEST(!has(plain, "'"));
}

BOOST_AUTO_TEST_CASE(quotes_line_ends_nul_bidi_and_broken_text_are_loaded_as_they_are_or_replaced) {
    const Folder here;
    here.write("tree/runs.csv", "model,tokens_s\n\"a\"\"b\",1\n\"two\r\nlines\",2\n\xE2\x80\xAEver,4\nbad\xFFtext,5\n");
    here.write("tree/nul.json",
               R"({"results": [{"model": "nul\u0000x", "tokens_s": 3}, {"model": "y", "tokens_s": 4}]})");
    here.write("p.json", pipeline_over("tree"));
    const auto ran = run_program({"run", "p.json", "--output", "out"}, {.folder = here.path});
    BOOST_TEST_CONTEXT(ran.err) BOOST_TEST(ran.status == 0);
    const auto csv = read_file(here / "out/observations.csv");
    for (const char* cell :
         {"\"a\"\"b\"", "\"two\r\nlines\"", "\"nul\xEF\xBF\xBDx\"", "\"\xE2\x80\xAEver\"", "\"bad\xEF\xBF\xBDtext\""})
        BOOST_TEST(has(csv, cell), cell);
    BOOST_TEST(same_answers(here / "out") == 0);
}

BOOST_AUTO_TEST_CASE(names_that_clash_with_the_exports_own_are_told_apart) {
    const std::string rows = "status,Artifact,value,tokens_s\nx,y,z,1\n";
    BOOST_TEST(
        exported(rows, "csv", R"({"dataset": "runs"})") ==
        "artifact,table,row,line,status,status_,Artifact_,value,tokens_s\r\ntree/runs.csv,rows,1,2,ok,x,y,z,1\r\n");
}

BOOST_AUTO_TEST_CASE(an_empty_tree_gives_exports_without_rows) {
    const Folder here;
    here.write("tree/readme.unknown", "nothing\n");
    here.write("p.json", pipeline_over("tree"));
    run_program({"run", "p.json", "--output", "out"}, {.folder = here.path});
    BOOST_TEST(read_file(here / "out/observations.csv") ==
               "dataset,artifact,table,row,line,status,metric,value,unit\r\n");
    BOOST_TEST(read_file(here / "out/observations.jsonl").empty());
    BOOST_TEST(read_file(here / "out/report.sqlite").starts_with("SQLite format 3"));
}

BOOST_AUTO_TEST_CASE(a_merged_report_says_that_it_has_no_rows_and_gives_the_rest) {
    const Folder here;
    here.write("tree/runs.csv", "model,tokens_s\na,1\nb,2\n");
    here.write("p.json", R"({"inputs": ["tree"], "analyzers": [{"use": "inventory"}, {"use": "statistics"}],
 "renderers": [{"use": "csv", "to": "o.csv"}, {"use": "csv", "as": "facts", "to": "facts.csv", "with": {"what": "facts"}},
               {"use": "sqlite", "to": "o.sqlite", "with": {"rows": false}}]})");
    const Start start{.folder = here.path};
    BOOST_TEST(run_program({"run", "p.json", "--partial", "all.partial"}, start).status == 0);
    const auto ran = run_program({"merge", "all.partial", "--pipeline", "p.json", "--output", "out"}, start);
    BOOST_TEST(ran.status == 3);
    BOOST_TEST(has(ran.err, "renderer 'csv': needs the rows of the artifacts, which a merged report does not hold"));
    BOOST_TEST(!std::filesystem::exists(here.path / "out/o.csv"));
    BOOST_TEST(has(read_file(here / "out/facts.csv"), "tokens_s,median"));
    BOOST_TEST(std::filesystem::file_size(here.path / "out/o.sqlite") > 1000U);
}

// The numbers of a real tree of artifacts, each known from outside: counted with find and wc, computed with Python's
// statistics module from the CSV files themselves.
#include "program.hpp"
#include <boost/test/unit_test.hpp>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

using namespace assay::test;
using nlohmann::json;

namespace {

std::string pipeline(const std::string& corpus) {
    return R"({"name": "corpus", "inputs": [{"path": ")" + corpus + R"(/reports"}, {"path": ")" + corpus +
           R"(/csv_data"}],
 "analyzers": [{"use": "inventory"}, {"use": "statistics"}],
 "renderers": [{"use": "json", "to": "report.json"}, {"use": "markdown", "to": "report.md"}]})";
}

/// The corpus is run once; all cases look at the same report.
struct Reported {
    Folder folder;
    Ran ran;
    json report;
    std::string markdown;
    std::map<std::string, const json*> facts; ///< by id
    Reported() {
        folder.write("pipeline.json", pipeline(corpus()));
        ran = run_program({"run", "pipeline.json", "--output", "out"}, {.folder = folder.path});
        report = read_json(folder / "out/report.json");
        markdown = read_file(folder / "out/report.md");
        for (const auto& fact : report["facts"]) facts[fact["id"]] = &fact;
    }
    const json& artifact(const std::string& path) const {
        for (const auto& artifact : report["artifacts"])
            if (artifact["path"] == path) return artifact;
        throw std::runtime_error{"no artifact " + path};
    }
    const json& fact(const json& subject, const std::string& metric, const std::string& stat) const {
        for (const auto& fact : report["facts"])
            if (fact["subject"] == subject && fact["metric"] == metric && fact["stat"] == stat) return fact;
        throw std::runtime_error{"no fact " + subject.dump() + " " + metric + " " + stat};
    }
};

const Reported* reported() {
    if (corpus().empty()) return nullptr;
    static const Reported once;
    return &once;
}

json subject(const std::string& artifact) { return {{"artifact", artifact}, {"table", "rows"}}; }

} // namespace

BOOST_AUTO_TEST_CASE(a_tree_of_real_artifacts_gives_an_inventory_and_exit_status_zero) {
    const auto* r = reported();
    if (!r) return;
    BOOST_TEST(r->ran.status == 0);
    const auto& inventory = r->report["inventory"];
    BOOST_TEST(inventory["artifacts"] == 106);
    BOOST_TEST(inventory["by_type"] == json({{"csv", 28}, {"json", 44}, {"markdown", 29}}));
    BOOST_TEST(inventory["bytes_by_type"] == json({{"csv", 80168}, {"json", 132031}, {"markdown", 217763}}));
    BOOST_TEST(has(r->ran.out, "106 artifacts: 100 parsed, 1 failed, 0 skipped, 5 unclaimed"));
}

BOOST_AUTO_TEST_CASE(what_no_parser_claims_is_named) {
    const auto* r = reported();
    if (!r) return;
    std::set<std::string> unclaimed;
    for (const auto& artifact : r->report["artifacts"])
        if (artifact["status"] == "unclaimed") unclaimed.insert(artifact["path"].get<std::string>());
    const std::set<std::string> expected{
        "reports/integration/baseline_performance_report.txt", "reports/llama3/baseline_ml_report.txt",
        "reports/llama3/baseline_system_report.txt", "reports/profiling/ncu_ollama.ncu-rep",
        "reports/profiling/ncu_ollama.sqlite.ncu-rep"};
    BOOST_TEST(unclaimed == expected, boost::test_tools::per_element());
    for (const auto& path : expected) BOOST_TEST(has(r->markdown, path));
}

BOOST_AUTO_TEST_CASE(a_tools_error_message_saved_as_csv_is_the_only_failure_and_says_why) {
    const auto* r = reported();
    if (!r) return;
    for (const auto& artifact : r->report["artifacts"])
        if (artifact["status"] != "parsed" && artifact["status"] != "unclaimed") {
            BOOST_TEST(artifact["path"] == "reports/profiling/ncu_summary.csv");
            BOOST_TEST(artifact["status"] == "failed");
            BOOST_TEST(artifact["reason_code"] == "not-a-table");
            BOOST_TEST(has(artifact["reason"].get<std::string>(), "==ERROR=="));
        }
    BOOST_TEST(r->report["counts"]["artifacts"]["failed"] == 1);
    BOOST_TEST(has(r->markdown, "reports/profiling/ncu_summary.csv"));
}

BOOST_AUTO_TEST_CASE(strict_makes_a_failed_artifact_exit_status_three) {
    if (corpus().empty()) return;
    const Folder folder;
    folder.write("pipeline.json", pipeline(corpus()));
    BOOST_TEST(run_program({"run", "pipeline.json", "--strict"}, {.folder = folder.path}).status == 3);
}

// python3 -c 'import csv,statistics as s; v=[float(r["tokens_s"]) for r in csv.DictReader(open(FILE))];
//             print(len(v), s.median(v), s.fmean(v), s.stdev(v))'
BOOST_AUTO_TEST_CASE(statistics_of_one_file_are_those_of_an_independent_program) {
    const auto* r = reported();
    if (!r) return;
    const auto file = subject("reports/gemma3/gemma3_1b-it-qat_baseline.csv");
    BOOST_TEST(r->fact(file, "tokens_s", "n")["value"] == 5);
    BOOST_TEST(r->fact(file, "tokens_s", "median")["value"].get<double>() == 182.66757650517033);
    BOOST_TEST(r->fact(file, "tokens_s", "mean")["value"].get<double>() == 182.87119781352473,
               boost::test_tools::tolerance(1e-14));
    BOOST_TEST(r->fact(file, "tokens_s", "sd")["value"].get<double>() == 0.83374865,
               boost::test_tools::tolerance(1e-8));
    BOOST_TEST(r->fact(file, "tokens_s", "mean")["unit"] == "{token}/s");
}

BOOST_AUTO_TEST_CASE(failed_rows_are_counted_beside_statistics_and_in_none_of_them) {
    const auto* r = reported();
    if (!r) return;
    int ok = 0, failed = 0, files = 0;
    std::set<std::string> prompt_runs;
    for (const auto& artifact : r->report["artifacts"]) {
        const auto path = artifact["path"].get<std::string>();
        if (!path.starts_with("reports/ollama/") || !path.ends_with("_runs.csv")) continue;
        ++files;
        prompt_runs.insert(path);
        for (const auto& table : artifact["tables"]) {
            if (table["kind"] != "data") continue;
            ok += table["rows_ok"].get<int>();
            failed += table["rows_failed"].get<int>();
        }
    }
    BOOST_TEST(files >= 8);
    BOOST_TEST(ok == 25);
    BOOST_TEST(failed == 75);
    int looked_at = 0;
    for (const auto& [id, fact] : r->facts) {
        const auto artifact = fact->at("subject").value("artifact", std::string{});
        const auto stat = fact->at("stat").get<std::string>();
        if (prompt_runs.count(artifact) == 0 || (stat != "min" && stat != "mean" && stat != "median")) continue;
        if (fact->at("metric") != "tokens_s") continue;
        ++looked_at;
        BOOST_TEST(fact->at("value").get<double>() > 1.0);
    }
    BOOST_TEST(looked_at >= 3);
    const auto& tuning = r->artifact("reports/gemma3/gemma3_270m_param_tuning.csv")["tables"][0];
    BOOST_TEST(tuning["rows_ok"] == 34);
    BOOST_TEST(tuning["rows_failed"] == 2);
    const auto& n = r->fact(subject("reports/gemma3/gemma3_270m_param_tuning.csv"), "tokens_s", "n");
    BOOST_TEST(n["value"] == 34);
    BOOST_TEST(n["n_failed"] == 2);
}

BOOST_AUTO_TEST_CASE(no_statistic_of_a_rate_takes_in_a_failed_zero_anywhere) {
    const auto* r = reported();
    if (!r) return;
    int looked_at = 0;
    for (const auto& fact : r->report["facts"]) {
        if (fact["metric"] != "tokens_s" || fact["kind"] == "counterfactual") continue;
        if (fact["stat"] != "min" && fact["stat"] != "mean") continue;
        ++looked_at;
        BOOST_TEST_CONTEXT(fact.dump()) BOOST_TEST(fact["value"].get<double>() > 0.0);
    }
    BOOST_TEST(looked_at > 20);
}

BOOST_AUTO_TEST_CASE(files_with_one_header_and_no_model_column_stay_apart) {
    const auto* r = reported();
    if (!r) return;
    const auto& tables = r->artifact("reports/gemma3/gemma3_baseline.csv")["tables"];
    const auto dataset = tables[0]["dataset"].get<std::string>();
    std::set<std::string> groups;
    for (const auto& fact : r->report["facts"])
        if (fact["subject"].value("dataset", std::string{}) == dataset && fact["subject"].size() == 2 &&
            fact["metric"] == "tokens_s" && fact["stat"] == "median") {
            groups.insert(fact["subject"].dump());
            BOOST_TEST(fact["n"] == 5);
            BOOST_TEST(fact["selector"]["where"].size() == 1U);
        }
    BOOST_TEST(groups.size() == 3U);
}

BOOST_AUTO_TEST_CASE(units_are_those_that_the_names_state) {
    const auto* r = reported();
    if (!r) return;
    const std::map<std::string, std::string> expected{
        {"tokens_s", "{token}/s"}, {"mean_tokens_s", "{token}/s"}, {"ttft_s", "s"}, {"mean_ttft_s", "s"}};
    std::map<std::string, int> met;
    std::map<std::string, json> columns_of;
    for (const auto& dataset : r->report["datasets"]) columns_of[dataset["id"]] = dataset["columns"];
    for (const auto& artifact : r->report["artifacts"])
        for (const auto& table : artifact["tables"])
            for (const auto& column :
                 table.value("columns", table["dataset"].is_string() ? columns_of.at(table["dataset"]) : json::array()))
                if (const auto unit = expected.find(column["name"].get<std::string>()); unit != expected.end()) {
                    ++met[unit->first];
                    if (table["kind"] == "data" && column["type"] != "text") BOOST_TEST(column["unit"] == unit->second);
                }
    for (const auto& [name, unit] : expected) BOOST_TEST(met[name] > 0);
    for (const auto& fact : r->report["facts"])
        if (fact["metric"] == "tokens_s" && fact["stat"] == "mean") BOOST_TEST(fact["unit"] == "{token}/s");
}

BOOST_AUTO_TEST_CASE(inventory_and_counts_say_the_same_as_the_list_of_artifacts) {
    const auto* r = reported();
    if (!r) return;
    std::map<std::string, int> by_status, by_type, by_directory;
    std::uint64_t bytes = 0;
    int copies = 0;
    for (const auto& artifact : r->report["artifacts"]) {
        ++by_status[artifact["status"]];
        if (artifact["parser"].is_string()) ++by_type[artifact["parser"]];
        const auto path = artifact["path"].get<std::string>();
        ++by_directory[path.substr(0, path.rfind('/'))];
        bytes += artifact["bytes"].get<std::uint64_t>();
        copies += artifact["duplicate_of"].is_string() ? 1 : 0;
    }
    const auto& counts = r->report["counts"]["artifacts"];
    BOOST_TEST(counts["seen"] == r->report["artifacts"].size());
    for (const char* status : {"parsed", "failed", "skipped", "unclaimed"})
        BOOST_TEST(counts[status] == by_status[status]);
    BOOST_TEST(r->report["inventory"]["bytes"] == bytes);
    BOOST_TEST(r->report["inventory"]["by_type"] == json(by_type));
    for (const auto& [folder, told] : r->report["inventory"]["by_directory"].items())
        BOOST_TEST(told["artifacts"] == by_directory[folder]);
    BOOST_TEST(r->report["inventory"]["by_directory"].size() == by_directory.size());
    BOOST_TEST(r->report["counts"]["duplicates"] == copies);
}

BOOST_AUTO_TEST_CASE(artifacts_and_rows_are_conserved) {
    const auto* r = reported();
    if (!r) return;
    const auto sum = [](const json& object, std::initializer_list<const char*> names) {
        std::uint64_t total = 0;
        for (const char* name : names) total += object[name].get<std::uint64_t>();
        return total;
    };
    const auto& counts = r->report["counts"];
    BOOST_TEST(counts["artifacts"]["seen"] == sum(counts["artifacts"], {"parsed", "failed", "skipped", "unclaimed"}));
    BOOST_TEST(counts["rows"]["read"] == sum(counts["rows"], {"ok", "failed", "suspect", "rejected", "published"}));
    std::uint64_t rows = 0;
    for (const auto& artifact : r->report["artifacts"])
        for (const auto& table : artifact["tables"]) {
            BOOST_TEST(table["rows"] ==
                       sum(table, {"rows_ok", "rows_failed", "rows_suspect", "rows_rejected", "rows_published"}));
            if (table["kind"] == "data") rows += table["rows"].get<std::uint64_t>();
        }
    BOOST_TEST(counts["rows"]["read"] == rows);
}

BOOST_AUTO_TEST_CASE(copies_are_counted_once_in_statistics) {
    const auto* r = reported();
    if (!r) return;
    std::map<std::string, std::string> copies;
    for (const auto& artifact : r->report["artifacts"])
        if (artifact["duplicate_of"].is_string())
            copies[artifact["path"].get<std::string>()] = artifact["duplicate_of"].get<std::string>();
    BOOST_TEST(copies.size() == 5U);
    BOOST_TEST(copies["reports/profiling/ncu_ollama.sqlite.ncu-rep"] == "reports/profiling/ncu_ollama.ncu-rep");
    for (const auto& fact : r->report["facts"]) {
        if (!fact["selector"].is_object() || !fact["selector"].contains("artifacts")) continue;
        for (const auto& artifact : fact["selector"]["artifacts"])
            BOOST_TEST(copies.count(artifact.get<std::string>()) == 0U);
    }
    for (const auto& dataset : r->report["datasets"]) {
        std::uint64_t rows = 0;
        for (const auto& member : dataset["tables"])
            if (copies.count(member["artifact"].get<std::string>()) == 0)
                for (const auto& table : r->artifact(member["artifact"])["tables"])
                    if (table["name"] == member["table"]) rows += table["rows"].get<std::uint64_t>();
        BOOST_TEST_CONTEXT(dataset["title"]) BOOST_TEST(dataset["rows"] == rows);
    }
}

BOOST_AUTO_TEST_CASE(report_json_is_what_its_schema_says) {
    const auto* r = reported();
    if (!r) return;
    const auto ran = run_program({ASSAY_SOURCE_DIR "/tests/renderers/validate_schema.py",
                                  ASSAY_SOURCE_DIR "/docs/report.schema.json", r->folder / "out/report.json"},
                                 {.program = "python3"});
    if (ran.status == 77 || ran.status == 127) {
        BOOST_TEST_MESSAGE("skipped: needs python3-jsonschema");
        return;
    }
    BOOST_TEST_CONTEXT(ran.out + ran.err) BOOST_TEST(ran.status == 0);
}

BOOST_AUTO_TEST_CASE(every_number_in_a_table_is_the_display_of_a_fact) {
    const auto* r = reported();
    if (!r) return;
    int numbers = 0;
    for (const auto& section : r->report["sections"])
        for (const auto& table : section["tables"])
            for (const auto& row : table["rows"])
                for (std::size_t i = 0; i < row.size(); ++i) {
                    const auto& cell = row[i];
                    const auto text = cell["text"].get<std::string>();
                    if (!cell.contains("fact")) {
                        if (table["columns"][i]["number"] == true)
                            BOOST_TEST_CONTEXT(section["title"] << ", " << table["title"]) BOOST_TEST(text == "");
                        continue;
                    }
                    ++numbers;
                    const auto fact = r->facts.find(cell["fact"].get<std::string>());
                    BOOST_REQUIRE(fact != r->facts.end());
                    const auto& f = *fact->second;
                    const bool interval = f["ci"].is_object() && f["ci"]["display"] == text;
                    BOOST_TEST_CONTEXT(f.dump() << " shown as " << text) BOOST_TEST((interval || f["display"] == text));
                }
    BOOST_TEST(numbers > 1000);
}

BOOST_AUTO_TEST_CASE(evidence_is_in_files_that_are_there) {
    const auto* r = reported();
    if (!r) return;
    std::set<std::string> known;
    for (const auto& artifact : r->report["artifacts"]) known.insert(artifact["path"].get<std::string>());
    int shown = 0;
    for (const auto& fact : r->report["facts"])
        for (const auto& evidence : fact["evidence"])
            if (evidence.contains("artifact")) {
                ++shown;
                BOOST_TEST(known.count(evidence["artifact"].get<std::string>()) == 1U);
            }
    BOOST_TEST(shown > 100);
}

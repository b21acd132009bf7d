// What the narrative of the real corpus says. Counts are what a shell counts in the files.
#include "end_to_end/program.hpp"
#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>
#include <set>

using namespace assay::test;

namespace {

struct NeedsCorpus {
    boost::test_tools::assertion_result operator()(boost::unit_test::test_unit_id) const { return !corpus().empty(); }
};

const Folder& ran() {
    static const Folder folder;
    static const bool done = [] {
        const auto input = [](const std::string& name) { return R"({"path": ")" + corpus() + "/" + name + R"("})"; };
        folder.write("p.json", R"({"inputs": [)" + input("reports") + "," + input("csv_data") +
                                   R"(], "analyzers": [{"use": "inventory"}, {"use": "statistics"}, {"use": "gaps"},
                                      {"use": "llm-summary"}],
                                      "renderers": [{"use": "json", "to": "report.json"},
                                                    {"use": "markdown", "to": "report.md"}]})");
        const auto program = run_program({"run", "p.json", "--output", "out"}, {.folder = folder.path});
        BOOST_TEST_REQUIRE(program.status == 0, program.err);
        return true;
    }();
    BOOST_REQUIRE(done);
    return folder;
}

const nlohmann::json& report() {
    static const nlohmann::json all = read_json(ran() / "out/report.json");
    return all;
}

/// A sentence that says all of this; empty where none does.
nlohmann::json sentence_with(const std::vector<std::string>& parts) {
    for (const auto& section : report()["narrative"]["sections"])
        for (const auto& sentence : section["sentences"]) {
            const auto text = sentence["text"].get<std::string>();
            if (std::all_of(parts.begin(), parts.end(), [&](auto& part) { return has(text, part); })) return sentence;
        }
    return nullptr;
}

void says(const std::vector<std::string>& parts) {
    const auto sentence = sentence_with(parts);
    BOOST_TEST_REQUIRE(!sentence.is_null(), parts[0]);
    BOOST_TEST(!sentence["facts"].empty(), sentence["text"]);
}

} // namespace

BOOST_AUTO_TEST_SUITE(narrative_corpus, *boost::unit_test::precondition(NeedsCorpus{}))

BOOST_AUTO_TEST_CASE(it_says_what_was_read_and_what_was_not) {
    says({"101 of 106 files were claimed", "28 csv", "44 json", "29 markdown"});
    says({"reports/profiling/ncu_summary.csv", "error message in place of data"});
    says({"the other 5", "ncu_ollama.ncu-rep", "baseline_ml_report.txt"});
}

BOOST_AUTO_TEST_CASE(it_says_how_many_runs_failed_and_why_they_are_left_out) {
    says({"75 of 115 rows of runs failed", "75 of the 100 under reports/ollama"});
    says({"75 of 115 rows failed", "no connection", "Nothing was measured there", "left out of every figure"});
    says({"ollama_host is 0.0.0.0:11434"});
}

BOOST_AUTO_TEST_CASE(it_says_which_model_generates_fastest) {
    says({"highest median token rate (tokens_s) is that of gemma3:270m", "295 tokens/s", "5 rows", "238–299"});
}

BOOST_AUTO_TEST_CASE(it_says_what_cannot_be_concluded) {
    says({"No best configuration can be named", "gemma3 param tuning", "(106 of 106)", "ollama param tuning",
          "(36 of 36)"});
    says({"What temperature does to", "ttft_s", "confounded", "only temperature=0.2 was measured cold"});
}

BOOST_AUTO_TEST_CASE(it_says_what_telemetry_is_missing) {
    says({"35 of 36 files with raw measurements have no telemetry"});
    says({"fan_speed", "measures nothing"});
    says({"44 of 54 files", "on what hardware they ran"});
}

BOOST_AUTO_TEST_CASE(all_that_it_cites_is_in_the_report) {
    std::set<std::string> known;
    for (const auto& fact : report()["facts"]) known.insert(fact["id"].get<std::string>());
    for (const auto& finding : report()["findings"]) known.insert(finding["fingerprint"].get<std::string>());
    std::size_t cited = 0;
    for (const auto& section : report()["narrative"]["sections"])
        for (const auto& sentence : section["sentences"])
            for (const auto& id : sentence["facts"]) {
                BOOST_TEST(known.contains(id.get<std::string>()), id);
                ++cited;
            }
    BOOST_TEST(cited > 50U);
}

BOOST_AUTO_TEST_CASE(every_critical_and_high_finding_is_told) {
    std::set<std::string> told;
    for (const auto& section : report()["narrative"]["sections"])
        for (const auto& sentence : section["sentences"])
            if (!has(sentence["text"].get<std::string>(), "not told here")) // it cites what no sentence shows
                for (const auto& id : sentence["facts"]) told.insert(id.get<std::string>());
    for (const auto& finding : report()["findings"]) {
        const auto severity = finding["severity"].get<std::string>();
        if (severity == "critical" || severity == "high")
            BOOST_TEST(told.contains(finding["fingerprint"].get<std::string>()), finding["message"]);
    }
}

BOOST_AUTO_TEST_CASE(verify_contradicts_nothing_of_it) {
    std::string text = "# Narrative\n";
    for (const auto& section : report()["narrative"]["sections"]) {
        text += "\n## " + section["title"].get<std::string>() + "\n\n";
        for (const auto& sentence : section["sentences"]) {
            text += "- ";
            for (const char c : sentence["text"].get<std::string>())
                text += (c == '_' || c == '*' ? "\\" : "") + std::string(1, c);
            text += '\n';
        }
    }
    ran().write("NARRATIVE.md", text);
    const auto verified = run_program({"verify", "NARRATIVE.md", "--against", corpus() + "/reports",
                                       corpus() + "/csv_data", "--quiet", "--format", "table"},
                                      {.folder = ran().path});
    BOOST_TEST(verified.status == 0, verified.out);
    BOOST_TEST(!has(verified.out, " contradicted "), verified.out);
    BOOST_TEST(has(verified.out, "tables together is 78.1")); // a median over files
}

BOOST_AUTO_TEST_CASE(the_page_shows_it) {
    const std::string page = read_file(ran() / "out/report.md");
    BOOST_TEST(has(page, "## Narrative"));
    BOOST_TEST(has(page, "### Executive summary"));
    BOOST_TEST(has(page, "Written from facts and findings by templates."));
}

BOOST_AUTO_TEST_SUITE_END()

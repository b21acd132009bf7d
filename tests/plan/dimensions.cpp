#include "plan/dimensions.hpp"
#include <boost/test/unit_test.hpp>
#include <deque>

using namespace assay::plan;

namespace {

using Facts = std::vector<std::string>; ///< "name=value"

std::vector<Facts> dimensions(const std::vector<Placed>& artifacts, const Rules& rules = {}) {
    std::vector<Facts> out;
    for (const auto& list : dimensions_of(artifacts, rules)) {
        Facts facts;
        for (const auto& d : list) {
            BOOST_TEST(d.source != "");
            facts.push_back(d.name + "=" + d.value);
        }
        out.push_back(std::move(facts));
    }
    return out;
}

Placed table(std::string_view path, std::size_t dataset = 0) {
    Placed placed;
    placed.path = path;
    placed.columns = {"tokens_s"};
    placed.datasets = {dataset};
    return placed;
}

Placed document(std::string_view path, const std::vector<Dimension>& constants) {
    static std::deque<Dimension> kept;
    Placed placed;
    placed.path = path;
    for (const auto& constant : constants) placed.constants.push_back(&kept.emplace_back(constant));
    return placed;
}

void same(const Facts& found, const Facts& expected) {
    BOOST_TEST(found == expected, boost::test_tools::per_element());
}

} // namespace

BOOST_AUTO_TEST_CASE(a_document_beside_a_table_gives_its_constants) {
    const auto found = dimensions({table("in/run_runs.csv"), document("in/run_summary.json", {{"host", "h1", ""}}),
                                   document("in/other.json", {{"host", "h2", ""}})});
    same(found[0], {"host=h1"});
}

BOOST_AUTO_TEST_CASE(documents_that_disagree_give_nothing) {
    const auto found = dimensions({table("in/run.csv"), document("in/run.json", {{"host", "a", ""}, {"os", "l", ""}}),
                                   document("in/run_summary.json", {{"host", "b", ""}})});
    same(found[0], {"os=l"});
}

BOOST_AUTO_TEST_CASE(a_column_of_the_table_outranks_the_document_beside_it) {
    const auto found = dimensions({table("in/run.csv"), document("in/run.json", {{"tokens_s", "5", ""}})});
    same(found[0], {});
}

BOOST_AUTO_TEST_CASE(documents_in_other_folders_are_no_siblings) {
    same(dimensions({table("in/a/run.csv"), document("in/b/run.json", {{"host", "h", ""}})})[0], {});
}

BOOST_AUTO_TEST_CASE(a_folder_that_is_a_time_stamp_is_the_run) {
    same(dimensions({table("in/20251002-151204/x.csv")})[0], {"run=20251002-151204"});
    same(dimensions({table("in/2025-10-02/x.csv")})[0], {"run=2025-10-02"});
    same(dimensions({table("in/99999999/x.csv")})[0], {});
    same(dimensions({table("in/build-7/x.csv")})[0], {});
}

BOOST_AUTO_TEST_CASE(files_of_one_dataset_are_told_apart_by_what_differs_in_their_names) {
    const auto found = dimensions({table("in/gemma3_1b_baseline.csv"), table("in/gemma3_270m_baseline.csv")});
    same(found[0], {"file=gemma3_1b"});
    same(found[1], {"file=gemma3_270m"});
}

BOOST_AUTO_TEST_CASE(files_of_one_name_in_several_folders_are_told_apart_by_what_differs_in_these) {
    Placed base = table("in/baseline/latency.csv"), next = table("in/candidate/latency.csv");
    base.identified = next.identified = true;
    const auto found = dimensions({base, next});
    same(found[0], {"folder=baseline"});
    same(found[1], {"folder=candidate"});
    const auto deep = dimensions({table("in/a/out/8/x.csv"), table("in/b/out/16/x.csv")});
    same(deep[0], {"folder=a/8"});
}

BOOST_AUTO_TEST_CASE(folders_that_number_repeats_or_are_known_already_tell_nothing) {
    Placed first = table("in/run_1/x.csv"), second = table("in/run_2/x.csv");
    first.identified = second.identified = true;
    same(dimensions({first, second})[0], {});
    Rules rules;
    rules.dimensions = {{"{variant}/*", "", ""}};
    same(dimensions({table("in/a/x.csv"), table("in/b/x.csv")}, rules)[0], {"variant=a"});
    same(dimensions({table("in/2025-10-01/x.csv"), table("in/2025-10-02/x.csv")})[0], {"run=2025-10-01"});
}

BOOST_AUTO_TEST_CASE(files_of_different_datasets_are_not_told_apart_by_name) {
    const auto found = dimensions({table("in/a_x.csv", 0), table("in/b_x.csv", 1)});
    same(found[0], {});
    same(found[1], {});
}

BOOST_AUTO_TEST_CASE(where_nothing_else_tells_like_artifacts_apart_the_artifact_does) {
    const auto found = dimensions({table("in/a/x.csv"), table("in/b/c/x.csv")});
    same(found[0], {"artifact=in/a/x.csv"});
    same(found[1], {"artifact=in/b/c/x.csv"});
}

BOOST_AUTO_TEST_CASE(tables_that_name_their_subject_in_a_column_are_told_apart_by_what_people_compare_only) {
    const auto both = [](const std::string& first, const std::string& second) {
        auto a = table(first), b = table(second);
        a.identified = b.identified = true;
        return dimensions({a, b});
    };
    same(both("in/latency_1.csv", "in/latency_2.csv")[0], {});
    same(both("in/latency_20251001.csv", "in/latency_20251002.csv")[0], {});
    same(both("in/latency_before.csv", "in/latency_after.csv")[0], {"file=before"});
}

BOOST_AUTO_TEST_CASE(a_copy_gives_no_dimension_to_tell_it_apart) {
    auto copy = table("in/b/x.csv");
    copy.primary = false;
    same(dimensions({table("in/a/x.csv"), copy})[0], {});
}

BOOST_AUTO_TEST_CASE(patterns_of_the_pipeline_come_first) {
    Rules rules;
    rules.dimensions.push_back({"ollama/{run:time}/{team}_*", "", ""});
    rules.dimensions.push_back({"**/*.csv", "site", "lab"});
    const auto found =
        dimensions({table("in/ollama/20251002-151204/red_x.csv"), table("in/ollama/other/red_x.csv")}, rules);
    same(found[0], {"run=20251002-151204", "team=red", "site=lab"});
    BOOST_TEST(found[1].at(0) == "site=lab");
}

BOOST_AUTO_TEST_CASE(columns_that_name_what_was_measured_are_known) {
    BOOST_TEST(names_a_subject("model"));
    BOOST_TEST(names_a_subject("benchmark.backend"));
    BOOST_TEST(!names_a_subject("prompt"));
    BOOST_TEST(!names_a_subject("modelling"));
}

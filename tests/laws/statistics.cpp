// Laws 3, 5 and 6 on trees made for them.
#include "laws/folded.hpp"
#include <array>
#include <boost/test/unit_test.hpp>
#include <map>
#include <nlohmann/json.hpp>

using namespace assay;
using nlohmann::json;

namespace {

std::vector<json> facts_of(const test::GeneratedTree& tree, const std::string& folder) {
    test::Folded folded{{(tree.path / folder).string()}};
    std::vector<json> facts;
    const auto conclusion = folded.conclude();
    for (const auto& text : conclusion.model.records[ASSAY_RECORD_FACT]) facts.push_back(json::parse(text));
    BOOST_TEST(!facts.empty());
    return facts;
}

const json* find(const std::vector<json>& facts, const std::string& metric, const std::string& stat) {
    for (const auto& fact : facts)
        if (fact["kind"] == "profile" && fact["metric"] == metric && fact["stat"] == stat) return &fact;
    return nullptr;
}

using Column = std::array<std::string, 4>; ///< name, type, role, unit

std::vector<Column> columns_of(const json& told) {
    std::vector<Column> out;
    for (const auto& column : told)
        out.push_back({column["name"], column["type"], column["role"],
                       column["unit"].is_null() ? "" : column["unit"].get<std::string>()});
    return out;
}

std::vector<Column> columns_of(const plan::TablePlan& plan) {
    std::vector<Column> out;
    for (const auto& c : plan.columns)
        out.push_back(
            {c.name, std::string{plan::name_of_type(c.type)}, std::string{plan::name_of_role(c.role)}, c.unit});
    return out;
}

} // namespace

BOOST_AUTO_TEST_CASE(failed_rows_never_enter_a_statistic_and_are_counted_beside_it) {
    const test::GeneratedTree tree;
    tree.write("own/x.csv", "threads,tokens_s,error\n1,10.5,\n1,1e9,boom\n2,11.5,\n2,-5,boom\n4,12.5,\n4,0,boom\n");
    const auto facts = facts_of(tree, "own");
    int looked_at = 0;
    for (const auto& fact : facts) {
        if (fact["metric"] != "tokens_s" || fact["kind"] == "counterfactual" || fact["kind"] == "excluded") continue;
        const auto stat = fact["stat"].get<std::string>();
        if (stat != "min" && stat != "max" && stat != "mean" && stat != "median") continue;
        ++looked_at;
        BOOST_TEST(fact["value"].get<double>() >= 10.5);
        BOOST_TEST(fact["value"].get<double>() <= 12.5);
    }
    BOOST_TEST(looked_at >= 4);
    const auto* n = find(facts, "tokens_s", "n");
    BOOST_REQUIRE(n);
    BOOST_TEST(n->at("value") == 3);
    BOOST_TEST(n->at("n_failed") == 3);
}

BOOST_AUTO_TEST_CASE(one_observation_has_a_value_and_no_deviation) {
    const test::GeneratedTree tree;
    tree.write("own/x.csv", "model,tokens_s\na,10.5\n");
    const auto facts = facts_of(tree, "own");
    const auto* only = find(facts, "tokens_s", "value");
    BOOST_REQUIRE(only);
    BOOST_TEST(only->at("value") == 10.5);
    BOOST_TEST(only->at("n") == 1);
    for (const auto& fact : facts) {
        if (fact["metric"] != "tokens_s") continue;
        const auto stat = fact["stat"].get<std::string>();
        if (stat == "sd" || stat == "cv" || stat == "sem" || stat == "mad" || stat == "iqr")
            BOOST_TEST_CONTEXT(fact.dump()) BOOST_TEST(fact["value"].is_null());
        BOOST_TEST(fact["ci"].is_null());
    }
}

BOOST_AUTO_TEST_CASE(cells_that_are_missing_are_no_zeros) {
    const test::GeneratedTree tree;
    tree.write("own/x.csv", "threads,latency_ms\n1,4.5\n2,\n4,6.5\n8,n/a\n");
    const auto facts = facts_of(tree, "own");
    const auto* mean = find(facts, "latency_ms", "mean");
    BOOST_REQUIRE(mean);
    BOOST_TEST(mean->at("value") == 5.5);
    BOOST_TEST(mean->at("n") == 2);
    BOOST_TEST(mean->at("n_missing") == 2);
    BOOST_TEST(find(facts, "latency_ms", "min")->at("value") == 4.5);
}

BOOST_AUTO_TEST_CASE(what_has_no_unit_has_none_in_its_facts) {
    const test::GeneratedTree tree;
    tree.write("own/x.csv", "threads,score\n1,4.5\n2,5.5\n4,6.5\n");
    const auto facts = facts_of(tree, "own");
    const auto* mean = find(facts, "score", "mean");
    BOOST_REQUIRE(mean);
    BOOST_TEST(mean->at("unit").is_null());
}

BOOST_AUTO_TEST_CASE(a_table_of_nothing_but_failures_has_counts_and_no_statistics) {
    const test::GeneratedTree tree;
    tree.write("own/x.csv", "threads,tokens_s,error\n1,0,boom\n2,0,boom\n4,0,boom\n");
    int counted = 0;
    for (const auto& fact : facts_of(tree, "own")) {
        const auto stat = fact["stat"].get<std::string>();
        if (fact["metric"] == "tokens_s" && (stat == "mean" || stat == "min" || stat == "max" || stat == "median") &&
            fact["kind"] != "counterfactual")
            BOOST_TEST_CONTEXT(fact.dump()) BOOST_TEST(fact["value"].is_null());
        if (fact["metric"] == "rows" && stat == "failed") {
            ++counted;
            BOOST_TEST(fact["value"] == 3);
        }
    }
    BOOST_TEST(counted > 0);
}

BOOST_AUTO_TEST_CASE(every_artifact_and_row_is_counted_once) {
    auto& all = test::everything();
    const auto counts = all.conclude().counts;
    BOOST_TEST(counts.seen == all.artifacts.size());
    BOOST_TEST(counts.seen == counts.parsed + counts.failed + counts.skipped + counts.unclaimed);
    std::uint64_t rows = 0;
    for (const auto& artifact : all.artifacts)
        for (const auto& table : artifact.partial.record.tables)
            if (table.plan->kind == ASSAY_TABLE_DATA) rows += table.rows();
    BOOST_TEST(rows == counts.rows());
    BOOST_TEST(rows > 0U);
}

BOOST_AUTO_TEST_CASE(the_columns_of_each_table_are_told_by_itself_or_by_its_dataset) {
    const test::GeneratedTree tree;
    tree.write("own/a/x.csv", "threads,ms\n1,10.5\n1,11.5\n");
    tree.write("own/b/x.csv", "threads,ms\n2,12.5\n2,13.5\n");
    tree.write("own/c/x.csv", "threads,ms\n2,fast\n2,slow\n"); // one column of another type
    tree.write("own/notes.md", "# Notes\n\n| a | ms |\n|---|---|\n| x | 2.5 |\n");
    test::Folded folded{{(tree.path / "own").string()}};
    const auto conclusion = folded.conclude();
    std::map<std::string, json> of_dataset;
    for (const auto& text : conclusion.model.records[ASSAY_RECORD_DATASET]) {
        const auto dataset = json::parse(text);
        of_dataset[dataset["id"]] = dataset["columns"];
    }
    std::size_t by_itself = 0, by_dataset = 0;
    for (std::size_t i = 0; i < folded.artifacts.size(); ++i) {
        const auto artifact = json::parse(conclusion.model.records[ASSAY_RECORD_ARTIFACT].at(i));
        const auto& tables = folded.artifacts[i].partial.record.tables;
        for (std::size_t t = 0; t < tables.size(); ++t) {
            const json& table = artifact["tables"].at(t);
            if (table["kind"] == "nodes") continue;
            const bool own = table.contains("columns");
            ++(own ? by_itself : by_dataset);
            BOOST_TEST_CONTEXT(artifact["path"] << " " << table["name"])
            BOOST_TEST(
                (columns_of(own ? table["columns"] : of_dataset.at(table["dataset"])) == columns_of(*tables[t].plan)));
        }
    }
    BOOST_TEST(by_dataset == 2U);
    BOOST_TEST(by_itself == 2U); // the other type, and the document's table
}

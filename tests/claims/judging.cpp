// Verdicts over small tables: what is supported, what contradicted, and what is left alone.
#include "claims/judge.hpp"
#include "claims/pool.hpp"
#include "claims/text_rules.hpp"
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cmath>

using namespace assay::claims;

namespace {

SourceColumn text(std::string name) {
    return {std::move(name), "", ASSAY_TYPE_TEXT, ASSAY_ROLE_PARAMETER, 0, false, true, false};
}
SourceColumn setting(std::string name) {
    return {std::move(name), "", ASSAY_TYPE_INT, ASSAY_ROLE_PARAMETER, 0, false, true, false};
}
SourceColumn metric(std::string name, std::string unit, int direction = ASSAY_DIRECTION_UNKNOWN) {
    return {std::move(name), std::move(unit), ASSAY_TYPE_FLOAT, ASSAY_ROLE_METRIC, direction, false, false, false};
}

/// Two models, three runs each, the last of `beta` failed; and a sweep of one setting.
World models() {
    SourceTable runs;
    runs.name = "rows";
    runs.columns = {text("model"), metric("tokens_s", "{token}/s", ASSAY_DIRECTION_HIGHER),
                    metric("ttft_s", "s", ASSAY_DIRECTION_LOWER)};
    const auto row = [&](const char* model, double rate, double ttft, int status = ASSAY_ROW_OK) {
        runs.rows.push_back(
            {runs.rows.size() + 2, static_cast<std::uint8_t>(status), {std::string{model}, rate, ttft}});
    };
    row("alpha-7b", 100, 2.0), row("alpha-7b", 110, 0.1), row("alpha-7b", 120, 0.2);
    row("beta-3b", 50, 1.0), row("beta-3b", 60, 0.5), row("beta-3b", 0, 0, ASSAY_ROW_FAILED);
    SourceTable sweep;
    sweep.name = "rows";
    sweep.columns = {setting("num_threads"), metric("load_ms", "ms", ASSAY_DIRECTION_LOWER)};
    for (int threads : {1, 2, 4})
        sweep.rows.push_back({sweep.rows.size() + 2, ASSAY_ROW_OK, {double(threads), 80.0 / threads}});
    World world;
    world.files = {{"data/runs.csv", ".csv", true}, {"data/sweep.csv", ".csv", true}};
    add_tables(world, 0, {"data/runs.csv"}, {}, {runs});
    add_tables(world, 1, {"data/sweep.csv"}, {}, {sweep});
    weigh(world);
    return world;
}

/// Verdicts of a paragraph below a heading.
std::vector<Verdict> judged(const std::string& heading, const std::string& paragraph) {
    static const World world = models();
    const Document document =
        read_document({{"heading", heading, "", "", 1, 1}, {"paragraph", paragraph, "", "", 0, 3}});
    return judge(world, document, "report.md");
}
Status status(const std::string& heading, const std::string& paragraph) {
    const auto all = judged(heading, paragraph);
    BOOST_REQUIRE_EQUAL(all.size(), 1U);
    BOOST_TEST_MESSAGE(paragraph << ": " << all[0].reason);
    return all[0].status;
}
std::vector<Verdict> judged_row(const std::string& columns, const std::string& cells) {
    static const World world = models();
    const Document document = read_document({{"heading", "Results", "", "", 1, 1},
                                             {"table", columns, "table-1", "", 0, 3},
                                             {"row", cells, "table-1", "", 0, 5}});
    return judge(world, document, "report.md");
}

} // namespace

BOOST_TEST_DONT_PRINT_LOG_VALUE(Status)

BOOST_AUTO_TEST_SUITE(judging)

BOOST_AUTO_TEST_CASE(a_mean_is_supported_and_its_fact_is_named) {
    const auto all = judged("alpha-7b", "Mean throughput: 110.0 tokens/s");
    BOOST_TEST(all[0].status == Status::supported);
    BOOST_TEST(all[0].datum->column == "tokens_s");
    BOOST_TEST(all[0].datum->stat == "mean");
    BOOST_TEST(all[0].datum->n == 3U);
}

BOOST_AUTO_TEST_CASE(another_value_of_the_same_subject_is_contradicted) {
    const auto all = judged("alpha-7b", "Mean throughput: 115.2 tokens/s");
    BOOST_TEST(all[0].status == Status::contradicted);
    BOOST_TEST(*all[0].expected == 110);
}

BOOST_AUTO_TEST_CASE(a_value_of_another_subject_is_not_supported) {
    BOOST_TEST((status("beta-3b", "Mean throughput: 110.0 tokens/s") != Status::supported));
}

BOOST_AUTO_TEST_CASE(a_count_of_rows_is_supported_by_no_measurement) {
    const auto counts = judged("alpha-7b", "2 of the 3 alpha runs had a TTFT of 0.1 s.");
    BOOST_TEST((counts.at(0).status != Status::supported), counts[0].reason);
    BOOST_TEST((status("alpha-7b", "The sweep covers 110 configurations by token rate.") != Status::supported));
    BOOST_TEST(status("alpha-7b", "The mean of the token rate is 110 tokens/s.") == Status::supported);
}

BOOST_AUTO_TEST_CASE(a_threshold_says_which_rows_are_meant_and_is_not_contradicted) {
    for (const char* said : {"1 of the 3 runs had a mean TTFT above 1.5 s.", "1 of 3 runs was slower than 1.5 s TTFT.",
                             "Only 2 of 3 had a TTFT under 150 ms."}) {
        const auto all = judged("alpha-7b", said);
        BOOST_TEST(all.back().status == Status::not_checkable, said << ": " << all.back().reason);
    }
    const auto named = judged("alpha-7b", "Requests slower than 33.2 ms were sent again.");
    BOOST_TEST(named.at(0).status == Status::not_checkable, named[0].reason);
}

BOOST_AUTO_TEST_CASE(a_bound_of_a_mean_is_held_against_the_mean) {
    BOOST_TEST(status("alpha-7b", "Mean TTFT stays below 1.5 s.") == Status::supported);
    BOOST_TEST((status("alpha-7b", "Mean TTFT stays below 0.5 s.") != Status::supported));
}

BOOST_AUTO_TEST_CASE(failed_rows_enter_no_statistic) {
    BOOST_TEST(status("beta-3b", "Mean throughput: 55 tokens/s") == Status::supported);
    BOOST_TEST((status("beta-3b", "Mean throughput: 36.67 tokens/s") == Status::contradicted));
}

/// Two files of one dataset: 10 and 20 for one model, 30, 40 and 50 for it in the other, where a second one is too.
World two_files(bool pooled) {
    const auto file = [](std::vector<std::pair<const char*, double>> rows) {
        SourceTable table;
        table.name = "rows";
        table.columns = {text("model"), metric("tokens_s", "{token}/s", ASSAY_DIRECTION_HIGHER)};
        for (const auto& [model, rate] : rows)
            table.rows.push_back({table.rows.size() + 2, ASSAY_ROW_OK, {std::string{model}, rate}});
        return table;
    };
    World world;
    add_tables(world, 0, {"data/one.csv"}, {}, {file({{"alpha-7b", 10}, {"alpha-7b", 20}, {"beta-3b", 5}})});
    add_tables(world, 1, {"data/two.csv"}, {},
               {file({{"alpha-7b", 30}, {"alpha-7b", 40.5}, {"alpha-7b", 50}, {"beta-3b", 6}})});
    if (pooled) add_pool(world, "speed", {0, 1});
    weigh(world);
    return world;
}

BOOST_AUTO_TEST_CASE(a_median_over_the_files_of_a_dataset_is_supported) {
    const auto verdict = [](bool pooled, const std::string& said) {
        const Document document = read_document({{"heading", "one", "", "", 1, 1}, {"paragraph", said, "", "", 0, 3}});
        return judge(two_files(pooled), document, "report.md").at(0);
    };
    const std::string right = "Median token rate of alpha-7b: 30.0 tokens/s";
    const Verdict supported = verdict(true, right);
    BOOST_TEST(supported.status == Status::supported);
    BOOST_REQUIRE(supported.datum);
    BOOST_TEST(supported.datum->n == 5U);
    BOOST_TEST(supported.datum->selector == "speed, 2 tables together");
    BOOST_TEST((verdict(false, "Median token rate of alpha-7b: 32.0 tokens/s").status != Status::supported));
    BOOST_TEST((verdict(true, "Median token rate of alpha-7b: 32.0 tokens/s").status != Status::supported));
}

BOOST_AUTO_TEST_CASE(what_one_file_lacks_tells_no_pooled_rows_apart) {
    World world;
    SourceTable one, two;
    one.name = two.name = "rows";
    one.columns = {text("model"), text("tag"), metric("tokens_s", "{token}/s")};
    two.columns = {text("model"), metric("tokens_s", "{token}/s")};
    two.columns[1].type = ASSAY_TYPE_INT; // whole numbers by chance
    one.rows = {{2, ASSAY_ROW_OK, {std::string{"m"}, std::string{"t"}, 1.5}}};
    two.rows = {{2, ASSAY_ROW_FAILED, {std::string{"m"}, 2.0}}};
    add_tables(world, 0, {"a.csv"}, {{"host", "left"}}, {one});
    add_tables(world, 1, {"b.csv"}, {{"host", "right"}}, {two});
    add_pool(world, "speed", {0, 1});
    const DataTable& pool = world.pools.at(0);
    BOOST_REQUIRE_EQUAL(pool.columns.size(), 3U);
    BOOST_TEST(pool.columns[0].source.name == "model");
    BOOST_TEST(pool.columns[1].source.name == "tokens_s");
    BOOST_TEST(pool.columns[2].source.name == "host");
    BOOST_TEST(std::get<std::string>((*pool.rows)[1].cells[2]) == "right");
    BOOST_TEST(pool.failed == std::vector<std::size_t>{1}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_is_past_the_bounds_of_the_index_is_counted) {
    const World world = models(); // runs: all, two models, 6 rows; sweep: all, 3 rows
    BOOST_TEST(world.index->groups.size() == 13U);
    BOOST_TEST(world.index->left_out == 0U);
    BOOST_TEST(world.whole());
    IndexBounds bounds;
    bounds.rows_of_a_table = 5;
    BOOST_TEST(ValueIndex(world, bounds).left_out == 6U);
    bounds = {};
    bounds.groups_of_a_table = 1;
    BOOST_TEST(ValueIndex(world, bounds).left_out == 2U);
    bounds = {};
    bounds.rows = 1; // met by the first group
    const ValueIndex least{world, bounds};
    BOOST_TEST(least.groups.size() == 1U);
    BOOST_TEST(least.left_out == 8U + 3U); // of the first table, groups; of the second, rows
}

BOOST_AUTO_TEST_CASE(what_overflows_is_in_no_index) {
    SourceTable table;
    table.name = "rows";
    table.columns = {metric("load_ms", "ms")};
    for (const double x : {1.7e308, 1.7e308, 1.5, std::nan(""), HUGE_VAL})
        table.rows.push_back({table.rows.size() + 2, ASSAY_ROW_OK, {x}});
    World world;
    add_tables(world, 0, {"a.csv"}, {}, {table});
    weigh(world);
    BOOST_TEST(!world.index->said.empty());
    for (const Said& said : world.index->said) BOOST_TEST((std::isfinite(said.raw) && std::isfinite(said.base)));
    BOOST_TEST(std::is_sorted(world.index->said.begin(), world.index->said.end(),
                              [](const Said& a, const Said& b) { return a.raw < b.raw; }));
}

/// Four runs, at layers 10 and 20 and contexts 10 and 30; the last one failed.
Status of_sweep(const std::string& said) {
    SourceTable sweep;
    sweep.name = "rows";
    sweep.columns = {setting("num_gpu"), setting("num_ctx"), metric("ttft_s", "s", ASSAY_DIRECTION_LOWER)};
    const auto row = [&](double gpu, double context, double ttft, int status = ASSAY_ROW_OK) {
        sweep.rows.push_back({sweep.rows.size() + 2, static_cast<std::uint8_t>(status), {gpu, context, ttft}});
    };
    row(10, 30, 1.125), row(30, 10, 1.375), row(10, 10, 1.85), row(30, 30, 9.875, ASSAY_ROW_FAILED);
    World world;
    add_tables(world, 0, {"data/sweep.csv"}, {}, {sweep});
    weigh(world);
    const Document document = read_document({{"heading", "Sweep", "", "", 1, 1}, {"paragraph", said, "", "", 0, 3}});
    const auto all = judge(world, document, "report.md");
    BOOST_TEST_MESSAGE(said << ": " << all.back().reason);
    return all.back().status;
}

BOOST_AUTO_TEST_CASE(settings_are_those_of_their_own_numbers) {
    BOOST_TEST(of_sweep("With num_gpu 10 and num_ctx 30 the ttft was 1.125 s") == Status::supported);
    BOOST_TEST((of_sweep("With num_gpu 30 and num_ctx 10 the ttft was 1.125 s") != Status::supported));
    BOOST_TEST(of_sweep("num_gpu=30 num_ctx=10 ttft 1.375 s") == Status::supported);
    BOOST_TEST((of_sweep("num_gpu=10 num_ctx=30 ttft 1.375 s") != Status::supported));
}

BOOST_AUTO_TEST_CASE(a_single_cell_confirms_no_mean) {
    BOOST_TEST(of_sweep("Mean ttft: 1.450 s") == Status::supported);
    BOOST_TEST((of_sweep("Mean ttft: 1.850 s") != Status::supported));
}

BOOST_AUTO_TEST_CASE(a_failed_run_confirms_only_where_failure_is_told) {
    BOOST_TEST((of_sweep("With num_gpu 30 and num_ctx 30 the ttft was 9.875 s") != Status::supported));
    BOOST_TEST((of_sweep("With num_gpu 30 and num_ctx 30 the run failed at a ttft of 9.875 s") == Status::supported));
}

BOOST_AUTO_TEST_CASE(a_coefficient_of_variation_is_a_share_of_so_many_values) {
    const auto all = judged("alpha-7b", "CV of the TTFT: 139.5 %"); // sd 1.06927 of mean 0.76667
    BOOST_TEST(all[0].status == Status::supported);
    BOOST_TEST(all[0].datum->stat == "cv");
    BOOST_TEST(all[0].datum->unit == "%");
    BOOST_TEST(all[0].datum->n == 3U);
    BOOST_TEST((status("alpha-7b", "CV of the TTFT: 12.5 %") != Status::supported));
}

BOOST_AUTO_TEST_CASE(a_mean_without_the_first_run_counts_the_others) {
    const auto all = judged("alpha-7b", "Mean TTFT: 0.15 s (excluding the first run)");
    BOOST_TEST(all[0].datum->n == 2U);
}

BOOST_AUTO_TEST_CASE(rounding_goes_to_half_of_the_last_digit) {
    BOOST_TEST(status("alpha-7b", "Mean TTFT: 0.77 s") == Status::supported); // 0.76667
    BOOST_TEST(status("alpha-7b", "Mean TTFT: 0.76 s") == Status::contradicted);
    Quantity q;
    q.value = 0.1, q.step = 0.1;
    BOOST_TEST(rounds_to(0.1499, q));
    BOOST_TEST(!rounds_to(0.1501, q));
}

BOOST_AUTO_TEST_CASE(units_are_converted) {
    BOOST_TEST(status("alpha-7b", "Mean TTFT: 767 ms") == Status::supported);
    BOOST_TEST(status("alpha-7b", "Mean TTFT: 767 s") == Status::contradicted);
}

BOOST_AUTO_TEST_CASE(a_mean_without_the_first_run_is_known) {
    BOOST_TEST(status("alpha-7b", "Mean TTFT: 0.15 s (excluding the first run)") == Status::supported);
}

BOOST_AUTO_TEST_CASE(extremes_follow_the_direction_of_the_metric) {
    BOOST_TEST(status("alpha-7b", "Best throughput: 120 tokens/s") == Status::supported);
    BOOST_TEST(status("alpha-7b", "Best TTFT: 0.10 s") == Status::supported);
    BOOST_TEST(status("alpha-7b", "Peak throughput: 131 tokens/s") == Status::contradicted);
}

BOOST_AUTO_TEST_CASE(a_bound_names_the_extreme_that_keeps_it_in_its_own_unit) {
    const auto below = judged("alpha-7b", "TTFT stays below 2500 ms");
    BOOST_TEST((below.at(0).status == Status::supported), below.at(0).reason);
    BOOST_TEST(below.at(0).datum->stat == "max");
    BOOST_TEST(below.at(0).datum->value == 2.0);
    BOOST_TEST(*below.at(0).expected == 2000.0);
    BOOST_TEST(below.at(0).reason.find("is 2 s") != std::string::npos, below.at(0).reason);
}

BOOST_AUTO_TEST_CASE(a_range_holds_as_a_whole) {
    BOOST_TEST(status("alpha-7b", "Throughput ranges: 100-120 tokens/s") == Status::supported);
    BOOST_TEST((status("alpha-7b", "Throughput ranges: 105-120 tokens/s") != Status::supported));
}

BOOST_AUTO_TEST_CASE(a_comparison_is_computed_anew) {
    BOOST_TEST(status("Models", "alpha-7b: 100% higher throughput than beta-3b") ==
               Status::supported); // 110 against 55
    BOOST_TEST((status("Models", "alpha-7b: 34% higher throughput than beta-3b") == Status::contradicted));
    BOOST_TEST(status("Models", "alpha-7b: 2.0x the throughput speed, faster than beta-3b") == Status::supported);
}

BOOST_AUTO_TEST_CASE(a_row_of_a_table_is_judged_by_its_headers) {
    const auto all = judged_row("Model | Mean Tokens/s | Mean TTFT (s)", "beta-3b\t55.0\t0.90");
    BOOST_REQUIRE_EQUAL(all.size(), 2U);
    BOOST_TEST(all[0].status == Status::supported);
    BOOST_TEST(all[1].status == Status::contradicted);
    BOOST_TEST(*all[1].expected == 0.75);
}

BOOST_AUTO_TEST_CASE(settings_pick_the_row_and_are_not_claims_themselves) {
    const auto all = judged_row("num_threads | Load (ms)", "4\t20.0");
    BOOST_REQUIRE_EQUAL(all.size(), 2U);
    BOOST_TEST(all[0].status == Status::not_checkable);
    BOOST_TEST(all[1].status == Status::supported);
    BOOST_TEST((judged_row("num_threads | Load (ms)", "4\t40.0")[1].status != Status::supported));
}

BOOST_AUTO_TEST_CASE(what_the_data_do_not_hold_is_unsupported) {
    BOOST_TEST(status("alpha-7b", "Model size: 3.3 GB") == Status::unsupported);
    BOOST_TEST(status("gamma-1b", "Accuracy: 87.5 %") == Status::unsupported);
}

BOOST_AUTO_TEST_CASE(versions_hardware_targets_and_recommendations_are_not_checkable) {
    for (const char* line : {"Python 3.12.3", "GPU: NVIDIA RTX 4080", "Target throughput: >50 tokens/s",
                             "Reserve 6 workers for it", "Version: 1.0", "Date: 2025-10-08", "See Section 3"})
        BOOST_TEST((status("Notes", line) == Status::not_checkable), line);
}

BOOST_AUTO_TEST_CASE(files_are_counted_by_type) {
    BOOST_TEST(status("Data", "CSV: 2 files") == Status::supported);
    BOOST_TEST(status("Data", "CSV: 3 files") == Status::contradicted);
}

BOOST_AUTO_TEST_CASE(a_number_is_found_by_its_value_where_the_words_agree) {
    // No metric of the data is called so; its unit, its name and the rows say what it is.
    const auto all = judged("alpha-7b", "It began with 100 tokens/s and ended with 120 tokens/s");
    BOOST_REQUIRE_EQUAL(all.size(), 2U);
    for (const auto& verdict : all) BOOST_TEST((verdict.status == Status::supported), verdict.reason);
}

BOOST_AUTO_TEST_CASE(a_ratio_of_two_numbers_beside_it_is_computed_from_the_data) {
    const auto all =
        judged("Models", "Mean throughput of alpha-7b is 110 tokens/s, of beta-3b 55 tokens/s, a factor of 2.0");
    BOOST_REQUIRE_EQUAL(all.size(), 3U);
    BOOST_TEST((all[2].status == Status::supported), all[2].reason);
    const auto wrong =
        judged("Models", "Mean throughput of alpha-7b is 110 tokens/s, of beta-3b 55 tokens/s, a factor of 3.0");
    BOOST_TEST((wrong[2].status != Status::supported), wrong[2].reason);
}

BOOST_AUTO_TEST_CASE(a_rank_is_supported_where_the_data_order_the_rows_so) {
    const auto first = judged_row("Rank\tModel\tTokens/s", "1\talpha-7b\t120");
    BOOST_TEST((first.front().status == Status::supported), first.front().reason);
    const auto fourth = judged_row("Rank\tModel\tTokens/s", "4\tbeta-3b\t60");
    BOOST_TEST((fourth.front().status == Status::supported), fourth.front().reason);
    const auto worst_first = judged_row("Rank\tModel\tTokens/s", "1\tbeta-3b\t50");
    BOOST_TEST((worst_first.front().status != Status::supported), worst_first.front().reason);
    const auto wrong = judged_row("Rank\tModel\tTokens/s", "2\talpha-7b\t120");
    BOOST_TEST((wrong.front().status != Status::supported), wrong.front().reason);
}

BOOST_AUTO_TEST_CASE(a_name_that_nothing_bears_supports_nothing) {
    const auto all = judged_row("Model | Mean Tokens/s", "Model 2\t110.0");
    BOOST_TEST((all.back().status == Status::unsupported));
}

BOOST_AUTO_TEST_CASE(thousands_of_numbers_in_a_paragraph_are_judged_one_by_one) {
    std::string paragraph = "A ratio, a factor, times: alpha-7b";
    for (int i = 0; i < 5000; ++i) paragraph += " " + std::to_string(1001 + i);
    const auto all = judged("Models", paragraph);
    BOOST_TEST(all.size() == 5000U);
}

BOOST_AUTO_TEST_CASE(thousands_of_numbers_in_a_row_are_judged_one_by_one) {
    std::string columns = "Model", cells = "alpha-7b";
    for (int i = 0; i < 5000; ++i) {
        columns += " | Factor " + std::to_string(i) + (i % 2 == 0 ? " (%)" : "");
        cells += "\t" + std::to_string(1001 + i);
    }
    BOOST_TEST(judged_row(columns, cells).size() == 5000U);
}

BOOST_AUTO_TEST_CASE(text_findings_name_their_lines) {
    const std::vector<KeptNode> nodes{{"paragraph", "TODO: numbers", "", "", 0, 1},
                                      {"paragraph", "Okay, here's a report <|end|>", "", "", 0, 3},
                                      {"paragraph", "see data/none.csv and data/runs.csv", "", "", 0, 5},
                                      {"paragraph", "Date: 2025-10-08", "", "", 0, 7},
                                      {"paragraph", "Date: October 9, 2025", "", "", 0, 9},
                                      {"code", "TODO", "", "", 0, 11}};
    const auto all = text_findings(models(), nodes, read_document(nodes));
    BOOST_REQUIRE_EQUAL(all.size(), 4U);
    BOOST_TEST(all[0].rule->id == "L3");
    BOOST_TEST(all[0].places.size() == 1U);
    BOOST_TEST(all[1].rule->id == "L4");
    BOOST_TEST(all[1].places[0].first == 3U);
    BOOST_TEST(all[2].rule->id == "L5");
    BOOST_TEST(all[2].places[0].second == "data/none.csv");
    BOOST_TEST(all[3].rule->id == "L6");
    const std::vector<KeptNode> clean{{"paragraph", "see data/runs.csv", "", "", 0, 1}};
    BOOST_TEST(text_findings(models(), clean, read_document(clean)).empty());
}

BOOST_AUTO_TEST_CASE(saved_state_is_read_back_and_broken_state_refused) {
    const std::vector<KeptNode> nodes{{"paragraph", "a", "b", "c", 1, 2}};
    std::string bytes;
    encode(bytes, nodes);
    const auto back = decode(bytes);
    BOOST_REQUIRE(back.has_value());
    BOOST_TEST((*back)[0].text == "a");
    BOOST_TEST((*back)[0].line == 2U);
    for (std::size_t n = 0; n < bytes.size(); ++n) BOOST_TEST(!decode(bytes.substr(0, n)).has_value());
}

BOOST_AUTO_TEST_SUITE_END()

// Counts over several files, and numbers that relate others of the document.
#include "claims/count.hpp"
#include "claims/judge.hpp"
#include "claims/pool.hpp"
#include <boost/test/unit_test.hpp>

using namespace assay::claims;

namespace {

SourceColumn column(const char* name, const char* unit, int type, int role, int direction = ASSAY_DIRECTION_UNKNOWN) {
    return {name, unit, type, role, direction, false, false, false};
}

SourceTable night(std::initializer_list<double> speeds, std::size_t failed) {
    SourceTable table;
    table.name = "rows";
    table.columns = {column("engine", "", ASSAY_TYPE_TEXT, ASSAY_ROLE_PARAMETER),
                     column("speed_mb_s", "MBy/s", ASSAY_TYPE_FLOAT, ASSAY_ROLE_METRIC, ASSAY_DIRECTION_HIGHER),
                     column("error", "", ASSAY_TYPE_TEXT, ASSAY_ROLE_STATUS)};
    for (const double speed : speeds)
        table.rows.push_back({table.rows.size() + 2,
                              ASSAY_ROW_OK,
                              {std::string{table.rows.size() % 2 == 0 ? "fast_lane" : "deep_path"}, speed, {}}});
    for (std::size_t i = 0; i < failed; ++i)
        table.rows.push_back(
            {table.rows.size() + 2, ASSAY_ROW_FAILED, {std::string{"fast_lane"}, 0.0, std::string{"timeout"}}});
    return table;
}

/// Three nights of one dataset, two of them in March, and a file of settings.
World nights() {
    World world;
    const char* paths[] = {"data/nightly/2025-03-01_sweep.csv", "data/nightly/2025-03-02_sweep.csv",
                           "data/nightly/2025-04-07_sweep.csv"};
    add_tables(world, 0, {paths[0]}, {}, {night({40.5, 20.25, 44.5, 22.25}, 1)});
    add_tables(world, 1, {paths[1]}, {}, {night({}, 3)});
    add_tables(world, 2, {paths[2]}, {}, {night({61.5, 30.75}, 0)});
    SourceTable settings;
    settings.name = "document";
    settings.columns = {column("settings.runs", "", ASSAY_TYPE_INT, ASSAY_ROLE_PARAMETER),
                        column("settings.warmup_runs", "", ASSAY_TYPE_INT, ASSAY_ROLE_PARAMETER),
                        column("score", "", ASSAY_TYPE_FLOAT, ASSAY_ROLE_METRIC)};
    settings.rows = {{1, ASSAY_ROW_OK, {12.0, 3.0, 5.7}}};
    add_tables(world, 3, {"data/kernel_bench.json"}, {}, {settings});
    for (const char* path : paths) world.files.push_back({path, ".csv", true});
    world.files.push_back({"data/kernel_bench.json", ".json", true});
    add_pool(world, "sweep", {0, 1, 2});
    weigh(world);
    return world;
}

std::vector<Verdict> judged(std::vector<KeptNode> nodes) {
    static const World world = nights();
    nodes.insert(nodes.begin(), {"heading", "The nightly sweep", "", "", 1, 1});
    return judge(world, read_document(nodes), "report.md");
}
std::vector<Verdict> judged(const std::string& paragraph) { return judged({{"paragraph", paragraph, "", "", 0, 3}}); }

void check(const std::string& paragraph, std::initializer_list<Status> wanted) {
    std::vector<Verdict> all = judged(paragraph);
    std::erase_if(all, [](const Verdict& v) { return v.datum && v.datum->stat == "date"; });
    BOOST_REQUIRE_EQUAL(all.size(), wanted.size());
    std::size_t i = 0;
    for (const Status status : wanted) {
        BOOST_TEST((all[i].status == status), paragraph << " [" << i << "]: " << all[i].reason);
        ++i;
    }
}

constexpr Status yes = Status::supported, no = Status::contradicted, none = Status::unsupported;

} // namespace

BOOST_AUTO_TEST_SUITE(counting)

BOOST_AUTO_TEST_CASE(rows_are_counted_over_the_files_of_a_dataset) {
    check("Of 10 sweep rows, 4 failed.", {yes, yes});
    check("4 of 10 sweep rows failed.", {yes, yes});
    BOOST_TEST((judged("3 of 10 sweep rows failed.").front().status != yes));
    check("6 of 10 sweep rows are ok.", {yes, yes});
}

BOOST_AUTO_TEST_CASE(rows_are_counted_by_counts_of_rows_whatever_these_call_them) {
    const auto may = [](const char* name, const char* unit, int type) {
        DataColumn counting;
        counting.source = column(name, unit, type, ASSAY_ROLE_METRIC);
        counting.unit = ucum_unit(unit);
        return may_count(counting, {{"configuration"}});
    };
    for (const char* name : {"configurations", "total_runs", "samples", "requests_failed"})
        BOOST_TEST(may(name, "", ASSAY_TYPE_INT), name);
    BOOST_TEST(!may("eval_count", "", ASSAY_TYPE_INT));
    BOOST_TEST(!may("response_chars", "", ASSAY_TYPE_INT));
    BOOST_TEST(!may("runs", "", ASSAY_TYPE_FLOAT));
    BOOST_TEST(!may("request_ms", "ms", ASSAY_TYPE_INT));
}

BOOST_AUTO_TEST_CASE(a_range_of_a_parameter_leaves_no_row_out_of_a_count) {
    SourceTable sweep;
    sweep.name = "rows";
    sweep.columns = {column("temperature", "", ASSAY_TYPE_FLOAT, ASSAY_ROLE_PARAMETER),
                     column("speed_mb_s", "MBy/s", ASSAY_TYPE_FLOAT, ASSAY_ROLE_METRIC, ASSAY_DIRECTION_HIGHER)};
    for (int i = 0; i < 12; ++i)
        sweep.rows.push_back({sweep.rows.size() + 2, ASSAY_ROW_OK, {0.2 + 0.2 * (i % 4), 40.0 + 1.25 * i}});
    World world;
    add_tables(world, 0, {"data/heat_sweep.csv"}, {}, {sweep});
    weigh(world);
    const auto first = [&](const char* said) {
        return judge(world, read_document({{"paragraph", said, "", "", 0, 3}}), "report.md").at(0).status;
    };
    BOOST_TEST((first("12 configurations of the heat sweep, with temperatures from 0.2 to 0.8.") == yes));
    BOOST_TEST((first("6 configurations of the heat sweep, with temperatures from 0.2 to 0.8.") != yes));
    BOOST_TEST((first("3 configurations of the heat sweep, with a temperature of 0.2.") == yes));
}

BOOST_AUTO_TEST_CASE(files_are_counted_with_those_of_which_all_failed) {
    check("There are three sweep files, and 1 of 3 files failed.", {yes, yes, yes});
}

BOOST_AUTO_TEST_CASE(a_day_says_which_rows_are_counted) {
    check("On 1 March 2025, 5 sweep rows were written.", {yes});
    check("On 7 April 2025, 2 sweep rows were written.", {yes});
    const auto all = judged("On 7 April 2025, 5 sweep rows were written.");
    BOOST_TEST((all.back().status != yes), all.back().reason);
}

BOOST_AUTO_TEST_CASE(files_of_a_folder_that_is_written_out_are_counted) {
    check("Below data/nightly lie 3 files.", {yes});
}

BOOST_AUTO_TEST_CASE(settings_that_count_are_known_by_their_words) {
    check("The kernel bench makes 12 iterations after 3 warm-up runs.", {yes, yes});
    const auto all = judged("The kernel bench makes 14 iterations.");
    BOOST_TEST((all.back().status != yes), all.back().reason);
}

BOOST_AUTO_TEST_CASE(files_are_no_hosts_where_nothing_says_so) {
    for (const char* text : {"The sweep ran on 3 hosts.", "The sweep compares 3 models."})
        BOOST_TEST((judged(text).back().status != yes), text);
}

BOOST_AUTO_TEST_CASE(a_word_that_nothing_explains_is_not_checkable) {
    check("Seven people asked for it.", {Status::not_checkable});
}

BOOST_AUTO_TEST_CASE(a_name_of_several_words_is_named_by_them) {
    check("On 1 March 2025 the mean speed of the fast lane was 42.5 MB/s.", {yes});
    check("On 1 March 2025 the mean speed of the deep path was 42.5 MB/s.", {no});
}

BOOST_AUTO_TEST_CASE(a_comparison_rests_on_numbers_that_the_document_gives_elsewhere) {
    const auto verdicts = [](const char* last) {
        return judged({{"list-item", "2025-03-01, fast_lane: mean speed 42.50 MB/s", "", "", 1, 3},
                       {"list-item", "2025-03-01, deep_path: mean speed 21.25 MB/s", "", "", 1, 4},
                       {"paragraph", "Load was low.", "", "", 0, 5},
                       {"paragraph", last, "", "", 0, 7}});
    };
    const auto right = verdicts("On that night fast_lane was 2.00 times the speed of deep_path.");
    BOOST_TEST((right.back().status == yes), right.back().reason);
    const auto wrong = verdicts("On that night fast_lane was 3.10 times the speed of deep_path.");
    BOOST_TEST((wrong.back().status != yes), wrong.back().reason);
}

BOOST_AUTO_TEST_CASE(more_is_a_share_of_the_smaller_and_less_one_of_the_larger) {
    const std::string both = "On 2025-03-01 the mean speed of fast_lane was 42.5 MB/s, of deep_path 21.25 MB/s, ";
    const auto last = [&](const std::string& behind) { return judged(both + behind).back(); };
    BOOST_TEST((last("50% less.").status == yes));
    BOOST_TEST((last("50% more.").status != yes));
    BOOST_TEST((last("100% more.").status == yes));
}

BOOST_AUTO_TEST_CASE(a_row_of_totals_sums_what_stands_above_it) {
    const auto verdicts = [](const char* total) {
        return judged({{"table", "Night | Sweep rows", "table-1", "", 0, 3},
                       {"row", "1 March 2025\t5", "table-1", "", 0, 5},
                       {"row", "7 April 2025\t2", "table-1", "", 0, 6},
                       {"row", total, "table-1", "", 0, 7}});
    };
    BOOST_TEST((verdicts("Total\t7").back().status == yes), verdicts("Total\t7").back().reason);
    BOOST_TEST((verdicts("Total\t8").back().status == no));
}

BOOST_AUTO_TEST_CASE(a_range_goes_over_the_files_of_a_dataset) {
    check("Sweep speed of fast_lane over all nights: 40.5-61.5 MB/s", {yes});
    const auto all = judged("Sweep speed of fast_lane over all nights: 40.5-58.5 MB/s");
    BOOST_TEST((all.back().status != yes), all.back().reason);
}

BOOST_AUTO_TEST_SUITE_END()

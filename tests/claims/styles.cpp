// Documents in other styles: chats, lists, formulas, legends of tables, comparisons whose numbers are not given.
#include "claims/judge.hpp"
#include "claims/words.hpp"
#include <boost/test/unit_test.hpp>

using namespace assay::claims;

namespace {

SourceColumn engine_parameter(const char* name, int type = ASSAY_TYPE_TEXT) {
    return {name, "", type, ASSAY_ROLE_PARAMETER, ASSAY_DIRECTION_UNKNOWN, false, false, false};
}
SourceColumn engine_metric(const char* name, const char* unit, int direction) {
    return {name, unit, ASSAY_TYPE_FLOAT, ASSAY_ROLE_METRIC, direction, false, false, false};
}

/// Three engines, three requests each: means of 0.2, 0.5 and 0.9 s; 70.1, 40.3 and 20.2 MB/s.
SourceTable engines(double shift = 0) {
    SourceTable table;
    table.name = "rows";
    table.columns = {engine_parameter("engine"), engine_parameter("request_text"),
                     engine_metric("latency_s", "s", ASSAY_DIRECTION_LOWER),
                     engine_metric("bandwidth", "MB/s", ASSAY_DIRECTION_HIGHER)};
    const std::vector<std::string> requests{"Describe a harbour at night.", "Name the largest moon of Saturn.",
                                            "Translate the old poem again."};
    const auto engine = [&](const char* name, double latency, double bandwidth) {
        for (std::size_t i = 0; i < 3; ++i) {
            const double step = 0.03 * (static_cast<double>(i) - 1);
            table.rows.push_back({table.rows.size() + 2,
                                  ASSAY_ROW_OK,
                                  {std::string{name}, requests[i], latency + shift + step, bandwidth + 10 * step}});
        }
    };
    engine("osprey", 0.2, 70.1), engine("kestrel", 0.5, 40.3), engine("merlin", 0.9, 20.2);
    return table;
}

World engine_world() {
    World world;
    add_tables(world, 0, {"bench/engines.csv"}, {}, {engines()});
    world.files.push_back({"bench/engines.csv", ".csv", true});
    weigh(world);
    return world;
}

/// The first try, and the second with 0.05 s more.
World two_tries() {
    World world;
    add_tables(world, 0, {"bench/first/engines.csv"}, {}, {engines()});
    add_tables(world, 1, {"bench/second/engines.csv"}, {}, {engines(0.05)});
    for (const char* path : {"bench/first/engines.csv", "bench/second/engines.csv"})
        world.files.push_back({path, ".csv", true});
    weigh(world);
    return world;
}

std::vector<Verdict> verdicts_in(const World& world, std::vector<KeptNode> nodes) {
    nodes.insert(nodes.begin(), {"heading", "Engines", "", "", 1, 1});
    const Document document = read_document(nodes);
    const auto all = judge(world, document, "note.md");
    for (std::size_t i = 0; i < all.size(); ++i) BOOST_TEST_MESSAGE(document.claims[i].text << ": " << all[i].reason);
    return all;
}

std::vector<Status> judged_text(const World& world, const std::string& text, const char* type = "paragraph") {
    std::vector<Status> out;
    for (const auto& verdict : verdicts_in(world, {{type, text, "", "", type == std::string{"list-item"} ? 1 : 0, 3}}))
        out.push_back(verdict.status);
    return out;
}

constexpr auto is_right = Status::supported, not_found = Status::unsupported;

} // namespace

BOOST_AUTO_TEST_SUITE(styles)

BOOST_AUTO_TEST_CASE(values_behind_a_list_of_names_belong_to_these_in_order) {
    const World world = engine_world();
    BOOST_TEST((judged_text(world, "The mean latency of osprey, kestrel and merlin is 0.20, 0.50 and 0.90 s.") ==
                std::vector{is_right, is_right, is_right}));
    for (const Status status :
         judged_text(world, "The mean latency of osprey, kestrel and merlin is 0.50, 0.90 and 0.20 s, respectively."))
        BOOST_TEST((status != is_right));
}

BOOST_AUTO_TEST_CASE(values_of_one_subject_belong_to_it_whatever_others_are_named) {
    const World world = engine_world();
    for (const char* text :
         {"Compared with osprey and kestrel, merlin has a latency of 0.87, 0.90 and 0.93 s.",
          "We compare osprey, kestrel and merlin. The latency of merlin has a min, mean and max of 0.87, 0.90 and 0.93 "
          "s.",
          "Unlike osprey and kestrel, merlin is slow: its min, mean and max latency are 0.87, 0.90 and 0.93 s."})
        for (const Status status : judged_text(world, text)) BOOST_TEST((status != Status::contradicted));
    const auto item =
        verdicts_in(world, {{"paragraph", "The engines are merlin, kestrel and osprey:", "", "", 0, 3},
                            {"list-item", "osprey: latency 0.17, 0.20 and 0.23 s", "", "", 1, 4},
                            {"list-item", "kestrel: latency 0.47, 0.50 and 0.53 s (min, mean, max)", "", "", 1, 5}});
    for (const auto& verdict : item) BOOST_TEST((verdict.status == is_right));
    const auto row = verdicts_in(world, {{"paragraph", "The latency of merlin, kestrel and osprey:", "", "", 0, 3},
                                         {"table", "Engine | Latency (s)", "table-1", "", 0, 5},
                                         {"row", "osprey\t0.17 / 0.20 / 0.23", "table-1", "", 0, 7}});
    BOOST_REQUIRE_EQUAL(row.size(), 3U);
    for (const auto& verdict : row) BOOST_TEST((verdict.status == is_right));
}

BOOST_AUTO_TEST_CASE(a_list_of_names_in_another_sentence_contradicts_nothing) {
    const World world = engine_world();
    for (const Status status : judged_text(world, "We ran osprey, kestrel and merlin. Mean latency: 0.30, 0.61 and "
                                                  "1.12 s, in that order."))
        BOOST_TEST((status == not_found));
}

std::vector<Status> judged_row(const World& world, const std::string& columns, const std::string& row) {
    std::vector<Status> out;
    for (const auto& verdict :
         verdicts_in(world, {{"table", columns, "table-1", "", 0, 3}, {"row", row, "table-1", "", 0, 5}}))
        out.push_back(verdict.status);
    return out;
}

BOOST_AUTO_TEST_CASE(a_corner_contradicts_nothing_in_columns_that_the_data_do_not_know) {
    const World world = engine_world();
    constexpr auto wrong = Status::contradicted;
    for (const char* columns : {"Mean latency (s) | Before | After", "Mean latency (s) | Laptop | Server",
                                "Mean latency (s) | Paper | Ours", "Mean latency (s) | Config A | Config B"})
        BOOST_TEST((judged_row(world, columns, "osprey\t0.35\t0.20") == std::vector{not_found, is_right}), columns);
    for (const char* columns : {"Mean latency (s) | 1 | 2 | 3", "Mean latency (s) | run 1 | run 2 | run 3"})
        for (const Status status : judged_row(world, columns, "osprey\t0.17\t0.20\t0.23"))
            BOOST_TEST((status == is_right), columns);
    BOOST_TEST(
        (judged_row(world, "Mean latency (s) | osprey | merlin", "mean\t0.35\t0.90") == std::vector{wrong, is_right}));
    BOOST_TEST((judged_row(world, "Latency (s) | Mean | Max", "osprey\t0.35\t0.23") == std::vector{wrong, is_right}));
}

BOOST_AUTO_TEST_CASE(a_corner_says_nothing_of_a_row_that_measures_something) {
    const World world = engine_world();
    BOOST_TEST((judged_row(world, "Bandwidth | osprey | merlin", "latency\t70.1\t0.90").at(0) != is_right));
    BOOST_TEST(
        (judged_row(world, "Bandwidth | osprey | merlin", "latency\t0.20\t0.90") == std::vector{is_right, is_right}));
    BOOST_TEST(
        (judged_row(world, "Bandwidth | osprey | merlin", "mean\t70.1\t20.2") == std::vector{is_right, is_right}));
}

BOOST_AUTO_TEST_CASE(a_relation_of_two_that_are_named_needs_not_their_numbers) {
    const World world = engine_world();
    BOOST_TEST((judged_text(world, "The latency of kestrel is 2.50x that of osprey.") == std::vector{is_right}));
    BOOST_TEST((judged_text(world, "The latency of kestrel is 3.10x that of osprey.").at(0) != is_right));
}

BOOST_AUTO_TEST_CASE(an_arrow_is_no_bound_and_no_sign) {
    const World world = engine_world();
    BOOST_TEST((judged_text(world, "Mean latency by engine: kestrel -> 0.50 s") == std::vector{is_right}));
    BOOST_TEST((judged_text(world, "Mean latency by engine: kestrel -> 0.30 s").at(0) != is_right));
}

BOOST_AUTO_TEST_CASE(a_row_that_is_named_may_hold_the_extreme) {
    const World world = engine_world();
    BOOST_TEST(
        (judged_text(world, "The longest latency, 0.93 s, was merlin's on the old poem.") == std::vector{is_right}));
}

BOOST_AUTO_TEST_CASE(formulas_are_read) {
    const World world = engine_world();
    BOOST_TEST((judged_text(world, "The mean latency of kestrel is $0.50$,s, that of merlin $0.90\\,\\text{s}$.") ==
                std::vector{is_right, is_right}));
    BOOST_TEST(plain("$5 and $6").text == "$5 and $6");
    BOOST_TEST(plain("$2.5\\times$ as fast").text == "2.5x as fast");
}

BOOST_AUTO_TEST_CASE(a_table_in_tex_is_a_table) {
    const KeptNode written{"paragraph",
                           "\\caption{Mean latency in s.}\nEngine & Mean latency (s) \\\n"
                           "osprey & 0.20 \\\nkestrel & 0.90 \\",
                           "",
                           "",
                           0,
                           3};
    const Document document = read_document({written});
    BOOST_REQUIRE_EQUAL(document.claims.size(), 2U);
    for (const Claim& claim : document.claims) {
        const Statement& row = document.statements[claim.statement];
        BOOST_TEST((row.form == Statement::Form::row));
        BOOST_TEST((*row.columns == std::vector<std::string>{"Engine", "Mean latency (s)"}));
        BOOST_TEST(*row.lead == "Mean latency in s.");
    }
    const auto all = verdicts_in(engine_world(), {written});
    BOOST_REQUIRE_EQUAL(all.size(), 2U);
    BOOST_TEST((all[0].status == is_right));
    BOOST_TEST((all[1].status != is_right));
}

BOOST_AUTO_TEST_CASE(a_lead_tells_what_its_columns_mean) {
    const auto all = verdicts_in(two_tries(), {{"paragraph", "Before: bench/first. After: bench/second.", "", "", 0, 3},
                                               {"table", "Mean latency (s) | Before | After", "table-1", "", 0, 5},
                                               {"row", "osprey\t0.20\t0.25", "table-1", "", 0, 7},
                                               {"row", "merlin\t0.95\t0.90", "table-1", "", 0, 8}});
    BOOST_REQUIRE_EQUAL(all.size(), 4U);
    BOOST_TEST((all[0].status == is_right));
    BOOST_TEST((all[1].status == is_right));
    BOOST_TEST((all[2].status != is_right));
    BOOST_TEST((all[3].status != is_right));
}

BOOST_AUTO_TEST_CASE(files_are_those_of_the_folder_that_is_named_and_contradicted_where_all_are_meant) {
    const World world = two_tries();
    BOOST_TEST((judged_text(world, "The folder bench/first holds 1 CSV file.") == std::vector{is_right}));
    BOOST_TEST((judged_text(world, "We kept 5 CSV files of the others.").at(0) != Status::contradicted));
    BOOST_TEST((judged_text(world, "There are 5 CSV files in total.") == std::vector{Status::contradicted}));
}

BOOST_AUTO_TEST_CASE(a_folder_is_of_the_number_in_its_own_clause) {
    World world = two_tries();
    world.files.push_back({"bench/second/more.csv", ".csv", false});
    const auto all_right = [&](const char* text) {
        for (const Status status : judged_text(world, text)) BOOST_TEST((status == is_right), text);
    };
    all_right("There are 3 CSV files in total, 1 of them in bench/first.");
    world.files.push_back({"bench/second/a/more.json", ".json", false});
    all_right("There is 1 JSON file in second/a.");
    all_right("In bench/second there are 2 CSV files; 3 CSV files in total.");
    all_right("bench/first: 1 CSV file, bench/second: 2 CSV files, 3 CSV files in total.");
    BOOST_TEST((judged_text(world, "In bench/first there are 3 CSV files.").at(0) != is_right));
    BOOST_TEST((judged_text(world, "There are 3 CSV files in bench/third.").at(0) != is_right));
    for (const char* text :
         {"There are 5 CSV files in total under bench/third.", "We used 7 files of Python code in total.",
          "I edited 12 csv config files in total, by hand."})
        BOOST_TEST((judged_text(world, text).at(0) == not_found), text);
}

BOOST_AUTO_TEST_CASE(all_of_a_noun_that_the_data_do_not_know_is_no_count_of_rows) {
    const World world = engine_world();
    for (const char* text : {"9 of 9 reviewers liked the engines.", "9 of 9 of our servers were patched."})
        for (const Status status : judged_text(world, text)) BOOST_TEST((status != is_right), text);
    BOOST_TEST((judged_text(world, "9 of 9 requests were answered.").back() == is_right));
}

BOOST_AUTO_TEST_CASE(contradicted_needs_the_metric_beside_it_and_the_whole_population) {
    const World world = engine_world();
    // Some of the rows may be meant.
    BOOST_TEST((judged_text(world, "Without the slow ones the mean latency was 0.35 s.") == std::vector{not_found}));
    BOOST_TEST((judged_text(world, "Mean latency of kestrel: 0.71 s") == std::vector{Status::contradicted}));
    // By how much, and no latency.
    BOOST_TEST(
        (judged_text(world, "The flag changes the mean latency of kestrel by 0.01 s.") == std::vector{not_found}));
}

BOOST_AUTO_TEST_CASE(zeros_at_the_end_may_be_rounding_in_a_table) {
    Quantity q;
    q.value = 2530, q.digits = 4, q.unit = {Measure::time, 1e-3, {}, false};
    round_to_zeros(q);
    BOOST_TEST(q.step == 10);
    BOOST_TEST(rounds_to(2527, q));
    BOOST_TEST(!rounds_to(2510, q));
}

BOOST_AUTO_TEST_CASE(a_chat_begins_its_sentences_small) {
    const Document document = read_document(
        {{"paragraph", "osprey is the quickest with 0.2 s. merlin needs 0.9 s, approx. the same", "", "", 0, 1}});
    BOOST_TEST(document.statements.size() == 2U);
}

BOOST_AUTO_TEST_CASE(a_clause_before_a_colon_is_no_label_of_its_paragraph) {
    const Document document = read_document(
        {{"paragraph", "Kestrel is where the small cache shows that it does not help: 0.5 s. Merlin needs 0.9 s.", "",
          "", 0, 1}});
    BOOST_REQUIRE_EQUAL(document.statements.size(), 2U);
    BOOST_TEST(document.statements[1].label.empty());
}

BOOST_AUTO_TEST_CASE(a_unit_behind_the_last_of_a_list_is_of_all) {
    const auto all = quantities("102 (alpha), 183 (beta) and 289 ms (gamma)");
    BOOST_REQUIRE_EQUAL(all.size(), 3U);
    for (const Quantity& q : all) BOOST_TEST((q.unit.measure == Measure::time));
}

BOOST_AUTO_TEST_SUITE_END()

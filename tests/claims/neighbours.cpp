// What stands beside a number: settings that choose its rows, numbers that are of the same column, the table's lead.
#include "claims/judge.hpp"
#include <boost/test/unit_test.hpp>

using namespace assay::claims;

namespace {

SourceColumn described_column(const char* name, const char* unit, int type, int role,
                              int direction = ASSAY_DIRECTION_UNKNOWN) {
    return {name, unit, type, role, direction, false, false, false};
}

SourceTable layer_sweep() {
    SourceTable table;
    table.name = "rows";
    table.columns = {
        described_column("num_layers", "", ASSAY_TYPE_INT, ASSAY_ROLE_PARAMETER),
        described_column("temperature", "", ASSAY_TYPE_FLOAT, ASSAY_ROLE_PARAMETER),
        described_column("tokens_s", "{token}/s", ASSAY_TYPE_FLOAT, ASSAY_ROLE_METRIC, ASSAY_DIRECTION_HIGHER)};
    double rate = 100;
    for (const double layers : {10.0, 20.0, 40.0})
        for (const double temperature : {0.2, 0.8}) {
            rate += 1.25 + layers / 10;
            table.rows.push_back({table.rows.size() + 2, ASSAY_ROW_OK, {layers, temperature, rate}});
        }
    return table; // 102.25 104.5 107.75 111 116.25 121.5
}

SourceTable engine_backends() {
    SourceTable table;
    table.name = "backends";
    table.columns = {described_column("backend", "", ASSAY_TYPE_TEXT, ASSAY_ROLE_PARAMETER),
                     described_column("mean_time_ms", "ms", ASSAY_TYPE_FLOAT, ASSAY_ROLE_METRIC, ASSAY_DIRECTION_LOWER),
                     described_column("compile_s", "s", ASSAY_TYPE_FLOAT, ASSAY_ROLE_METRIC, ASSAY_DIRECTION_LOWER)};
    const auto row = [&](const char* name, double time, double compile) {
        table.rows.push_back({table.rows.size() + 2, ASSAY_ROW_OK, {std::string{name}, time, compile}});
    };
    row("eager", 0.673, 0.0), row("jit_trace", 0.271, 1.625), row("onnx", 3.758, 0.481), row("graph_run", 0.588, 9.25);
    return table;
}

/// Two models in three runs each.
SourceTable model_runs() {
    SourceTable table;
    table.name = "rows";
    table.columns = {
        described_column("model", "", ASSAY_TYPE_TEXT, ASSAY_ROLE_PARAMETER),
        described_column("speed_mb_s", "MBy/s", ASSAY_TYPE_FLOAT, ASSAY_ROLE_METRIC, ASSAY_DIRECTION_HIGHER)};
    const auto add = [&](const char* model, std::initializer_list<double> speeds) {
        for (const double speed : speeds)
            table.rows.push_back({table.rows.size() + 2, ASSAY_ROW_OK, {std::string{model}, speed}});
    };
    add("alpha-7b", {111.5, 118.25, 120.25}), add("beta-3b", {62.25, 64.5, 70.25});
    add("gamma-1b", {31.25, 33.75, 46.75});
    return table;
}

World a_world(std::vector<std::pair<const char*, SourceTable>> tables) {
    World world;
    std::size_t artifact = 0;
    for (auto& [path, table] : tables) {
        add_tables(world, artifact++, {path}, {}, {table});
        world.files.push_back({path, std::string_view{path}.ends_with("csv") ? ".csv" : ".json", true});
    }
    weigh(world);
    return world;
}

/// Verdicts of nodes below a heading.
std::vector<Status> statuses(const World& world, std::vector<KeptNode> nodes) {
    nodes.insert(nodes.begin(), {"heading", "Results", "", "", 1, 1});
    std::vector<Status> out;
    const Document document = read_document(nodes);
    for (const auto& verdict : judge(world, document, "note.md")) {
        BOOST_TEST_MESSAGE(document.claims[out.size()].text << ": " << verdict.reason);
        out.push_back(verdict.status);
    }
    return out;
}
std::vector<Status> of_sweep(const std::string& paragraph) {
    static const World world = a_world({{"data/sweep.csv", layer_sweep()}});
    return statuses(world, {{"paragraph", paragraph, "", "", 0, 3}});
}
std::vector<Status> row_of_sweep(const std::string& columns, const std::string& cells) {
    static const World world = a_world({{"data/sweep.csv", layer_sweep()}});
    return statuses(world, {{"table", columns, "table-1", "", 0, 3}, {"row", cells, "table-1", "", 0, 5}});
}

constexpr Status holds_true = Status::supported;

} // namespace

BOOST_AUTO_TEST_SUITE(neighbours)

BOOST_AUTO_TEST_CASE(a_factor_and_its_level_choose_the_rows_of_a_cell) {
    const std::string columns = "Factor\tLevel\tThroughput (tokens/s)";
    BOOST_TEST((row_of_sweep(columns, "Layers\t20\t109.4").back() == holds_true));
    BOOST_TEST((row_of_sweep(columns, "Layers\t20\t103.4").back() != holds_true)); // of 10
}

BOOST_AUTO_TEST_CASE(a_header_may_name_the_setting_of_what_stands_below_it) {
    const std::string columns = "Temperature\t10 layers\t20 layers";
    const auto right = row_of_sweep(columns, "0.2\t102.25\t107.75"),
               wrong = row_of_sweep(columns, "0.2\t107.75\t102.25");
    BOOST_TEST((right.at(1) == holds_true && right.at(2) == holds_true));
    BOOST_TEST((wrong.at(1) != holds_true && wrong.at(2) != holds_true));
}

BOOST_AUTO_TEST_CASE(bare_settings_are_known_by_their_values) {
    BOOST_TEST((of_sweep("Run 40/0.8 decoded 121.5 tokens/s.").back() == holds_true));
    BOOST_TEST((of_sweep("Run 40/0.2 decoded 121.5 tokens/s.").back() != holds_true));
}

BOOST_AUTO_TEST_CASE(a_number_that_counts_something_is_no_bare_setting) {
    BOOST_TEST((of_sweep("Rows of the sweep: 6, of which 20 ran twice.").front() == holds_true));
}

BOOST_AUTO_TEST_CASE(a_setting_in_the_clause_outranks_others_of_the_sentence) {
    const auto all = of_sweep("On average 10 layers gave 103.4 tokens/s, 20 layers 109.4 tokens/s.");
    BOOST_TEST((all.at(1) == holds_true && all.at(3) == holds_true));
}

BOOST_AUTO_TEST_CASE(numbers_beside_each_other_agree_on_a_column_that_none_names) {
    const World world = a_world({{"data/bench.json", engine_backends()}, {"data/sweep.csv", layer_sweep()}});
    const auto all = statuses(world, {{"paragraph", "eager 0.673 / jit_trace 0.271 / onnx 3.758", "", "", 0, 3}});
    BOOST_TEST((all == std::vector<Status>{holds_true, holds_true, holds_true}));
}

BOOST_AUTO_TEST_CASE(a_number_of_another_statistic_than_its_neighbours_is_not_supported) {
    const World world = a_world({{"data/runs.csv", model_runs()}});
    const auto judge_row = [&](const std::string& last) {
        return statuses(world, {{"table", "Model\tSpeed (MB/s)", "table-1", "", 0, 3},
                                {"row", "alpha-7b\t116.667", "table-1", "", 0, 5},
                                {"row", "beta-3b\t65.667", "table-1", "", 0, 6},
                                {"row", "gamma-1b\t" + last, "table-1", "", 0, 7}});
    };
    BOOST_TEST((judge_row("37.25").back() == holds_true));
    BOOST_TEST((judge_row("33.75").back() != holds_true)); // its median, where the others are means
}

BOOST_AUTO_TEST_CASE(faster_is_more_of_the_slower_rate) {
    const World world = a_world({{"data/runs.csv", model_runs()}});
    const auto last = [&](const char* share) {
        return statuses(world, {{"paragraph",
                                 std::string{"The mean speed of alpha-7b is 116.667 MB/s, of beta-3b 65.667 MB/s: "} +
                                     share + " faster.",
                                 "", "", 0, 3}})
            .back();
    };
    BOOST_TEST((last("77.7%") == holds_true));
    BOOST_TEST((last("43.7%") != holds_true)); // by so much beta is slower
}

BOOST_AUTO_TEST_CASE(a_bare_statistic_is_of_the_metric_that_the_lead_names) {
    const World world = a_world({{"data/runs.csv", model_runs()}});
    const auto all = statuses(world, {{"paragraph", "speed_mb_s by model (MB/s)", "", "", 0, 3},
                                      {"table", "model\tn\tmedian\tinterval", "table-1", "", 0, 5},
                                      {"row", "beta-3b\t3\t64.5\t62.25-70.25", "table-1", "", 0, 7}});
    BOOST_TEST((all == std::vector<Status>{holds_true, holds_true, holds_true}));
}

BOOST_AUTO_TEST_CASE(the_type_of_a_file_that_is_named_counts_no_files) {
    const World world = a_world({{"data/runs.csv", model_runs()}, {"data/sweep.csv", layer_sweep()}});
    const auto all = statuses(world, {{"paragraph", "The file data/runs.csv has 9 rows.", "", "", 0, 3}});
    BOOST_TEST((all.at(0) != Status::contradicted));
    BOOST_TEST((statuses(world, {{"paragraph", "2 files: 2 csv", "", "", 0, 3}}) ==
                std::vector<Status>{holds_true, holds_true}));
}

BOOST_AUTO_TEST_CASE(a_sentence_may_end_with_a_number) {
    const Document document =
        read_document({{"paragraph", "It reached 184.2. The other ran at 10.5. Done, i.e. finished.", "", "", 0, 1}});
    BOOST_TEST(document.statements.size() == 3U);
}

BOOST_AUTO_TEST_SUITE_END()

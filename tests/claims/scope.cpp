// The night, the run or the file that a number is said of: values of others do not support it.
#include "claims/judge.hpp"
#include <boost/test/unit_test.hpp>
#include <tuple>

using namespace assay::claims;

namespace {

SourceTable night_latency(double shift) {
    SourceTable table;
    table.name = "rows";
    table.columns = {
        {"model", "", ASSAY_TYPE_TEXT, ASSAY_ROLE_PARAMETER, ASSAY_DIRECTION_UNKNOWN, false, false, false},
        {"latency_ms", "ms", ASSAY_TYPE_FLOAT, ASSAY_ROLE_METRIC, ASSAY_DIRECTION_LOWER, false, false, false}};
    for (const double step : {-0.02, -0.01, 0.0, 0.01, 0.02}) {
        table.rows.push_back({table.rows.size() + 2, ASSAY_ROW_OK, {std::string{"vit"}, 5.47 + shift + step}});
        table.rows.push_back({table.rows.size() + 2, ASSAY_ROW_OK, {std::string{"resnet"}, 2.9 + step}});
    }
    return table;
}

/// Median of vit in the one 5.47 ms, in the other 6.64 ms.
World two_files(const char* one, const char* other) {
    World world;
    add_tables(world, 0, {one}, {}, {night_latency(0)});
    add_tables(world, 1, {other}, {}, {night_latency(1.17)});
    for (const char* path : {one, other}) world.files.push_back({path, ".csv", true});
    weigh(world);
    return world;
}

World two_nights() { return two_files("2026-11-17/latency.csv", "2026-11-18/latency.csv"); }
World two_runs() { return two_files("baseline/latency.csv", "candidate/latency.csv"); }

/// Of the numbers, dates left out.
std::vector<Verdict> verdicts_of(const World& world, std::vector<KeptNode> nodes, const char* title = "Results") {
    nodes.insert(nodes.begin(), {"heading", title, "", "", 1, 1});
    const Document document = read_document(nodes);
    std::vector<Verdict> out;
    const auto all = judge(world, document, "note.md");
    for (std::size_t i = 0; i < all.size(); ++i) {
        BOOST_TEST_MESSAGE(document.claims[i].text << ": " << all[i].reason);
        if (document.claims[i].quantity.kind == Kind::number) out.push_back(all[i]);
    }
    return out;
}

std::vector<Status> said_in(const World& world, const std::string& paragraph, const char* title = "Results") {
    std::vector<Status> out;
    for (const auto& verdict : verdicts_of(world, {{"paragraph", paragraph, "", "", 0, 3}}, title))
        out.push_back(verdict.status);
    return out;
}

std::vector<Status> rows_of(const World& world, const std::string& columns, const std::vector<std::string>& rows) {
    std::vector<KeptNode> nodes{{"table", columns, "table-1", "", 0, 3}};
    for (const auto& row : rows) nodes.push_back({"row", row, "table-1", "", 0, 4 + nodes.size()});
    std::vector<Status> out;
    for (const auto& verdict : verdicts_of(world, nodes)) out.push_back(verdict.status);
    return out;
}

Status below(const World& world, const char* heading) {
    return verdicts_of(world, {{"heading", heading, "", "", 2, 3},
                               {"paragraph", "vit has a median latency of 5.47 ms.", "", "", 0, 5}})
        .at(0)
        .status;
}

/// Two rates of requests, each in a file of its own.
World two_rates() {
    World world;
    std::size_t artifact = 0;
    for (const auto& [path, rate, latency] :
         {std::tuple{"serving/one.json", 4.0, 68.25}, {"serving/two.json", 16.0, 102.5}}) {
        SourceTable table;
        table.name = "results";
        table.columns = {
            {"request_rate", "", ASSAY_TYPE_INT, ASSAY_ROLE_PARAMETER, ASSAY_DIRECTION_UNKNOWN, false, false, false},
            {"median_ttft_ms", "ms", ASSAY_TYPE_FLOAT, ASSAY_ROLE_METRIC, ASSAY_DIRECTION_LOWER, false, false, false}};
        table.rows.push_back({2, ASSAY_ROW_OK, {rate, latency}});
        add_tables(world, artifact++, {path}, {}, {table});
        world.files.push_back({path, ".json", true});
    }
    weigh(world);
    return world;
}

using Statuses = std::vector<Status>;
constexpr Status is_true = Status::supported, is_false = Status::contradicted, is_unknown = Status::unsupported;

} // namespace

BOOST_AUTO_TEST_CASE(a_number_of_one_night_is_not_supported_by_another) {
    const World world = two_nights();
    BOOST_TEST((said_in(world, "On 2026-11-17 vit has a median latency of 5.47 ms.") == Statuses{is_true}));
    BOOST_TEST((said_in(world, "On 2026-11-18 vit has a median latency of 5.47 ms.") == Statuses{is_false}));
    BOOST_TEST((said_in(world, "On 2026-11-19 vit has a median latency of 5.47 ms.") == Statuses{is_unknown}));
}

BOOST_AUTO_TEST_CASE(the_reason_says_which_file_has_the_number) {
    const auto all =
        verdicts_of(two_nights(), {{"paragraph", "On 2026-11-18 vit has a median latency of 5.47 ms.", "", "", 0, 3}});
    BOOST_TEST(all.at(0).reason.find("2026-11-17/latency.csv is 5.47 ms") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_row_is_of_the_night_in_its_cells_and_below_a_header_of_that_night) {
    const World world = two_nights();
    BOOST_TEST((rows_of(world, "night\tmodel\tmedian latency (ms)",
                        {"2026-11-17\tvit\t5.47", "2026-11-18\tvit\t5.47", "2026-11-18\tvit\t6.64"}) ==
                Statuses{is_true, is_false, is_true}));
    const auto all =
        rows_of(world, "model\tmedian latency (ms) 2026-11-17\tmedian latency (ms) 2026-11-18", {"vit\t5.47\t5.47"});
    BOOST_TEST((all.at(0) == is_true));
    BOOST_TEST((all.at(1) != is_true));
}

BOOST_AUTO_TEST_CASE(what_stands_below_a_heading_is_of_its_night) {
    BOOST_TEST((below(two_nights(), "2026-11-17") == is_true));
    BOOST_TEST((below(two_nights(), "2026-11-18") == is_false));
    BOOST_TEST((below(two_nights(), "2026-11-19") == is_unknown));
}

BOOST_AUTO_TEST_CASE(a_number_of_one_run_is_not_supported_by_another) {
    const World world = two_runs();
    BOOST_TEST((said_in(world, "In the baseline run vit has a median latency of 5.47 ms.") == Statuses{is_true}));
    BOOST_TEST((said_in(world, "In the candidate run vit has a median latency of 5.47 ms.") == Statuses{is_false}));
    BOOST_TEST((rows_of(world, "run\tmodel\tmedian latency (ms)", {"baseline\tvit\t5.47", "candidate\tvit\t5.47"}) ==
                Statuses{is_true, is_false}));
    BOOST_TEST((below(world, "Candidate") == is_false));
}

BOOST_AUTO_TEST_CASE(a_run_that_no_file_is_called_by_is_of_none) {
    BOOST_TEST((rows_of(two_runs(), "run\tmodel\tmedian latency (ms)", {"baseline\tvit\t5.47", "nightly\tvit\t5.47"}) ==
                Statuses{is_true, is_unknown}));
}

BOOST_AUTO_TEST_CASE(a_name_in_the_sentence_outranks_the_heading) {
    const auto all =
        verdicts_of(two_runs(), {{"heading", "Candidate", "", "", 2, 3},
                                 {"paragraph", "In the baseline vit has a median latency of 5.47 ms.", "", "", 0, 5}});
    BOOST_TEST((all.at(0).status == is_true));
}

BOOST_AUTO_TEST_CASE(of_two_nights_in_a_sentence_each_number_is_of_its_own) {
    const World world = two_nights();
    BOOST_TEST((said_in(world, "The median latency of vit rose from 5.47 ms on 2026-11-17 to 6.64 ms on 2026-11-18.") ==
                Statuses{is_true, is_true}));
    for (const auto status :
         said_in(world, "The median latency of vit was 6.64 ms on 2026-11-17 and 5.47 ms on 2026-11-18."))
        BOOST_TEST((status != is_true));
    BOOST_TEST((said_in(world, "On 2026-11-18 vit has a median latency of 6.64 ms instead of 5.47 ms.") ==
                Statuses{is_true, is_true}));
}

BOOST_AUTO_TEST_CASE(a_setting_that_tells_files_apart_chooses_the_file) {
    const World world = two_rates();
    BOOST_TEST((said_in(world, "At 16 requests/s the median TTFT was 102.5 ms.").back() == is_true));
    BOOST_TEST((said_in(world, "At 16 requests/s the median TTFT was 68.25 ms.").back() != is_true));
}

BOOST_AUTO_TEST_CASE(a_rate_that_is_a_parameters_value_is_a_setting) {
    BOOST_TEST((said_in(two_rates(), "At 16 requests/s the median TTFT was 102.5 ms.").front() != is_unknown));
}

BOOST_AUTO_TEST_CASE(a_number_that_only_one_of_several_files_denies_is_not_contradicted) {
    // Which of the two nights is meant is not said.
    BOOST_TEST((said_in(two_nights(), "vit has a median latency of 8.31 ms.") == Statuses{is_unknown}));
}

BOOST_AUTO_TEST_CASE(a_date_of_the_document_itself_restricts_nothing) {
    BOOST_TEST((said_in(two_runs(), "vit has a median latency of 5.47 ms in the baseline.", "Report of 2026-11-20") ==
                Statuses{is_true}));
    const auto all =
        verdicts_of(two_nights(), {{"paragraph", "Date: 2026-11-20", "", "", 0, 3},
                                   {"paragraph", "vit has a median latency of 5.47 ms on 2026-11-17.", "", "", 0, 5}});
    BOOST_TEST((all.at(0).status == is_true));
}

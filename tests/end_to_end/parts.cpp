// A large CSV or NDJSON that several workers read in parts gives the report of one that is read as a whole.
#include "program.hpp"
#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>

using namespace assay::test;

namespace {

constexpr const char* in_parts = R"({"name": "parts", "inputs": ["data"], "limits": {"part_bytes": 4194304},
 "analyzers": [{"use": "inventory"}, {"use": "profile"}, {"use": "statistics"}],
 "renderers": [{"use": "json", "to": "report.json"}]})";

/// Row `i` of a benchmark's results; every 50th failed, some have no value.
std::string row(std::size_t i) {
    const std::string n = std::to_string(i), value = std::to_string(i * 7919 % 100'000);
    const bool failed = i % 50 == 7;
    return "host" + std::to_string(i % 3) + "," + std::to_string(1U << (i % 4)) + "," + n + "," +
           (failed || i % 97 == 0 ? "" : value + ".25") + "," + (failed ? "\"out of \"\"memory\"\",\nagain\"" : "") +
           (i % 5 == 0 ? "\r\n" : "\n");
}

/// Some 9 MiB of rows, with `oddity` put in between rows behind that share of them.
std::string rows(const std::string& oddity = {}, double share = 0, std::size_t times = 1) {
    static const std::string all = [] {
        std::string text = "host,threads,step,latency_ms,error\n";
        for (std::size_t i = 0; text.size() < (9U << 20U); ++i) text += row(i);
        return text;
    }();
    std::string text = all;
    if (oddity.empty()) return text;
    std::string odd;
    for (std::size_t i = 0; i < times; ++i) odd += oddity;
    const auto size = static_cast<double>(text.size());
    return text.insert(text.find("\nhost", static_cast<std::size_t>(size * share)) + 1, odd);
}

/// The report of `content` read by several workers, which must be what one makes of it; what the last told is in
/// `told`.
std::string report_of(const std::string& content, std::string& told, const std::vector<std::string>& several = {"7"},
                      const std::string& name = "data.csv") {
    const Folder folder;
    folder.write("pipeline.json", in_parts);
    folder.write("data/" + name, content);
    std::vector<std::string> ways{"1"};
    ways.insert(ways.end(), several.begin(), several.end());
    std::string expected;
    for (const std::string& jobs : ways) {
        const auto ran = run_program({"run", "pipeline.json", "--jobs", jobs, "--output", "out" + jobs, "-v"},
                                     {.folder = folder.path});
        BOOST_REQUIRE_MESSAGE(ran.status == 0, ran.err);
        const std::string report = without_run(read_file(folder / ("out" + jobs + "/report.json")));
        if (expected.empty()) expected = report;
        BOOST_TEST_CONTEXT("jobs " << jobs) BOOST_TEST((report == expected));
        told = ran.err;
    }
    return expected;
}

/// Some 33 MiB of results, an object a line: more than is read like a document.
const std::string& lines() {
    static const std::string all = [] {
        std::string text;
        const std::string note(160, 'n');
        for (std::size_t i = 0; text.size() < (33U << 20U); ++i) {
            const std::string n = std::to_string(i), value = std::to_string(i * 7919 % 100'000);
            text += R"({"host":{"name":"host)" + std::to_string(i % 3) + R"("},"step":)" + n + R"(,"note":")" + note;
            text += i % 50 == 7 ? R"(","error":"out of \"memory\""})" : R"(","latency_ms":)" + value + ".25}";
            text += i % 5 == 0 ? "\r\n" : i % 997 == 0 ? "\n\n" : "\n";
        }
        return text;
    }();
    return all;
}
std::string lines_with(const std::string& oddity, double share) {
    std::string text = lines();
    return text.insert(text.find("\n{", static_cast<std::size_t>(static_cast<double>(text.size()) * share)) + 1,
                       oddity);
}

/// Some 9 MiB that the faulty parser takes.
std::string faulty_content(const std::string& kind) { return "fault: " + kind + "\n" + std::string(9U << 20U, 'x'); }

/// Runs p.json with the plugins of these tests; the report goes to stdout.
Ran run_with_faults(const Folder& folder, const std::string& jobs) {
    return run_program(
        {"run", "p.json", "--plugin-path", ASSAY_BUILD_DIR "/tests/end_to_end/plugins", "--jobs", jobs, "-v"},
        {.folder = folder.path});
}

} // namespace

BOOST_AUTO_TEST_SUITE(parts)

BOOST_AUTO_TEST_CASE(a_file_with_quoted_line_ends_and_missing_cells_is_read_in_parts_to_the_same_bytes) {
    std::string told;
    const auto report = report_of(rows(), told, {"2", "7"});
    BOOST_TEST(has(told, "data.csv was read in 3 parts"));
    BOOST_TEST(has(report, "\"rows_failed\":"));
}

BOOST_AUTO_TEST_CASE(odd_rows_far_apart_are_told_with_their_lines_as_in_one_reading) {
    std::string told;
    const auto report = report_of(rows("too,few\n\n", 0.6) + "host1,1,x,1,\nlast,1,2,3,", told);
    BOOST_TEST(has(told, "data.csv was read in 3 parts"));
    BOOST_TEST(has(report, "ragged-row"));
    BOOST_TEST(has(report, "misfit"));
}

BOOST_AUTO_TEST_CASE(a_column_that_only_a_later_part_shows_to_be_wider_is_wider_in_all) {
    std::string told;
    report_of(rows("host1,1,2.5,1,\n", 0.9), told);
    BOOST_TEST(has(told, "data.csv was read in 3 parts"));
}

BOOST_AUTO_TEST_CASE(repetitions_side_by_side_are_rows_however_they_are_read) {
    std::string text = "benchmark,time_ms_run1,time_ms_run2,time_ms_run3,time_ms_run4\n";
    std::size_t n = 0;
    for (; text.size() < (9U << 20U); ++n)
        text += "b" + std::to_string(n % 5) + "," + std::to_string(n % 97) + "," + (n % 7 == 0 ? "" : "3") + ",7," +
                std::to_string(n % 89) + "\n";
    std::string told;
    const auto report = report_of(text + "b1,1,2.5,3,4\n", told); // the last row makes one of them real
    BOOST_TEST(has(told, "data.csv was read in 3 parts"));
    BOOST_TEST(has(report, "repetitions side by side, 'time_ms_run1' to 'time_ms_run4'"));
    BOOST_TEST(has(report, "\"rows_ok\":" + std::to_string(4 * (n + 1))));
}

BOOST_AUTO_TEST_CASE(what_parts_cannot_promise_is_read_as_a_whole) {
    const std::vector<std::pair<std::string, std::size_t>> oddities{
        {"host1,1,2,3,\"never closed\n", 1}, // where a record begins is not to be told by quotes
        {"host1,1,2,3,5\" wide\n", 3},       // likewise
        {"host1,1,2,3,caf\xE9\n", 1},        // another encoding
        {std::string{"host1,1,2,3,a\0b\n", 16}, 1},
        {"too,few\n", 50}}; // more than are told one by one
    for (const auto& [oddity, times] : oddities) {
        std::string told;
        report_of(rows(oddity, 0.5, times), told);
        BOOST_TEST(has(told, "data.csv is read as a whole: "));
    }
}

BOOST_AUTO_TEST_CASE(large_ndjson_is_read_in_parts_to_the_same_bytes) {
    std::string told;
    const auto report = report_of(lines(), told, {"2", "7"}, "data.ndjson");
    BOOST_TEST(has(told, "data.ndjson was read in 5 parts"));
    BOOST_TEST(has(report, "\"rows_failed\":"));
}

BOOST_AUTO_TEST_CASE(bad_lines_far_apart_are_told_with_their_lines_and_counted_in_all) {
    std::string told;
    const auto report = report_of("\xEF\xBB\xBF" + lines_with("{\"host\":\n \nno\nno\nno\nno\n", 0.4) +
                                      "no\n{\"step\":NaN}\n{\"step\":1,\"latency_ms\"",
                                  told, {"7"}, "data.ndjson");
    BOOST_TEST(has(told, "data.ndjson was read in 5 parts"));
    BOOST_TEST(has(report, "\"rows_rejected\":7"));
    BOOST_TEST(has(report, "nan-literal"));
}

BOOST_AUTO_TEST_CASE(columns_and_types_of_ndjson_that_only_a_late_part_shows_are_those_of_all) {
    std::string told;
    const auto report =
        report_of(lines_with("{\"step\":0.5,\"late\":[1, 2]}\n", 0.95), told, {"2", "7"}, "data.ndjson");
    BOOST_TEST(has(told, "data.ndjson was read in 5 parts"));
    BOOST_TEST(has(report, "\"name\":\"late\""));
}

BOOST_AUTO_TEST_CASE(a_part_that_crashes_or_lies_costs_nothing_but_its_time) {
    const Folder folder;
    for (const std::string kind : {"survey", "part", "places", "again", "chunks"})
        folder.write("tree/" + kind + ".fault", faulty_content(kind));
    folder.write("p.json", R"({"inputs": ["tree"], "parsers": [{"use": "faulty"}], "limits": {"part_bytes": 4194304},
 "analyzers": [{"use": "inventory"}, {"use": "profile"}], "renderers": [{"use": "json", "to": "-"}]})");
    const auto in_parts = run_with_faults(folder, "3");
    BOOST_TEST_CONTEXT(in_parts.err) {
        BOOST_TEST(in_parts.status == 0);
        BOOST_TEST((without_run(in_parts.out) == without_run(run_with_faults(folder, "1").out)));
        BOOST_TEST(has(in_parts.err, "survey.fault lost a part: SIGSEGV"));
        BOOST_TEST(has(in_parts.err, "part.fault lost a part: SIGSEGV"));
        BOOST_TEST(has(in_parts.err, "places.fault is read as a whole: its parts do not fit together"));
        BOOST_TEST(has(in_parts.err, "again.fault is read as a whole: its parts do not fit together"));
        BOOST_TEST(has(in_parts.err, "chunks.fault is read as a whole: its parts cannot be joined"));
    }
}

BOOST_AUTO_TEST_CASE(a_file_that_changes_while_its_parts_are_read_has_changed_while_read) {
    const Folder folder;
    folder.write("tree/changes.fault", faulty_content("changes"));
    folder.write("p.json", R"({"inputs": ["tree"], "limits": {"part_bytes": 4194304},
 "parsers": [{"use": "faulty", "with": {"marker": ")" +
                               (folder / "tree/changes.fault") + R"("}}],
 "analyzers": [{"use": "inventory"}], "renderers": [{"use": "json", "to": "-"}]})");
    const auto ran = run_with_faults(folder, "2");
    BOOST_TEST_CONTEXT(ran.err)
    BOOST_TEST(has(ran.err, "changes.fault is read as a whole: its parts cannot be joined"));
    BOOST_TEST(has(ran.out, "\"status\":\"failed\",\"reason_code\":\"changed-while-read\""));
}

BOOST_AUTO_TEST_CASE(a_saved_state_that_does_not_load_makes_the_file_be_read_as_a_whole) {
    const Folder folder;
    folder.write("data.csv", rows());
    folder.write("p.json", R"({"inputs": ["data.csv"], "limits": {"part_bytes": 4194304},
 "analyzers": [{"use": "fragile"}, {"use": "inventory"}], "renderers": [{"use": "json", "to": "-"}]})");
    const auto ran = run_with_faults(folder, "3");
    BOOST_TEST_CONTEXT(ran.err) BOOST_TEST(ran.status == 0);
    BOOST_TEST(has(ran.err, "data.csv is read as a whole: its parts cannot be joined"));
    BOOST_TEST(has(ran.out, "\"status\":\"parsed\""));
}

BOOST_AUTO_TEST_CASE(with_exact_all_quantiles_and_counts_are_exact_in_parts_too) {
    const Folder folder;
    folder.write("data.csv", rows());
    folder.write("p.json", R"({"inputs": ["data.csv"], "limits": {"part_bytes": 4194304},
 "analyzers": [{"use": "profile"}, {"use": "statistics"}], "renderers": [{"use": "json", "to": "-"}]})");
    const auto run = [&](const std::string& exact, const std::string& jobs) {
        const auto ran = run_program({"run", "p.json", "--jobs", jobs, "--set", "analyzers.profile.exact=" + exact},
                                     {.folder = folder.path});
        return without_run(ran.out);
    };
    const std::string report = run("true", "1");
    BOOST_TEST(has(report, "\"stat\":\"median\""));
    BOOST_TEST(has(report, "\"stat\":\"distinct\""));
    BOOST_TEST(!has(report, "\"approx\":true"));
    BOOST_TEST((report == run("true", "3")));
    BOOST_TEST(has(run("false", "3"), "\"approx\":true"));
}

BOOST_AUTO_TEST_CASE(what_comes_from_a_sketch_is_marked_wherever_it_is_shown) {
    const Folder folder;
    folder.write("data.csv", rows());
    folder.write("p.json", R"({"inputs": ["data.csv"], "analyzers": [{"use": "profile"}, {"use": "statistics"}],
 "renderers": [{"use": "json", "to": "-"}]})");
    for (const std::string exact : {"false", "true"}) {
        const auto ran =
            run_program({"run", "p.json", "--set", "analyzers.profile.exact=" + exact}, {.folder = folder.path});
        const auto report = nlohmann::json::parse(ran.out);
        std::size_t marked = 0;
        for (const auto& fact : report.at("facts")) {
            if (fact.at("kind") == "histogram") continue; // shows its number of observations
            const bool is_marked = has(fact.value("display", ""), "≈");
            BOOST_TEST(is_marked == fact.value("approx", false), fact.dump());
            marked += is_marked ? 1U : 0U;
        }
        BOOST_TEST((marked > 0) == (exact == "false"));
        BOOST_TEST(has(ran.out, "≈ from a log sketch (within 0.39 %)") == (exact == "false"));
    }
}

BOOST_AUTO_TEST_SUITE_END()

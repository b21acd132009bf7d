// Artifacts are looked at in parts, side by side, and what each gave is joined: how files fall into parts changes
// nothing.
#include "findings.hpp"
#include <algorithm>

using namespace assay::test;

namespace {

/// One dataset in six files, its means, and a file twice: what families note of one file matters only beside others.
Files measurements() {
    const auto run = [](int file, const std::string& level, const std::string& extra = "") {
        return csv("model,level,latency_ms,eval_ms,wobble,fixed_ms,temp_c,power,outcome,measured_at" +
                       std::string{extra.empty() ? "" : ",ttft_ms"},
                   24, [&](int i) {
                       const bool missing = file % 2 == 0 && i == 3 + file;
                       return "m," + level + "," + (missing ? "" : std::to_string(10 + file + i) + ".5") + "," +
                              std::to_string(20 * i + i * i % 7 * 9) + ".5," + std::to_string(file) + ".25,4.5,-1,7" +
                              (i % 2 ? ".5," : ",") + (i == 5 && file > 2 ? "KO?" : "ok") + ",2024-0" +
                              std::to_string(1 + file) + "-01T00:00:" + std::to_string(10 + i) + "Z" + extra;
                   });
    };
    Files out;
    for (int file = 1; file <= 6; ++file)
        out.push_back({"runs/" + std::to_string(file) + ".csv",
                       run(file, file == 4 ? "high" : "3", file == 2 || file == 5 ? ",8.5" : "")});
    out.push_back(
        {"other/means.csv", csv("model,mean_latency_ms", 6, [](int i) { return "m," + std::to_string(i) + ".5"; })});
    out.push_back({"zother/again.csv", out[2].second + "\n"});
    out.push_back({"zother/env.csv", "driver_version,latency_ms\n1.2,3.5\n"});
    return out;
}

/// The findings that are not about the padding itself, the evidence of all among them.
std::vector<std::string> findings_with(const std::vector<std::string>& padding) {
    Files files = measurements();
    for (const auto& path : padding) files.push_back({path, "nothing that was measured\n"});
    std::vector<std::string> out;
    const auto report = report_of(files);
    for (auto finding : report["findings"]) {
        const auto rule = finding["rule"].get<std::string>();
        if (rule.starts_with("I") || rule == "T1") continue; // of the files themselves, the padding included
        finding.erase("fingerprint");
        out.push_back(finding.dump());
    }
    return out;
}

std::vector<std::string> files_below(const std::string& folder, int n) {
    std::vector<std::string> out;
    for (int i = 0; i < n; ++i) out.push_back(folder + "/" + std::to_string(1000 + i) + ".log");
    return out;
}

} // namespace

BOOST_AUTO_TEST_SUITE(gaps_parts)

BOOST_AUTO_TEST_CASE(how_files_fall_into_parts_changes_no_finding) {
    const auto apart = findings_with({}); // each file is a part
    for (const std::string rule : {"C1", "C2", "C4", "K5", "N9", "T5", "U1", "X5", "Z1", "Z2", "Z11", "H1"})
        BOOST_TEST(std::any_of(apart.begin(), apart.end(),
                               [&](const std::string& one) { return has(one, R"("rule":")" + rule + "\""); }),
                   rule);
    const auto together = findings_with(files_below("zz", 200)); // all files are in one part
    BOOST_TEST(together == apart, boost::test_tools::per_element());
    const auto divided = findings_with(files_below("a", 36)); // two or three files in each
    BOOST_TEST(divided == apart, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()

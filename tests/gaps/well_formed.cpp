// What is well-formed, plentiful and says its units: no rule finds more than information.
#include "findings.hpp"
#include <array>
#include <chrono>
#include <ctime>
#include <random>

using namespace assay::test;

namespace {

std::string utc(std::time_t time) {
    char text[32];
    std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", std::gmtime(&time));
    return text;
}

/// 2 models, 4 batch sizes, 7 repetitions, in any order.
std::string sweep(std::time_t begin, std::mt19937& random) {
    std::vector<std::array<int, 3>> cells;
    for (int model = 0; model < 2; ++model)
        for (const int batch : {1, 2, 4, 8})
            for (int repetition = 0; repetition < 7; ++repetition) cells.push_back({model, batch, repetition});
    std::shuffle(cells.begin(), cells.end(), random);
    std::normal_distribution<> noise{1, 0.02};
    std::string text = "timestamp,model,batch,repetition,latency_ms,throughput_items_per_s,memory_used_mib,error\n";
    for (const auto& [model, batch, repetition] : cells) {
        const double latency = (10 + 15 * model) * (1 + 0.3 * batch) * noise(random);
        text += utc(begin += 2) + (model == 0 ? ",small," : ",large,") + std::to_string(batch) + "," +
                std::to_string(repetition) + "," + std::to_string(latency) + "," +
                std::to_string(1000 * batch / latency) + "," + std::to_string(900 * noise(random)) + ",\n";
    }
    return text;
}

std::string telemetry(std::time_t begin, std::mt19937& random) {
    std::normal_distribution<> noise{1, 0.02};
    std::string text = "timestamp,gpu_id,power_w,temperature_celsius,memory_used_mib\n";
    for (int second = 0; second < 120; ++second)
        for (const char* gpu : {",0,", ",1,"})
            text += utc(begin + second) + gpu + std::to_string(120 * noise(random)) + "," +
                    std::to_string(60 * noise(random)) + "," + std::to_string(9000 * noise(random)) + "\n";
    return text;
}

} // namespace

BOOST_AUTO_TEST_SUITE(gaps_well_formed)

BOOST_AUTO_TEST_CASE(well_formed_runs_give_nothing_but_information) {
    std::mt19937 random{1};
    const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
    Files files{
        {"README.md", "# Runs\n\n| model | batches |\n|---|---|\n| small | 1, 2, 4, 8 |\n| large | 1, 2, 4, 8 |\n"}};
    for (int run = 1; run <= 6; ++run) {
        const std::string folder = "runs/" + std::to_string(run) + "/";
        const std::time_t begin = now - 3600 * (8 - run);
        files.emplace_back(folder + "runs.csv", sweep(begin, random));
        files.emplace_back(folder + "telemetry.csv", telemetry(begin, random));
        files.emplace_back(folder + "environment.json",
                           R"({"cpu": "EPYC", "cores": 64, "memory_gb": 256, "driver": "550.1", "os": "Linux"})");
    }
    const auto report = report_of(files);
    for (const auto& finding : report["findings"]) BOOST_TEST(finding["severity"] == "info", finding.dump());
}

BOOST_AUTO_TEST_SUITE_END()

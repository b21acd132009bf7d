// False alarms: on well-formed data (a sweep with repetitions in random order, telemetry, environment) no finding above
// info appears.
#include "findings.hpp"
#include <algorithm>
#include <cstdio>
#include <random>

using namespace assay::test;

namespace {

constexpr int trees = 200;

std::string fixed(double value, int decimals) {
    char text[32];
    std::snprintf(text, sizeof text, "%.*f", decimals, value);
    return text;
}

std::string minute(int n) {
    char text[32];
    std::snprintf(text, sizeof text, "2025-10-%02dT%02d:%02d:%02dZ", 2 + n / 86400, n / 3600 % 24, n / 60 % 60, n % 60);
    return text;
}

/// Each configuration six times or more, in random order, with noise of one or two per cent.
std::string sweep(std::mt19937& random) {
    const int batches = 2 + static_cast<int>(random() % 3), threads = 2 + static_cast<int>(random() % 2);
    const int repetitions = 6 + static_cast<int>(random() % 4);
    const double noise = 0.01 + 0.01 * static_cast<double>(random() % 100) / 100;
    std::vector<std::array<int, 3>> order;
    for (int b = 0; b < batches; ++b)
        for (int t = 0; t < threads; ++t)
            for (int r = 0; r < repetitions; ++r) order.push_back({8 << b, 1 << t, r + 1});
    std::shuffle(order.begin(), order.end(), random);
    std::normal_distribution<double> deviation{0, noise};
    std::string text = "started,model,batch_size,threads,repetition,throughput_items_per_second,latency_ms,error\n";
    for (std::size_t i = 0; i < order.size(); ++i) {
        const auto& [batch, thread, repetition] = order[i];
        const double latency = (2.0 + 0.3 * batch / thread) * (1 + deviation(random));
        const double rate = 950.0 * thread * (1 + deviation(random));
        text += minute(static_cast<int>(i) * 37) + ",resnet50," + std::to_string(batch) + "," + std::to_string(thread) +
                "," + std::to_string(repetition) + "," + fixed(rate, 3) + "," + fixed(latency, 5) + ",\n";
    }
    return text;
}

std::string telemetry(std::mt19937& random) {
    std::normal_distribution<double> power{180, 4}, temperature{64, 1.5}, load{93, 2};
    std::string text = "time,gpu_power_w,gpu_temperature_c,gpu_utilization_percent\n";
    for (int i = 0; i < 120; ++i)
        text += minute(i * 30) + "," + fixed(power(random), 2) + "," + fixed(temperature(random), 1) + "," +
                fixed(std::min(99.9, load(random)), 1) + "\n";
    return text;
}

std::string environment() {
    return R"({"generated_at": "2025-10-02T00:00:00Z", "cpu": "AMD EPYC 7543", "gpu": "NVIDIA A100", "memory_gb": 256,
 "os": "Debian 12", "driver_version": "550.54", "commit": "4f1c2d9", "framework_version": "2.4.1"})";
}

} // namespace

BOOST_AUTO_TEST_SUITE(gaps_clean)

BOOST_AUTO_TEST_CASE(fewer_than_two_in_a_hundred_clean_trees_have_a_finding_above_info) {
    int alarms = 0;
    std::string what;
    for (int seed = 0; seed < trees; ++seed) {
        std::mt19937 random{static_cast<unsigned>(seed)};
        const auto report = report_of({{"run/sweep.csv", sweep(random)},
                                       {"run/telemetry.csv", telemetry(random)},
                                       {"run/environment.json", environment()}});
        std::string found;
        for (const auto& finding : report["findings"])
            if (finding["severity"] != "info")
                found += "\n  seed " + std::to_string(seed) + " " + finding["rule"].get<std::string>() + " " +
                         finding["message"].get<std::string>();
        alarms += found.empty() ? 0 : 1;
        what += found;
    }
    BOOST_TEST_MESSAGE(alarms << " of " << trees << " trees" << what);
    BOOST_TEST(alarms * 50 < trees, alarms << " of " << trees << " clean trees have findings:" << what);
}

BOOST_AUTO_TEST_SUITE_END()

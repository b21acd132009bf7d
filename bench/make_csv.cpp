// make_csv [--rows N | --mb N] [--metrics N] [--logs PERCENT] [--seed N]: a benchmark's CSV on stdout. Columns:
// started, host (8 values), model (5), batch (6), metrics, error. 1 % of the metrics' cells are missing; 2 % of the
// rows failed: no metrics, and the error says why. With --logs a last column `log`, quoted text of several lines in so
// many rows.
#include "generator.hpp"
#include <array>

namespace {

using bench::Random, bench::unbounded;

struct Metric {
    const char* name;
    std::uint64_t centre; // in units of its last decimal
    int decimals;
};
constexpr std::array<Metric, 10> metrics{{{"tokens_s", 84'120, 3},
                                          {"prefill_tokens_s", 2'104'500, 3},
                                          {"ttft_ms", 41'230, 3},
                                          {"latency_p50_ms", 11'870, 3},
                                          {"latency_p99_ms", 38'410, 3},
                                          {"load_s", 2'317, 3},
                                          {"energy_j", 913'400, 2},
                                          {"power_w", 28'130, 2},
                                          {"gpu_util_pct", 9'120, 2},
                                          {"memory_mb", 614'402, 2}}};
constexpr std::array models{"gemma3-270m", "gemma3-1b", "llama3.2-3b", "qwen2.5-7b", "mistral-7b"};
constexpr std::array batches{"1", "2", "4", "8", "16", "32"};
constexpr std::array errors{"\"timeout, after 30 s\"", "\"server said \"\"out of memory\"\"\"", "connection refused"};

void header(std::string& out, std::uint64_t columns, bool logs) {
    out += "started,host,model,batch";
    for (std::uint64_t i = 0; i < columns; ++i) {
        // Beyond the ten: the same once more, for another stream (tokens_s, then stream2_tokens_s).
        const std::uint64_t stream = i / metrics.size();
        out += stream == 0 ? "," : ",stream" + std::to_string(stream + 1) + "_";
        out += metrics[i % metrics.size()].name;
    }
    out += logs ? ",error,log\n" : ",error\n";
}

void log(std::string& out, Random& random) {
    out += "\"load: \"\"weights\"\", ";
    out += std::to_string(random.below(900) + 100) + " ms";
    for (std::uint64_t line = random.below(3); line > 0; --line)
        out += "\nstep " + std::to_string(line) + ": done, " + std::to_string(random.below(9000)) + " tokens";
    out += '"';
}

void add_row(std::string& out, Random& random, std::uint64_t row, std::uint64_t columns, std::uint64_t logs) {
    bench::timestamp(out, row);
    out += ",node0" + std::to_string(random.below(8) + 1) + ',';
    out += random.one_of(models);
    out += ',';
    out += random.one_of(batches);
    const bool failed = random.below(50) == 0;
    for (std::uint64_t i = 0; i < columns; ++i) {
        out += ',';
        if (failed || random.below(100) == 0) continue;
        const Metric& metric = metrics[i % metrics.size()];
        bench::decimal(out, bench::measured(random, metric.centre), metric.decimals);
    }
    out += ',';
    if (failed) out += random.one_of(errors);
    if (logs > 0) {
        out += ',';
        if (random.below(100) < logs) log(out, random);
    }
    out += '\n';
}

} // namespace

int main(int argc, char** argv) {
    std::uint64_t rows = unbounded, megabytes = unbounded, columns = metrics.size(), logs = 0, seed = 1;
    const bool read = bench::numbers(
        argc, argv, 1,
        {{"--rows", &rows}, {"--mb", &megabytes}, {"--metrics", &columns}, {"--logs", &logs}, {"--seed", &seed}});
    if (!read || (rows == unbounded) == (megabytes == unbounded)) {
        std::fputs("usage: make_csv [--rows N | --mb N] [--metrics N] [--logs PERCENT] [--seed N]\n", stderr);
        return 2;
    }
    Random random{seed};
    std::string first;
    header(first, columns, logs > 0);
    return bench::rows_to_stdout(
        first, rows, megabytes == unbounded ? unbounded : megabytes * 1'000'000, "make_csv",
        [&](std::string& out, std::uint64_t row) { add_row(out, random, row, columns, logs); });
}

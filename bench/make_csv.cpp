// make_csv [--rows N | --mb N] [--metrics N] [--seed N]: a benchmark's CSV on stdout. Same arguments, same bytes, on
// any machine: integers only, from SplitMix64 (Steele, Lea, Flood 2014). Columns: started, host (8 values), model (5),
// batch (6), metrics, error. 1 % of the metrics' cells are missing; 2 % of the rows failed: no metrics, and the error
// says why.
#include <array>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <string>
#include <string_view>

namespace {

struct Random {
    std::uint64_t state;
    std::uint64_t next() {
        std::uint64_t z = (state += 0x9E3779B97F4A7C15);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
    std::uint64_t below(std::uint64_t bound) { return next() % bound; }
};

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
constexpr std::array<const char*, 5> models{"gemma3-270m", "gemma3-1b", "llama3.2-3b", "qwen2.5-7b", "mistral-7b"};
constexpr std::array<const char*, 6> batches{"1", "2", "4", "8", "16", "32"};
constexpr std::array<const char*, 3> errors{"\"timeout, after 30 s\"", "\"server said \"\"out of memory\"\"\"",
                                            "connection refused"};

void two_digits(std::string& out, std::uint64_t value, char after) {
    out += static_cast<char>('0' + value / 10);
    out += static_cast<char>('0' + value % 10);
    if (after) out += after;
}

// One row every 7 seconds from 2025-01-01, in months of 28 days.
void timestamp(std::string& out, std::uint64_t row) {
    const std::uint64_t second = row * 7, day = second / 86'400;
    out += std::to_string(2025 + day / 336) + '-';
    two_digits(out, day / 28 % 12 + 1, '-');
    two_digits(out, day % 28 + 1, 'T');
    two_digits(out, second / 3600 % 24, ':');
    two_digits(out, second / 60 % 60, ':');
    two_digits(out, second % 60, 'Z');
}

void decimal(std::string& out, std::uint64_t value, int decimals) {
    std::string digits = std::to_string(value);
    const auto places = static_cast<std::size_t>(decimals);
    if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
    digits.insert(digits.size() - places, 1, '.');
    out += digits;
}

// Around the centre within 30 %: the sum of three uniform values.
std::uint64_t measured(Random& random, std::uint64_t centre) {
    const std::uint64_t third = centre / 5 + 1;
    return centre * 7 / 10 + random.below(third) + random.below(third) + random.below(third);
}

void header(std::string& out, std::uint64_t columns) {
    out += "started,host,model,batch";
    for (std::uint64_t i = 0; i < columns; ++i) {
        // Beyond the ten: the same once more, for another stream (tokens_s, then stream2_tokens_s).
        const std::uint64_t stream = i / metrics.size();
        out += stream == 0 ? "," : ",stream" + std::to_string(stream + 1) + "_";
        out += metrics[i % metrics.size()].name;
    }
    out += ",error\n";
}

void add_row(std::string& out, Random& random, std::uint64_t row, std::uint64_t columns) {
    timestamp(out, row);
    out += ",node0" + std::to_string(random.below(8) + 1) + ',';
    out += models[random.below(models.size())];
    out += ',';
    out += batches[random.below(batches.size())];
    const bool failed = random.below(50) == 0;
    for (std::uint64_t i = 0; i < columns; ++i) {
        out += ',';
        if (failed || random.below(100) == 0) continue;
        const Metric& metric = metrics[i % metrics.size()];
        decimal(out, measured(random, metric.centre), metric.decimals);
    }
    out += ',';
    if (failed) out += errors[random.below(errors.size())];
    out += '\n';
}

[[noreturn]] void usage() {
    std::fputs("usage: make_csv [--rows N | --mb N] [--metrics N] [--seed N]\n", stderr);
    std::exit(2);
}

} // namespace

int main(int argc, char** argv) {
    constexpr std::uint64_t unbounded = std::numeric_limits<std::uint64_t>::max();
    std::uint64_t rows = unbounded, megabytes = unbounded, columns = metrics.size(), seed = 1;
    for (int i = 1; i < argc; i += 2) {
        const std::string_view name{argv[i]}, text{i + 1 < argc ? argv[i + 1] : ""};
        std::uint64_t* const into = name == "--rows"      ? &rows
                                    : name == "--mb"      ? &megabytes
                                    : name == "--metrics" ? &columns
                                    : name == "--seed"    ? &seed
                                                          : nullptr;
        const auto end = text.data() + text.size();
        if (!into || text.empty() || std::from_chars(text.data(), end, *into).ptr != end) usage();
    }
    if ((rows == unbounded) == (megabytes == unbounded)) usage();
    const std::uint64_t bytes = megabytes == unbounded ? unbounded : megabytes * 1'000'000;

    Random random{seed};
    std::string out;
    header(out, columns);
    std::uint64_t written = 0;
    for (std::uint64_t row = 0; row < rows && written + out.size() < bytes; ++row) {
        add_row(out, random, row, columns);
        if (out.size() < 1 << 20) continue;
        if (std::fwrite(out.data(), 1, out.size(), stdout) != out.size()) break;
        written += out.size();
        out.clear();
    }
    const bool complete = std::fwrite(out.data(), 1, out.size(), stdout) == out.size() && std::fflush(stdout) == 0;
    if (!complete || std::ferror(stdout)) {
        std::perror("make_csv");
        return 1;
    }
}

// make_ndjson --mb N [--seed N]: one benchmark request a line on stdout: objects in objects, a small array of numbers.
// 1 % of the results' members are missing (left out or null); 2 % of the requests failed and have no result but `ok`.
#include "generator.hpp"
#include <array>

namespace {

using bench::Random;

constexpr std::array models{"gemma3-270m", "gemma3-1b", "llama3.2-3b", "qwen2.5-7b", "mistral-7b"};

void member(std::string& out, Random& random, std::string_view name, std::uint64_t centre, int decimals) {
    const std::uint64_t fate = random.below(200);
    if (fate == 0) return;
    out.append("\"").append(name).append("\":");
    if (fate == 1)
        out += "null";
    else
        bench::decimal(out, bench::measured(random, centre), decimals);
    out += ',';
}

void add_line(std::string& out, Random& random, std::uint64_t row) {
    out += R"({"request":)" + std::to_string(row) + R"(,"started":")";
    bench::timestamp(out, row);
    out += R"(","host":{"name":"node0)" + std::to_string(random.below(8) + 1);
    out += R"(","cpu":{"cores":)" + std::to_string(8U << random.below(4)) + R"(,"load":)";
    bench::decimal(out, random.below(10'000), 4);
    out += R"(}},"prompt":{"model":")";
    out += random.one_of(models);
    out += R"(","text":"Say \"hello\" to guest )" + std::to_string(random.below(100'000));
    out += R"(.","tokens":)" + std::to_string(random.below(4000) + 16) + R"(},"result":{)";
    const bool failed = random.below(50) == 0;
    if (!failed) {
        member(out, random, "tokens_s", 84'120, 3);
        out += R"("latency":{)";
        member(out, random, "first_ms", 41'230, 3);
        member(out, random, "next_ms", 11'870, 3);
        out += R"("queued_ms":)" + std::to_string(random.below(3000)) + "},";
        member(out, random, "energy_j", 913'400, 2);
    }
    out += failed ? R"("ok":false},"steps_ms":[)" : R"("ok":true},"steps_ms":[)";
    for (std::uint64_t i = failed ? 0 : random.below(4) + 1; i > 0; --i) {
        bench::decimal(out, bench::measured(random, 11'870), 3);
        if (i > 1) out += ',';
    }
    out += "]}\n";
}

} // namespace

int main(int argc, char** argv) {
    std::uint64_t megabytes = 0, seed = 3;
    if (!bench::numbers(argc, argv, 1, {{"--mb", &megabytes}, {"--seed", &seed}}) || megabytes == 0) {
        std::fputs("usage: make_ndjson --mb N [--seed N]\n", stderr);
        return 2;
    }
    Random random{seed};
    return bench::rows_to_stdout({}, bench::unbounded, megabytes * 1'000'000, "make_ndjson",
                                 [&](std::string& out, std::uint64_t row) { add_line(out, random, row); });
}

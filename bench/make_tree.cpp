// make_tree FOLDER --files N [--seed N]: N small files of benchmarks, 50 a folder: of 20 files 12 are JSON, 5 are CSV,
// 3 are Markdown. Of 100,000 files 2,000 folders.
#include "generator.hpp"
#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>

namespace {

using bench::Random;

constexpr std::uint64_t files_a_folder = 50, folders_a_suite = 100;
constexpr std::array models{"gemma3-270m", "gemma3-1b", "llama3.2-3b", "qwen2.5-7b", "mistral-7b"};

std::string milliseconds(Random& random, std::uint64_t centre) {
    std::string text;
    bench::decimal(text, bench::measured(random, centre), 3);
    return text;
}

// Operands of << are evaluated from left to right, those of + in any order: the bytes depend on it.
void json(std::ostream& out, Random& random, std::uint64_t number) {
    out << "{\n  \"run\": " << number << ",\n  \"model\": \"" << random.one_of(models)
        << "\",\n  \"config\": { \"batch\": " << (1U << random.below(6))
        << ", \"context\": " << (1024U << random.below(4)) << " },\n  \"result\": {\n"
        << "    \"latency_ms\": " << milliseconds(random, 41'230)
        << ",\n    \"load_ms\": " << milliseconds(random, 2'317'000)
        << ",\n    \"energy_j\": " << milliseconds(random, 913'400) << ",\n    \"tokens\": " << random.below(4000)
        << "\n  },\n  \"steps_ms\": [";
    for (int i = 0; i < 12; ++i) out << (i == 0 ? "" : ", ") << milliseconds(random, 11'870);
    out << "]\n}\n";
}

void csv(std::ostream& out, Random& random, std::uint64_t number) {
    out << "run,model,batch,repetition,latency_ms,energy_j\n";
    const std::string model = random.one_of(models);
    for (unsigned batch = 1; batch <= 16; batch *= 4)
        for (int repetition = 1; repetition <= 7; ++repetition)
            out << number << ',' << model << ',' << batch << ',' << repetition << ','
                << milliseconds(random, std::uint64_t{11'870} * batch) << ',' << milliseconds(random, 91'340) << '\n';
}

void markdown(std::ostream& out, Random& random, std::uint64_t number) {
    out << "# Run " << number << "\n\nThe model was *" << random.one_of(models)
        << "*; nothing else ran.\n\n| batch | latency | energy |\n|---|---|---|\n";
    for (unsigned batch = 1; batch <= 16; batch *= 2)
        out << "| " << batch << " | " << milliseconds(random, std::uint64_t{11'870} * batch) << " ms | "
            << milliseconds(random, 91'340) << " J |\n";
    out << "\n## Notes\n\n- warm-up: 3 runs\n- the first run took " << milliseconds(random, 61'870) << " ms\n";
}

std::string padded(std::uint64_t number, std::size_t digits) {
    std::string text = std::to_string(number);
    return text.insert(0, digits - std::min(digits, text.size()), '0');
}

} // namespace

int main(int argc, char** argv) {
    std::uint64_t files = 0, seed = 4;
    if (argc < 2 || !bench::numbers(argc, argv, 2, {{"--files", &files}, {"--seed", &seed}}) || files == 0) {
        std::fputs("usage: make_tree FOLDER --files N [--seed N]\n", stderr);
        return 2;
    }
    Random random{seed};
    for (std::uint64_t number = 0; number < files; ++number) {
        const std::uint64_t folder = number / files_a_folder, kind = number % 20;
        const auto path = std::filesystem::path{argv[1]} / ("suite" + padded(folder / folders_a_suite, 2)) /
                          ("run" + padded(folder, 4));
        if (number % files_a_folder == 0) std::filesystem::create_directories(path);
        const auto* extension = kind < 12 ? ".json" : kind < 17 ? ".csv" : ".md";
        std::ofstream file{path / ("case" + padded(number % files_a_folder, 2) + extension), std::ios::binary};
        const auto write = kind < 12 ? json : kind < 17 ? csv : markdown;
        write(file, random, number);
        if (!file.flush()) {
            std::perror("make_tree");
            return 1;
        }
    }
}

// make_numbers --mb N [--seed N]: a CSV of numbers on stdout, nothing quoted, nothing missing. Ten columns of integers
// (i1 to i10, from 8 values to a range of 2^40, some negative) and ten with fractions (f1 to f10: 1 to 8 decimals, two
// with exponents; f4 and f8 negative).
#include "generator.hpp"

namespace {

using bench::Random;

void integer(std::string& out, Random& random, int column) {
    const std::uint64_t range = column == 1 ? 8 : std::uint64_t{1} << (4 * column);
    if (column % 3 == 0 && random.below(2) == 0) out += '-';
    out += std::to_string(random.below(range));
}

void fraction(std::string& out, Random& random, int column) {
    if (column % 4 == 0) out += '-';
    if (column <= 8) return bench::decimal(out, bench::measured(random, 40'000'000'000), column);
    out += static_cast<char>('1' + random.below(9));
    out += '.' + std::to_string(100'000 + random.below(900'000));
    out += "e-" + std::to_string(random.below(20));
}

} // namespace

int main(int argc, char** argv) {
    std::uint64_t megabytes = 0, seed = 2;
    if (!bench::numbers(argc, argv, 1, {{"--mb", &megabytes}, {"--seed", &seed}}) || megabytes == 0) {
        std::fputs("usage: make_numbers --mb N [--seed N]\n", stderr);
        return 2;
    }
    Random random{seed};
    std::string header;
    for (int i = 1; i <= 10; ++i) header += (i > 1 ? ",i" : "i") + std::to_string(i) + ",f" + std::to_string(i);
    return bench::rows_to_stdout(header + '\n', bench::unbounded, megabytes * 1'000'000, "make_numbers",
                                 [&](std::string& out, std::uint64_t) {
                                     for (int i = 1; i <= 10; ++i) {
                                         if (i > 1) out += ',';
                                         integer(out, random, i);
                                         out += ',';
                                         fraction(out, random, i);
                                     }
                                     out += '\n';
                                 });
}

#include <algorithm>
#include <assay/stats/bytes.hpp>
#include <assay/stats/distinct.hpp>
#include <assay/stats/sort.hpp>
#include <assay/vector_targets.hpp>
#include <cassert>
#include <cmath>
#include <cstring>
#include <limits>
#if defined(ASSAY_WIDE_TARGET)
#include <immintrin.h>
#endif

namespace assay::stats {
namespace {

// Ertl (2017), "New cardinality estimation algorithms for HyperLogLog sketches": corrections for registers that are
// still 0 and for saturated ones. Both series end when adding changes nothing.
double sigma(double x) {
    if (x == 1) return std::numeric_limits<double>::infinity();
    double z = x, before = 0;
    for (double y = 1; z != before; y += y) {
        x *= x;
        before = z;
        z += x * y;
    }
    return z;
}

double tau(double x) {
    if (x == 0 || x == 1) return 0;
    double z = 1 - x, before = 0, y = 1;
    while (z != before) {
        x = std::sqrt(x);
        before = z;
        y *= 0.5;
        z -= (1 - x) * (1 - x) * y;
    }
    return z / 3;
}

ASSAY_VECTORIZED std::uint8_t lowest_of(std::span<const std::uint8_t> registers) {
    std::uint8_t lowest = UINT8_MAX;
    for (const std::uint8_t rank : registers) lowest = rank < lowest ? rank : lowest;
    return lowest;
}

constexpr std::size_t ahead = 32; // of what is compared, memory is asked for its line
constexpr std::size_t line_size = 8;
using Table = std::uint64_t (*)[line_size]; // a power of two of lines; 0 stands for a free place

// Hashes that may raise a register.
struct Chosen {
    static constexpr std::size_t most = 256;
    std::uint64_t hashes[most + line_size];
    std::size_t size = 0;
};

// Puts each hash that is not there into the line that its lowest bits name, or the next that has room, until there are
// `room` more. Returns how many it has seen; `added`: how many of them are new.
ASSAY_DEFAULT_TARGET std::size_t put_new(Table table, std::size_t mask, std::span<const std::uint64_t> hashes,
                                         std::size_t room, std::size_t& added) {
    const auto find = [](const std::uint64_t* line, std::uint64_t hash) {
        unsigned found = 0; // without a branch
        for (unsigned i = 0; i < line_size; ++i) found |= (line[i] == hash ? 1U : 0U) << i;
        return found;
    };
    added = 0;
    for (std::size_t i = 0; i < hashes.size(); ++i) {
        if (i + ahead < hashes.size()) __builtin_prefetch(table + (hashes[i + ahead] & mask));
        const std::uint64_t hash = Distinct::not_zero(hashes[i]);
        for (std::size_t at = hash & mask; find(table[at], hash) == 0; at = (at + 1) & mask) {
            const unsigned free = find(table[at], 0);
            if (free == 0) continue;
            table[at][std::countr_zero(free)] = hash;
            if (++added == room) return i + 1;
            break;
        }
    }
    return hashes.size();
}

// Appends those that are at most `most` without their first `precision` bits.
ASSAY_DEFAULT_TARGET void choose(std::span<const std::uint64_t> hashes, unsigned precision, std::uint64_t most,
                                 Chosen& out) {
    for (const std::uint64_t hash : hashes) {
        out.hashes[out.size] = hash;
        out.size += hash << precision <= most ? 1U : 0U;
    }
}

#if defined(ASSAY_WIDE_TARGET)
// The same, all eight in one comparison.
ASSAY_WIDE_TARGET std::size_t put_new(Table table, std::size_t mask, std::span<const std::uint64_t> hashes,
                                      std::size_t room, std::size_t& added) {
    added = 0;
    for (std::size_t i = 0; i < hashes.size(); ++i) {
        if (i + ahead < hashes.size()) __builtin_prefetch(table + (hashes[i + ahead] & mask));
        const std::uint64_t hash = Distinct::not_zero(hashes[i]);
        const __m512i same = _mm512_set1_epi64(static_cast<long long>(hash));
        for (std::size_t at = hash & mask;; at = (at + 1) & mask) {
            const __m512i line = _mm512_loadu_si512(table[at]);
            if (_mm512_cmpeq_epi64_mask(line, same) != 0) break;
            const unsigned free = _mm512_testn_epi64_mask(line, line);
            if (free == 0) continue;
            table[at][std::countr_zero(free)] = hash;
            if (++added == room) return i + 1;
            break;
        }
    }
    return hashes.size();
}

ASSAY_WIDE_TARGET void choose(std::span<const std::uint64_t> hashes, unsigned precision, std::uint64_t most,
                              Chosen& out) {
    const __m512i highest = _mm512_set1_epi64(static_cast<long long>(most));
    for (std::size_t i = 0; i < hashes.size(); i += line_size) {
        const auto there =
            static_cast<__mmask8>(hashes.size() - i < line_size ? (1U << (hashes.size() - i)) - 1 : 0xFF);
        const __m512i eight = _mm512_maskz_loadu_epi64(there, hashes.data() + i);
        const __m512i rest = _mm512_maskz_sll_epi64(there, eight, _mm_cvtsi32_si128(static_cast<int>(precision)));
        const __mmask8 few = _mm512_mask_cmple_epu64_mask(there, rest, highest);
        _mm512_storeu_si512(out.hashes + out.size, _mm512_maskz_compress_epi64(few, eight));
        out.size += static_cast<std::size_t>(std::popcount(few));
    }
}
#endif

} // namespace

template <class Use> void Distinct::each_hash(Use use) const {
    for (const Line& line : lines)
        for (const std::uint64_t hash : line.hashes)
            if (hash != 0) use(hash);
    for (const std::uint64_t hash : saved) use(hash);
}

/// To a fourth of what it can hold, where it may get as many, and at least to half.
void Distinct::grow() {
    const std::size_t least = 2 * (size + 1);
    const std::size_t places =
        cap == no_cap ? least : std::max(least, std::min(2 * least, 2 * static_cast<std::size_t>(cap)));
    std::vector<Line> wider(std::bit_ceil((places + line_size - 1) / line_size));
    each_hash([&](std::uint64_t hash) { put(wider, hash); });
    lines = std::move(wider);
    saved = {};
}

void Distinct::spill() {
    registers.assign(std::size_t{1} << precision, 0);
    std::uint64_t held = 0;
    each_hash([&](std::uint64_t hash) { held = hash; });
    if (size > 0)
        for (const Line& line : lines) // a free place raises what is raised anyway: no branch
            for (const std::uint64_t hash : line.hashes) raise(hash == 0 ? held : hash);
    for (const std::uint64_t hash : saved) raise(hash);
    lines = {};
    saved = {};
    size = 0;
}

void Distinct::add(std::span<const std::uint64_t> hashes) {
    while (!hashes.empty() && exact()) hashes = hashes.subspan(add_exact(hashes));
    if (hashes.empty()) return;
    // In a well filled sketch hardly a hash can raise a register: most are told by their leading zeros alone.
    const bool many = hashes.size() >= registers.size() / 16;
    const unsigned lowest = many ? lowest_of(registers) : 0;
    const std::uint64_t most = lowest == 0 ? UINT64_MAX : (std::uint64_t{1} << (64 - lowest)) - 1;
    while (!hashes.empty()) {
        const auto part = hashes.first(std::min(hashes.size(), Chosen::most));
        Chosen chosen;
        choose(part, precision, most, chosen);
        for (const std::uint64_t hash : std::span{chosen.hashes, chosen.size}) raise(not_zero(hash));
        hashes = hashes.subspan(part.size());
    }
}

/// How many of them it has seen.
std::size_t Distinct::add_exact(std::span<const std::uint64_t> hashes) {
    if (is_full()) grow();
    const std::size_t half = line_size * lines.size() / 2;
    const std::size_t most = cap != no_cap && cap <= half ? static_cast<std::size_t>(cap) + 1 : half;
    std::size_t added = 0;
    const std::size_t seen = put_new(&lines.data()->hashes, lines.size() - 1, hashes, most - size, added);
    size += added;
    if (cap != no_cap && size > cap) spill();
    return seen;
}

void Distinct::merge(const Distinct& other) {
    assert(cap == other.cap && precision == other.precision);
    const bool both_saved = exact() && other.exact() && lines.empty() && other.lines.empty();
    if (both_saved && 4 * other.size >= size) return unite(other.saved); // few into many would copy these each time
    other.each_hash([&](std::uint64_t hash) { add(hash); });
    if (other.exact()) return;
    if (exact()) spill();
    for (std::size_t i = 0; i < registers.size(); ++i) registers[i] = std::max(registers[i], other.registers[i]);
}

void Distinct::unite(std::span<const std::uint64_t> ascending) {
    std::vector<std::uint64_t> all;
    all.reserve(saved.size() + ascending.size());
    std::set_union(saved.begin(), saved.end(), ascending.begin(), ascending.end(), std::back_inserter(all));
    saved = std::move(all);
    size = saved.size();
    if (cap != no_cap && size > cap) spill();
}

std::optional<std::uint64_t> Distinct::only() const {
    if (!exact() || size != 1) return std::nullopt;
    std::uint64_t found = 0;
    each_hash([&](std::uint64_t hash) { found = hash; });
    return found;
}

double Distinct::estimate() const {
    const unsigned q = 64 - precision;
    std::vector<double> with_rank(q + 2);
    for (std::uint8_t rank : registers) ++with_rank[rank];
    const double m = static_cast<double>(registers.size());
    double z = m * tau(1 - with_rank[q + 1] / m);
    for (unsigned rank = q; rank > 0; --rank) z = 0.5 * (z + with_rank[rank]);
    z += m * sigma(with_rank[0] / m);
    return m * m / (2 * std::log(2.0)) / z;
}

DistinctCount Distinct::count(std::uint64_t n) const {
    if (exact()) return {size, false, 0};
    const double registers_sqrt = std::sqrt(static_cast<double>(registers.size()));
    const auto rounded = static_cast<std::uint64_t>(std::llround(std::min(estimate(), 9e18)));
    return {std::min(std::max(rounded, cap + 1), n), true, 1.04 / registers_sqrt};
}

void encode(std::string& out, const Distinct& distinct) {
    put_tag(out, "DST1");
    put(out, distinct.cap);
    put(out, static_cast<std::uint8_t>(distinct.precision));
    put(out, static_cast<std::uint8_t>(distinct.exact()));
    if (!distinct.exact()) {
        out.append(reinterpret_cast<const char*>(distinct.registers.data()), distinct.registers.size());
        return;
    }
    std::vector<std::uint64_t> gathered;
    if (!distinct.lines.empty()) {
        gathered.reserve(distinct.size);
        distinct.each_hash([&](std::uint64_t hash) { gathered.push_back(hash); });
        sort_ascending(gathered);
    }
    const auto& hashes = distinct.lines.empty() ? distinct.saved : gathered;
    put(out, std::uint64_t{hashes.size()});
    out.append(reinterpret_cast<const char*>(hashes.data()), hashes.size() * sizeof hashes[0]);
}

bool decode(std::string_view& in, Distinct& out) {
    std::string_view rest = in;
    std::uint64_t cap = 0, count = 0;
    std::uint8_t precision = 0, exact = 0;
    if (!take_tag(rest, "DST1") || !take(rest, cap) || !take(rest, precision) || !take(rest, exact)) return false;
    if (precision < 4 || precision > 16 || exact > 1) return false;
    Distinct read{cap, precision};
    if (exact == 1) {
        if (!take_count(rest, count, sizeof(std::uint64_t)) || (cap != Distinct::no_cap && count > cap)) return false;
        read.saved.resize(count);
        if (count > 0) std::memcpy(read.saved.data(), rest.data(), count * sizeof read.saved[0]);
        read.size = count;
        if (count > 0 && read.saved.front() == 0) return false;
        const auto ascends = [](std::uint64_t a, std::uint64_t b) { return a >= b; };
        if (std::adjacent_find(read.saved.begin(), read.saved.end(), ascends) != read.saved.end()) return false;
        rest.remove_prefix(count * sizeof(std::uint64_t));
    } else {
        const std::size_t m = std::size_t{1} << precision;
        if (rest.size() < m || cap == Distinct::no_cap) return false;
        read.registers.assign(rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(m));
        rest.remove_prefix(m);
        const auto rank_limit = static_cast<std::uint8_t>(64 - precision + 1);
        if (*std::max_element(read.registers.begin(), read.registers.end()) > rank_limit) return false;
    }
    out = std::move(read);
    in = rest;
    return true;
}

} // namespace assay::stats

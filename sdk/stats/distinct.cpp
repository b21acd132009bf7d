#include <algorithm>
#include <assay/stats/bytes.hpp>
#include <assay/stats/distinct.hpp>
#include <cassert>
#include <cmath>
#include <limits>

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

} // namespace

void Distinct::grow() {
    std::vector<std::uint64_t> wider(std::bit_ceil(std::max<std::size_t>(4, 2 * (size + 1))));
    const std::size_t mask = wider.size() - 1;
    for (std::uint64_t hash : slots) {
        if (hash == 0) continue;
        std::size_t at = hash & mask;
        while (wider[at] != 0) at = (at + 1) & mask;
        wider[at] = hash;
    }
    slots = std::move(wider);
}

void Distinct::spill() {
    registers.assign(std::size_t{1} << precision, 0);
    for (std::uint64_t hash : slots)
        if (hash != 0) raise(hash);
    slots = {};
    size = 0;
}

/// How many from the first on are in the set already, as most are once it is filled.
std::size_t Distinct::known(std::span<const std::uint64_t> hashes) const {
    constexpr std::size_t ahead = 16;
    if (slots.size() < 2 * size || slots.empty()) return 0; // as it was read back
    const std::uint64_t* const set = slots.data();
    const std::size_t mask = slots.size() - 1;
    for (std::size_t i = 0; i < hashes.size(); ++i) {
        if (i + ahead < hashes.size()) __builtin_prefetch(set + (hashes[i + ahead] & mask));
        for (std::size_t at = hashes[i] & mask;; at = (at + 1) & mask) {
            if (set[at] == 0) return i;
            if (set[at] == hashes[i]) break;
        }
    }
    return hashes.size();
}

void Distinct::add(std::span<const std::uint64_t> hashes) {
    std::size_t i = 0;
    while (i < hashes.size() && exact()) {
        i += known(hashes.subspan(i));
        if (i < hashes.size()) add(hashes[i++]);
    }
    if (i == hashes.size()) return;
    // In a well filled sketch hardly a hash can raise a register: most are told by their leading zeros alone.
    const bool many = hashes.size() - i >= registers.size() / 4;
    const unsigned lowest = many ? *std::min_element(registers.begin(), registers.end()) : 0;
    const std::uint64_t most = lowest == 0 ? UINT64_MAX : (std::uint64_t{1} << (64 - lowest)) - 1;
    for (; i < hashes.size(); ++i)
        if (hashes[i] << precision <= most) raise(hashes[i] == 0 ? instead_of_zero : hashes[i]);
}

void Distinct::merge(const Distinct& other) {
    assert(cap == other.cap && precision == other.precision);
    for (std::uint64_t hash : other.slots)
        if (hash != 0) add(hash);
    if (other.exact()) return;
    if (exact()) spill();
    for (std::size_t i = 0; i < registers.size(); ++i) registers[i] = std::max(registers[i], other.registers[i]);
}

std::optional<std::uint64_t> Distinct::only() const {
    if (!exact() || size != 1) return std::nullopt;
    return *std::find_if(slots.begin(), slots.end(), [](auto hash) { return hash != 0; });
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
    std::vector<std::uint64_t> hashes;
    hashes.reserve(distinct.size);
    std::copy_if(distinct.slots.begin(), distinct.slots.end(), std::back_inserter(hashes),
                 [](auto h) { return h != 0; });
    std::sort(hashes.begin(), hashes.end());
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
        read.slots.resize(count);
        if (count > 0) std::memcpy(read.slots.data(), rest.data(), count * sizeof read.slots[0]);
        read.size = count;
        if (count > 0 && read.slots.front() == 0) return false;
        const auto ascends = [](std::uint64_t a, std::uint64_t b) { return a >= b; };
        if (std::adjacent_find(read.slots.begin(), read.slots.end(), ascends) != read.slots.end()) return false;
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

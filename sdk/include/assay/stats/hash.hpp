// 64-bit hashes that are the same on every machine and in every release. Not for adversaries: no secret seed.
// Numbers: the finalizer of SplitMix64 (Steele, Lea, Flood 2014), a bijection, so that distinct numbers never collide.
// Bytes: folded 64x64->128 bit multiplication, the construction of wyhash; two loads for up to 16 bytes.
#pragma once
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>

namespace assay::stats {

constexpr std::uint64_t hash(std::uint64_t value) {
    value += 0x9E3779B97F4A7C15;
    value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
    value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
    return value ^ (value >> 31);
}

constexpr std::uint64_t hash(std::int64_t value) { return hash(static_cast<std::uint64_t>(value)); }

// -0.0 is the number 0.0.
constexpr std::uint64_t hash(double value) { return hash(std::bit_cast<std::uint64_t>(value + 0.0)); }

// Of each value; as many are written as are read.
void hash(std::span<const double> values, std::uint64_t* out);

constexpr std::uint64_t combine(std::uint64_t a, std::uint64_t b) { return hash(a ^ hash(b)); }

namespace detail {
__extension__ using Wide = unsigned __int128;

constexpr std::uint64_t fold(std::uint64_t a, std::uint64_t b) {
    const Wide product = static_cast<Wide>(a) * b;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}
template <class Word> std::uint64_t load(const char* at) {
    Word word;
    std::memcpy(&word, at, sizeof word);
    return word;
}
} // namespace detail

inline std::uint64_t hash(std::string_view bytes) {
    using detail::fold, detail::load;
    // Fractional digits of pi, as Blowfish takes them.
    constexpr std::uint64_t k0 = 0x243F6A8885A308D3, k1 = 0x13198A2E03707345, k2 = 0xA4093822299F31D1;
    const char* at = bytes.data();
    std::size_t left = bytes.size();
    std::uint64_t state = k0 ^ left;
    for (; left > 16; at += 16, left -= 16)
        state = fold(load<std::uint64_t>(at) ^ k1, load<std::uint64_t>(at + 8) ^ state);
    std::uint64_t a = 0, b = 0; // the last 1 to 16 bytes; the two loads may overlap
    if (left >= 8) {
        a = load<std::uint64_t>(at);
        b = load<std::uint64_t>(at + left - 8);
    } else if (left >= 4) {
        a = load<std::uint32_t>(at);
        b = load<std::uint32_t>(at + left - 4);
    } else if (left > 0) {
        a = load<std::uint8_t>(at) << 16 | load<std::uint8_t>(at + left / 2) << 8 | load<std::uint8_t>(at + left - 1);
    }
    return fold(k2 ^ bytes.size(), fold(a ^ k1, b ^ state));
}

} // namespace assay::stats

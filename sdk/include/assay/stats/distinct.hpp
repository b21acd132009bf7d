// How many distinct values: the exact set of their 64-bit hashes up to a cap, beyond it a HyperLogLog (Flajolet et al.
// 2007) with the estimator of Ertl (2017), which needs no bias tables. What it holds depends only on the set.
// Relative standard error beyond the cap: 1.04 / sqrt(2^precision), 0.8 % at 14. Two of 65,536 values share a hash with
// probability 1e-10.
#pragma once
#include <assay/stats/hash.hpp>
#include <bit>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace assay::stats {

struct DistinctCount {
    std::uint64_t value;
    bool approx;
    double standard_error; // relative; 0 where exact
};

class Distinct {
  public:
    static constexpr std::uint64_t column_cap = 65'536, cell_cap = 4'096, no_cap = 0;

    // precision 4 to 16: a HyperLogLog is 2^precision bytes.
    explicit Distinct(std::uint64_t most = column_cap, unsigned index_bits = 14) : cap{most}, precision{index_bits} {}

    void add(std::uint64_t hash) {
        hash = not_zero(hash);
        if (hash == last) return;
        last = hash;
        if (exact())
            add_exact(hash);
        else
            raise(hash);
    }
    void add(std::span<const std::uint64_t> hashes); // hides the latency of memory where the set is large
    void merge(const Distinct& other);               // of the same cap and precision

    bool exact() const { return registers.empty(); }
    std::uint64_t most() const { return cap; }
    std::optional<std::uint64_t> only() const;  // the hash of the one value, where there is but one
    DistinctCount count(std::uint64_t n) const; // of n values: an estimate is never more than n nor within the cap

    friend void encode(std::string& out, const Distinct&);
    friend bool decode(std::string_view& in, Distinct& out);

    // 0 marks a free place, so another hash is taken for it.
    static constexpr std::uint64_t not_zero(std::uint64_t hash) { return hash == 0 ? 0x9E3779B97F4A7C15 : hash; }

  private:
    bool is_full() const { // where size is the cap one more spills
        return 2 * size >= line_size * lines.size() && (lines.empty() || size != cap);
    }
    void add_exact(std::uint64_t hash) {
        if (is_full()) grow();
        if (!put(lines, hash)) return;
        ++size;
        if (cap != no_cap && size > cap) spill();
    }
    void raise(std::uint64_t hash) {
        std::uint8_t& reg = registers[hash >> (64 - precision)];
        const std::uint64_t rest = hash << precision | std::uint64_t{1} << (precision - 1);
        const auto rank = static_cast<std::uint8_t>(std::countl_zero(rest) + 1);
        reg = rank > reg ? rank : reg; // without a branch
    }
    // A line of the cache: all of it is compared at once.
    static constexpr std::size_t line_size = 8;
    struct alignas(line_size * sizeof(std::uint64_t)) Line {
        std::uint64_t hashes[line_size]{};
    };
    // Into the line that its lowest bits name, or the next that has room. False: it is there.
    static bool put(std::vector<Line>& lines, std::uint64_t hash) {
        const std::size_t mask = lines.size() - 1;
        for (std::size_t at = hash & mask;; at = (at + 1) & mask)
            for (std::uint64_t& slot : lines[at].hashes) {
                if (slot == hash) return false;
                if (slot == 0) return slot = hash, true;
            }
    }
    std::size_t add_exact(std::span<const std::uint64_t> hashes);
    template <class Use> void each_hash(Use use) const;
    void unite(std::span<const std::uint64_t> ascending);
    void grow();
    void spill();
    double estimate() const;

    std::uint64_t cap;
    unsigned precision;
    std::uint64_t last = 0; // runs of equal values are common
    std::size_t size = 0;
    std::vector<Line> lines;             // a hash table, at most half full
    std::vector<std::uint64_t> saved;    // as read back, ascending, and not yet in the table
    std::vector<std::uint8_t> registers; // empty while exact
};

} // namespace assay::stats

// Texts and how often each occurs. Complete up to a cap of distinct texts; beyond it those of smallest hash are kept.
// A kept text was among the smallest from its first occurrence on, so that its count is exact, and what is kept depends
// only on the multiset: a uniform sample of the distinct texts with exact counts, no longer the most frequent ones.
#pragma once
#include <assay/stats/hash.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace assay::stats {

struct TextCount {
    std::uint64_t hash; // of the whole text
    std::string text;   // its first Top::text_limit bytes
    std::uint64_t count;
    bool operator==(const TextCount&) const = default;
};

class Top {
  public:
    static constexpr std::size_t default_cap = 256, text_limit = 256;

    explicit Top(std::size_t most = default_cap) : cap{most} {}

    void add(std::string_view text, std::uint64_t times = 1) { add(text, hash(text), times); }
    void add(std::string_view text, std::uint64_t text_hash, std::uint64_t times) {
        total += times;
        if (overflowed && (kept.empty() || text_hash > kept.back().hash)) return;
        text = text.substr(0, text_limit);
        if (recent.empty()) {
            count_one(text, text_hash, times);
            if (total >= worth_remembering) recent.resize(places_remembered);
            return;
        }
        std::uint32_t& guess = recent[text_hash % recent.size()];
        if (guess < kept.size() && kept[guess].hash == text_hash && kept[guess].text == text) {
            kept[guess].count += times;
            return;
        }
        guess = count_one(text, text_hash, times);
    }
    void merge(const Top& other); // of the same cap

    bool complete() const { return !overflowed; }
    std::uint64_t n() const { return total; }                      // all occurrences, kept or not
    const std::vector<TextCount>& entries() const { return kept; } // by hash
    std::vector<TextCount> most_frequent(std::size_t most) const;  // by count, then text

    friend void encode(std::string& out, const Top&);
    friend bool decode(std::string_view& in, Top& out);

  private:
    static constexpr std::size_t worth_remembering = 64, places_remembered = 256;

    // Where it stands now, or somewhere else if it is not kept.
    std::uint32_t count_one(std::string_view text, std::uint64_t text_hash, std::uint64_t times);

    std::size_t cap;
    std::uint64_t total = 0;
    bool overflowed = false;
    std::vector<TextCount> kept;       // by (hash, text)
    std::vector<std::uint32_t> recent; // places where a text was last found; verified before use. Empty for few texts
};

} // namespace assay::stats

// A uniform sample of at most `limit` observations: those of smallest key. It is a function of the set of observations.
// The key must be independent of the value, so that equal values are not kept or lost together: see `sample_key`.
#pragma once
#include <algorithm>
#include <assay/stats/bytes.hpp>
#include <assay/stats/hash.hpp>
#include <assay/stats/position.hpp>
#include <cstdint>
#include <span>
#include <vector>

namespace assay::stats {

// `content`: a hash of the artifact's digest, so that artifacts do not all give the same rows.
constexpr std::uint64_t sample_key(std::uint64_t content, Position at) {
    return combine(content, combine(at.chunk, at.row));
}

// Of rows that follow one another, the first of which stands at `first`.
void sample_keys(std::uint64_t content, Position first, std::span<std::uint64_t> out);

template <class Item> // double or std::string: ordered, and known to put and take
class Sample {
  public:
    struct Entry {
        std::uint64_t key;
        Position at;
        Item item;
        // Ties of the key by position.
        // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 sees a null pointer in it
        auto operator<=>(const Entry&) const = default;
    };
    static constexpr std::size_t most = 200;

    explicit Sample(std::size_t size_limit = most) : limit{size_limit} {}

    // No larger key is wanted from here on, nor with limit 0 any.
    std::uint64_t highest_wanted() const {
        return heap.size() < limit ? UINT64_MAX : limit == 0 ? 0 : heap.front().key;
    }
    // Cheap test before an item is made.
    bool wants(std::uint64_t key) const { return limit > 0 && key <= highest_wanted(); }

    void add(std::uint64_t key, Position at, Item item) {
        if (wants(key)) add(Entry{key, at, std::move(item)});
    }
    void merge(const Sample& other) {
        for (const Entry& entry : other.heap) add(entry);
    }
    std::size_t size() const { return heap.size(); }
    std::vector<Entry> sorted() const { // by key
        std::vector<Entry> entries = heap;
        std::sort(entries.begin(), entries.end());
        return entries;
    }

    friend void encode(std::string& out, const Sample& sample) {
        put_tag(out, "SMP2");
        put(out, std::uint64_t{sample.limit});
        put(out, std::uint64_t{sample.heap.size()});
        for (const Entry& entry : sample.sorted()) {
            put_word(out, entry.key);
            put(out, entry.at.chunk);
            put(out, entry.at.row);
            put(out, entry.item);
        }
    }
    friend bool decode(std::string_view& in, Sample& out) {
        std::string_view rest = in;
        std::uint64_t most_kept = 0, count = 0;
        if (!take_tag(rest, "SMP2") || !take(rest, most_kept) || !take_count(rest, count, 11) || count > most_kept)
            return false;
        Sample sample{static_cast<std::size_t>(most_kept)};
        sample.heap.resize(count);
        for (Entry& entry : sample.heap)
            if (!take_word(rest, entry.key) || !take(rest, entry.at.chunk) || !take(rest, entry.at.row) ||
                !take(rest, entry.item))
                return false;
        std::make_heap(sample.heap.begin(), sample.heap.end());
        out = std::move(sample);
        in = rest;
        return true;
    }

  private:
    void add(Entry entry) {
        if (heap.size() == limit) {
            if (limit == 0 || !(entry < heap.front())) return;
            std::pop_heap(heap.begin(), heap.end());
            heap.pop_back();
        }
        heap.push_back(std::move(entry));
        std::push_heap(heap.begin(), heap.end());
    }

    std::size_t limit;
    std::vector<Entry> heap; // largest first
};

} // namespace assay::stats

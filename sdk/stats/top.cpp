#include <algorithm>
#include <assay/stats/bytes.hpp>
#include <assay/stats/top.hpp>
#include <cassert>
#include <tuple>

namespace assay::stats {
namespace {

bool comes_before(const TextCount& entry, std::uint64_t hash, std::string_view text) {
    return std::tuple{entry.hash, std::string_view{entry.text}} < std::tuple{hash, text};
}

} // namespace

std::uint32_t Top::count_one(std::string_view text, std::uint64_t text_hash, std::uint64_t times) {
    const auto at = std::partition_point(kept.begin(), kept.end(),
                                         [&](const TextCount& entry) { return comes_before(entry, text_hash, text); });
    const auto place = static_cast<std::uint32_t>(at - kept.begin());
    if (at != kept.end() && at->hash == text_hash && at->text == text) {
        at->count += times;
        return place;
    }
    if (kept.size() == cap) {
        overflowed = true;
        if (at == kept.end()) return place;
    }
    constexpr std::size_t few = 8; // a column has one text, or several
    if (kept.size() == 1) kept.reserve(few);
    kept.insert(kept.begin() + place, TextCount{text_hash, std::string{text}, times});
    if (kept.size() > cap) kept.pop_back();
    return place;
}

void Top::merge(const Top& other) {
    assert(cap == other.cap);
    total += other.total;
    for (const TextCount& entry : other.kept) count_one(entry.text, entry.hash, entry.count);
    overflowed = overflowed || other.overflowed;
}

std::vector<TextCount> Top::most_frequent(std::size_t most) const {
    std::vector<TextCount> entries = kept;
    std::sort(entries.begin(), entries.end(), [](const TextCount& a, const TextCount& b) {
        return std::tuple{b.count, std::string_view{a.text}, a.hash} <
               std::tuple{a.count, std::string_view{b.text}, b.hash};
    });
    if (entries.size() > most) entries.resize(most);
    return entries;
}

void encode(std::string& out, const Top& top) {
    put_tag(out, "TOP2");
    put(out, std::uint64_t{top.cap});
    put(out, top.total);
    put(out, static_cast<std::uint8_t>(top.overflowed));
    put(out, std::uint64_t{top.kept.size()});
    for (const TextCount& entry : top.kept) {
        put_word(out, entry.hash);
        put(out, entry.count);
        put(out, entry.text);
    }
}

bool decode(std::string_view& in, Top& out) {
    std::string_view rest = in;
    std::uint64_t cap = 0, count = 0, counted = 0;
    std::uint8_t overflowed = 0;
    Top read;
    if (!take_tag(rest, "TOP2") || !take(rest, cap) || !take(rest, read.total) || !take(rest, overflowed)) return false;
    if (overflowed > 1 || !take_count(rest, count, 10) || count > cap || (overflowed == 1 && count != cap))
        return false;
    read.cap = static_cast<std::size_t>(cap);
    read.overflowed = overflowed == 1;
    read.kept.reserve(count);
    for (std::uint64_t i = 0; i < count; ++i) {
        TextCount entry{};
        if (!take_word(rest, entry.hash) || !take(rest, entry.count) || !take(rest, entry.text)) return false;
        if (entry.text.size() > Top::text_limit || entry.count > read.total - counted) return false;
        if (i > 0 && !comes_before(read.kept.back(), entry.hash, entry.text)) return false;
        counted += entry.count;
        read.kept.push_back(std::move(entry));
    }
    if (!read.overflowed && counted != read.total) return false;
    out = std::move(read);
    in = rest;
    return true;
}

} // namespace assay::stats

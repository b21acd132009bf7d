#include <algorithm>
#include <assay/stats/bytes.hpp>
#include <assay/stats/frequency_table.hpp>
#include <cassert>
#include <cmath>
#include <limits>

namespace assay::stats {

void FrequencyTable::add(std::span<const double> ascending) {
    assert(std::is_sorted(ascending.begin(), ascending.end()));
    std::vector<Entry> added;
    for (const double value : ascending) {
        if (added.empty() || added.back().value != value) added.push_back({value, 0});
        ++added.back().times;
    }
    merge(added);
}

void FrequencyTable::merge(const FrequencyTable& other) { merge(other.entries); }

void FrequencyTable::merge(std::span<const Entry> others) {
    std::vector<Entry> all;
    all.reserve(entries.size() + others.size());
    auto mine = entries.begin();
    for (const Entry& other : others) {
        for (; mine != entries.end() && mine->value < other.value; ++mine) all.push_back(*mine);
        all.push_back(other);
        n += other.times;
        if (mine != entries.end() && mine->value == other.value) all.back().times += (mine++)->times;
    }
    all.insert(all.end(), mine, entries.end());
    entries = std::move(all);
}

double FrequencyTable::at(std::uint64_t rank) const {
    assert(rank < n);
    auto entry = entries.begin();
    while (rank >= entry->times) rank -= (entry++)->times;
    return entry->value;
}

void encode(std::string& out, const FrequencyTable& table) {
    put(out, std::uint64_t{table.entries.size()});
    out.append(reinterpret_cast<const char*>(table.entries.data()), table.entries.size() * sizeof table.entries[0]);
}

bool decode(std::string_view& in, FrequencyTable& out) {
    std::string_view rest = in;
    std::uint64_t size = 0;
    if (!take_count(rest, size, sizeof(FrequencyTable::Entry))) return false;
    FrequencyTable read;
    read.entries.resize(size);
    if (size > 0) std::memcpy(read.entries.data(), rest.data(), size * sizeof read.entries[0]);
    rest.remove_prefix(size * sizeof read.entries[0]);
    double last = -std::numeric_limits<double>::infinity();
    for (const auto& [value, times] : read.entries) {
        if (!std::isfinite(value) || value <= last || times == 0 || times > UINT64_MAX - read.n) return false;
        last = value;
        read.n += times;
    }
    out = std::move(read);
    in = rest;
    return true;
}

} // namespace assay::stats

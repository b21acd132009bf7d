#include <algorithm>
#include <assay/stats/bytes.hpp>
#include <assay/stats/quantile.hpp>
#include <assay/stats/sort.hpp>
#include <assay/stats/values.hpp>
#include <limits>

namespace assay::stats {
namespace {

enum class Saved : std::uint8_t { sketch, bag, counted };

/// Depends on the multiset alone, and not on what is counted already.
Saved form_of(const Values& values) {
    if (!values.exact()) return Saved::sketch;
    return values.count() > Values::column_cap && values.most() == Values::no_cap ? Saved::counted : Saved::bag;
}

} // namespace

void Values::add(std::span<const double> values, Range range) {
    while (exact() && !values.empty()) {
        const std::size_t room = cap == no_cap ? values.size() : static_cast<std::size_t>(cap) + 1 - bag.size();
        const auto part = values.first(std::min(room, values.size()));
        const auto start = static_cast<std::ptrdiff_t>(bag.size());
        bag.insert(bag.end(), part.begin(), part.end());
        std::for_each(bag.begin() + start, bag.end(), [](double& value) {
            assert(std::isfinite(value));
            value += 0.0; // -0.0 is 0.0
        });
        sorted_size = 0;
        fit();
        values = values.subspan(part.size());
    }
    if (!exact()) sketch->add(values, range);
}

void Values::merge(const Values& other) {
    assert(cap == other.cap);
    if (exact() && other.exact()) {
        if (other.counted && !counted) counted.emplace({});
        if (other.counted) counted->merge(*other.counted);
        return merge_bag(other.bag, other.sorted_size == other.bag.size());
    }
    if (exact()) spill();
    sketch->add(other.bag);
    if (!other.exact()) sketch->merge(*other.sketch);
}

void Values::merge_ascending(std::span<const double> values) {
    if (exact()) return merge_bag(values, true);
    sketch->add(values);
}

void Values::merge_bag(std::span<const double> other, bool ascending) {
    if (other.empty()) return;
    // Many small bags into one are sorted once, at the end.
    const bool in_order = ascending && sorted_size == bag.size() && 4 * other.size() >= bag.size();
    const auto middle = static_cast<std::ptrdiff_t>(bag.size());
    bag.insert(bag.end(), other.begin(), other.end());
    sorted_size = 0;
    if (in_order) {
        std::inplace_merge(bag.begin(), bag.begin() + middle, bag.end());
        sorted_size = bag.size();
    }
    fit();
}

void Values::spill() {
    sketch.emplace({}).add(bag);
    bag = {};
    sorted_size = 0;
}

void Values::count_bag() {
    if (!counted) counted.emplace({});
    if (bag.empty()) return;
    sort();
    counted->add(bag);
    bag.clear();
    sorted_size = 0;
}

void Values::sort() {
    if (sorted_size != bag.size()) sort_ascending(bag);
    sorted_size = bag.size();
}

std::span<const double> Values::sorted() {
    if (counted) {
        count_bag();
        bag.reserve(counted->count());
        counted->each([&](double value, std::uint64_t times) { bag.insert(bag.end(), times, value); });
        sorted_size = bag.size();
        counted.reset();
    }
    sort();
    return bag;
}

double Values::at(std::uint64_t rank) {
    if (!counted) return sorted()[rank];
    count_bag();
    return counted->at(rank);
}

std::uint64_t Values::distinct() const {
    assert(exact());
    if (counted && bag.empty()) return counted->distinct();
    if (counted || sorted_size != bag.size()) {
        Values ordered = *this;
        if (counted) ordered.count_bag();
        ordered.sort();
        return ordered.distinct();
    }
    std::uint64_t n = bag.empty() ? 0 : 1;
    for (std::size_t i = 1; i < bag.size(); ++i) n += bag[i] != bag[i - 1] ? 1U : 0U;
    return n;
}

std::optional<Quantile> Values::quantile(double p) {
    if (count() == 0) return std::nullopt;
    if (!exact()) return Quantile{sketch->quantile(p), true};
    const QuantilePlace place = quantile_place(count(), p);
    return Quantile{place.between(at(place.rank), at(std::min(place.rank + 1, count() - 1))), false};
}

void encode(std::string& out, const Values& values) {
    put_tag(out, "VAL1");
    put(out, values.cap);
    put(out, static_cast<std::uint8_t>(form_of(values)));
    if (!values.exact()) return encode(out, *values.sketch);
    Values whole = values;
    if (form_of(values) == Saved::counted) {
        whole.count_bag();
        return encode(out, *whole.counted);
    }
    const std::span<const double> bag = whole.sorted();
    put(out, std::uint64_t{bag.size()});
    out.append(reinterpret_cast<const char*>(bag.data()), bag.size_bytes());
}

// The doubles may lie anywhere in memory.
bool Values::take_bag(std::string_view& in, std::uint64_t cap, std::string_view& doubles) {
    std::uint64_t count = 0;
    if (!take_count(in, count, sizeof(double)) || (cap != no_cap && count > cap)) return false;
    doubles = in.substr(0, count * sizeof(double));
    in.remove_prefix(doubles.size());
    double last = -std::numeric_limits<double>::infinity();
    for (std::size_t at = 0; at < doubles.size(); at += sizeof(double)) {
        double value = 0;
        std::memcpy(&value, doubles.data() + at, sizeof value);
        if (!std::isfinite(value) || value < last) return false;
        last = value;
    }
    return true;
}

std::optional<std::string_view> Values::take_exact(std::string_view& in) {
    std::string_view rest = in, doubles;
    std::uint64_t cap = 0;
    std::uint8_t form = 0;
    if (!take_tag(rest, "VAL1") || !take(rest, cap) || !take(rest, form) || Saved{form} != Saved::bag ||
        !take_bag(rest, cap, doubles))
        return std::nullopt;
    in = rest;
    return doubles;
}

bool decode(std::string_view& in, Values& out) {
    std::string_view rest = in, doubles;
    std::uint8_t form = 0;
    Values read;
    if (!take_tag(rest, "VAL1") || !take(rest, read.cap) || !take(rest, form) || Saved{form} > Saved::counted)
        return false;
    if (Saved{form} == Saved::counted) {
        if (read.cap != Values::no_cap || !decode(rest, read.counted.emplace({})) || form_of(read) != Saved::counted)
            return false;
    } else if (Saved{form} == Saved::sketch) {
        if (!decode(rest, read.sketch.emplace({})) || read.cap == Values::no_cap || read.sketch->count() <= read.cap)
            return false;
    } else {
        if (!Values::take_bag(rest, read.cap, doubles)) return false;
        read.bag.resize(doubles.size() / sizeof(double));
        if (!doubles.empty()) std::memcpy(read.bag.data(), doubles.data(), doubles.size());
        read.sorted_size = read.bag.size();
    }
    out = std::move(read);
    in = rest;
    return true;
}

} // namespace assay::stats

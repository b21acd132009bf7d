#include <algorithm>
#include <assay/stats/bytes.hpp>
#include <assay/stats/quantile.hpp>
#include <assay/stats/values.hpp>
#include <limits>

namespace assay::stats {

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
        if (over_cap()) spill();
        values = values.subspan(part.size());
    }
    if (!exact()) sketch->add(values, range);
}

void Values::merge(const Values& other) {
    assert(cap == other.cap);
    if (exact() && other.exact()) return merge_bag(other.bag, other.sorted_size == other.bag.size());
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
    if (over_cap()) return spill();
    if (!in_order) return;
    std::inplace_merge(bag.begin(), bag.begin() + middle, bag.end());
    sorted_size = bag.size();
}

void Values::spill() {
    sketch.emplace({}).add(bag);
    bag = {};
    sorted_size = 0;
}

std::span<const double> Values::sorted() {
    if (sorted_size != bag.size()) std::sort(bag.begin(), bag.end());
    sorted_size = bag.size();
    return bag;
}

std::optional<Quantile> Values::quantile(double p) {
    if (count() == 0) return std::nullopt;
    if (exact()) return Quantile{*stats::quantile(sorted(), p), false};
    return Quantile{sketch->quantile(p), true};
}

void encode(std::string& out, const Values& values) {
    put_tag(out, "VAL1");
    put(out, values.cap);
    put(out, static_cast<std::uint8_t>(values.exact()));
    if (!values.exact()) return encode(out, *values.sketch);
    std::vector<double> bag = values.bag;
    if (values.sorted_size != bag.size()) std::sort(bag.begin(), bag.end());
    put(out, std::uint64_t{bag.size()});
    out.append(reinterpret_cast<const char*>(bag.data()), bag.size() * sizeof(double));
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
    std::uint8_t exact = 0;
    if (!take_tag(rest, "VAL1") || !take(rest, cap) || !take(rest, exact) || exact != 1 ||
        !take_bag(rest, cap, doubles))
        return std::nullopt;
    in = rest;
    return doubles;
}

bool decode(std::string_view& in, Values& out) {
    std::string_view rest = in, doubles;
    std::uint8_t exact = 0;
    Values read;
    if (!take_tag(rest, "VAL1") || !take(rest, read.cap) || !take(rest, exact) || exact > 1) return false;
    if (exact == 0) {
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

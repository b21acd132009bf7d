#include <algorithm>
#include <assay/stats/bytes.hpp>
#include <assay/stats/quantile.hpp>
#include <assay/stats/values.hpp>

namespace assay::stats {

void Values::add(std::span<const double> values) {
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
    if (!exact()) sketch->add(values);
}

void Values::merge(const Values& other) {
    assert(cap == other.cap);
    if (exact() && other.exact()) {
        if (other.bag.empty()) return;
        // Many small bags into one are sorted once, at the end.
        const bool in_order =
            sorted_size == bag.size() && other.sorted_size == other.bag.size() && 4 * other.bag.size() >= bag.size();
        const auto middle = static_cast<std::ptrdiff_t>(bag.size());
        bag.insert(bag.end(), other.bag.begin(), other.bag.end());
        sorted_size = 0;
        if (over_cap()) return spill();
        if (!in_order) return;
        std::inplace_merge(bag.begin(), bag.begin() + middle, bag.end());
        sorted_size = bag.size();
        return;
    }
    if (exact()) spill();
    sketch->add(other.bag);
    if (!other.exact()) sketch->merge(*other.sketch);
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

bool decode(std::string_view& in, Values& out) {
    std::string_view rest = in;
    std::uint8_t exact = 0;
    std::uint64_t count = 0;
    Values read;
    if (!take_tag(rest, "VAL1") || !take(rest, read.cap) || !take(rest, exact) || exact > 1) return false;
    if (exact == 0) {
        if (!decode(rest, read.sketch.emplace({})) || read.cap == Values::no_cap || read.sketch->count() <= read.cap)
            return false;
    } else {
        if (!take_count(rest, count, sizeof(double))) return false;
        read.bag.resize(count);
        if (count > 0) std::memcpy(read.bag.data(), rest.data(), count * sizeof(double));
        rest.remove_prefix(count * sizeof(double));
        if (read.over_cap() ||
            !std::all_of(read.bag.begin(), read.bag.end(), [](double x) { return std::isfinite(x); }))
            return false;
        if (!std::is_sorted(read.bag.begin(), read.bag.end())) return false;
        read.sorted_size = read.bag.size();
    }
    out = std::move(read);
    in = rest;
    return true;
}

} // namespace assay::stats

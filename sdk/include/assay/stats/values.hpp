// A bag of numbers: all of them up to a cap, beyond it a LogSketch. What it holds depends only on the multiset. Without
// a cap many are kept as a FrequencyTable.
// Values are finite; the caller has sorted out the rest.
#pragma once
#include <algorithm>
#include <assay/stats/boxed.hpp>
#include <assay/stats/extrema.hpp>
#include <assay/stats/frequency_table.hpp>
#include <assay/stats/log_sketch.hpp>
#include <cassert>
#include <cmath>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace assay::stats {

struct Quantile {
    double value;
    bool approx; // from the sketch: within LogSketch::relative_error
};

class Values {
  public:
    static constexpr std::uint64_t column_cap = 65'536, cell_cap = 4'096, no_cap = 0;

    explicit Values(std::uint64_t most = column_cap) : cap{most} {}

    void add(double value) {
        assert(std::isfinite(value));
        value += 0.0; // -0.0 is 0.0
        if (!exact()) return sketch->add(value);
        bag.push_back(value);
        sorted_size = 0;
        fit();
    }
    void add(std::span<const double> values) {
        if (!values.empty()) add(values, range_of(values));
    }
    void add(std::span<const double> values, Range range); // all of them within it
    void merge(const Values& other);                       // of the same cap
    void merge_ascending(std::span<const double> values);  // as of a bag that was read back

    std::uint64_t count() const { return exact() ? bag.size() + in_table() : sketch->count(); }
    bool exact() const { return !sketch; }
    // So many more leave it exact.
    bool keeps(std::uint64_t more) const { return exact() && (cap == no_cap || count() + more <= cap); }
    std::uint64_t most() const { return cap; }
    // All of them and how often each, in no order and some more than once; nothing where not exact.
    template <class Use> void each(Use use) const {
        if (counted) counted->each(use);
        for (const double value : bag) use(value, std::uint64_t{1});
    }
    std::span<const double> sorted();           // laid out in order; empty where not exact
    double at(std::uint64_t rank);              // in order, from 0; exact, rank < count()
    std::uint64_t distinct() const;             // exact
    std::optional<Quantile> quantile(double p); // Hyndman-Fan type 7; empty where there are no values

    friend void encode(std::string& out, const Values&);
    friend bool decode(std::string_view& in, Values& out);
    // Past a saved bag that lists every value: its doubles, ascending and finite, as they lie there. Nothing, and `in`
    // stays, where a sketch or a table stands for them or the bytes are not those of a bag.
    static std::optional<std::string_view> take_exact(std::string_view& in);

  private:
    static bool take_bag(std::string_view& in, std::uint64_t cap, std::string_view& doubles);
    std::uint64_t in_table() const { return counted ? counted->count() : 0; }
    void merge_bag(std::span<const double> other, bool ascending);
    void sort();
    void fit() {
        if (cap != no_cap && bag.size() > cap) return spill();
        if (cap == no_cap && bag.size() > std::max<std::size_t>(column_cap, counted ? counted->distinct() : 0))
            count_bag();
    }
    void spill();
    void count_bag();

    std::uint64_t cap;
    std::vector<double> bag;       // empty once there is a sketch
    std::size_t sorted_size = 0;   // bag.size() where the bag is sorted
    Boxed<LogSketch> sketch;       // beyond the cap
    Boxed<FrequencyTable> counted; // without a cap: of what is no longer in the bag
};

} // namespace assay::stats

#pragma once
// Eight doubles side by side, in one vector register or in several: sums and extremes are taken in each lane and put
// together in one order, so that no bit depends on the machine. What loops over them is ASSAY_VECTORIZED.
#include <assay/vector_targets.hpp>
#include <cstddef>
#include <cstring>
#include <span>

namespace assay::stats {

inline constexpr std::size_t lanes = 8;
using Lanes [[gnu::vector_size(lanes * sizeof(double))]] = double;

[[gnu::always_inline]] inline double sum(const Lanes& v) {
    using Four [[gnu::vector_size(4 * sizeof(double))]] = double;
    using Two [[gnu::vector_size(2 * sizeof(double))]] = double;
    Four four[2];
    std::memcpy(four, &v, sizeof four);
    four[0] += four[1];
    Two two[2];
    std::memcpy(two, four, sizeof two);
    two[0] += two[1];
    return two[0][0] + two[0][1];
}

// Calls step(eight values) as long as there are as many, then rest(lane, value) for each of those left.
template <class Step, class Rest>
[[gnu::always_inline]] inline void by_lane(std::span<const double> values, Step step, Rest rest) {
    const double* const from = values.data();
    const std::size_t whole = values.size() / lanes * lanes;
    for (std::size_t i = 0; i < whole; i += lanes) {
        Lanes eight;
        std::memcpy(&eight, from + i, sizeof eight);
        step(eight);
    }
    for (std::size_t i = whole; i < values.size(); ++i) rest(i - whole, from[i]);
}

} // namespace assay::stats

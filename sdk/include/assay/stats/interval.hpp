// Confidence intervals.
#pragma once
#include <assay/stats/moments.hpp>
#include <cstdint>
#include <optional>

namespace assay::stats {

struct Interval {
    double lo, hi;
};

// Between two order statistics, as indices from 0 into the sorted sample.
struct OrderInterval {
    std::uint64_t lo, hi;
    double attained; // exact, whatever the distribution
    bool reached;    // attained >= the confidence asked for; else the sample is too small for it
};

// Of a quantile, from the exact binomial distribution of the rank, as benchstat does it: starting from the mode, the
// likelier neighbour is added, the left one on ties, until the confidence is reached. Where that would leave the sample
// (the median of n < 6 at 95 %), the interval ends at the sample's own end, and `attained` says what it is worth.
// Empty for n = 0.
std::optional<OrderInterval> quantile_interval(std::uint64_t n, double p, double confidence = 0.95); // 0 < p < 1
std::optional<OrderInterval> median_interval(std::uint64_t n, double confidence = 0.95);

// Of the mean, from Student's t. n >= 2.
std::optional<Interval> mean_interval(const Moments&, double confidence = 0.95);
// Skewed and small: the t interval does not keep what it promises. n < 10 and |g1| > 1.
bool mean_interval_doubtful(const Moments&);

// Of a proportion, `hits` out of n. n >= 1.
std::optional<Interval> wilson(std::uint64_t hits, std::uint64_t n, double confidence = 0.95);
std::optional<Interval> clopper_pearson(std::uint64_t hits, std::uint64_t n, double confidence = 0.95);
// Upper 95 % bound of a proportion of which none was seen in n: 3 / n, at most 1.
std::optional<double> rule_of_three(std::uint64_t n);

} // namespace assay::stats

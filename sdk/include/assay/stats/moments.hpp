// Central moments of a multiset of numbers, up to the fourth, that merge.
// Formulas: Chan, Golub, LeVeque (1979); Pebay (2008). The mean is kept as an unevaluated sum of two doubles, since a
// mean rounded to one double costs half the digits of the deviation where values are close together (NIST NumAcc4).
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace assay::stats {

struct Moments {
    std::uint64_t n = 0;
    double mean = 0;
    double mean_low = 0;           // what rounding took from `mean`
    double m2 = 0, m3 = 0, m4 = 0; // sums of (x - mean)^k

    static constexpr std::size_t block = 256; // values folded at once

    void add(double value);                   // one value; the span is ten times as fast
    void add(std::span<const double> values); // two passes per block
    void merge(const Moments& other);         // not commutative in the last bit: see MomentTree
    bool operator==(const Moments&) const = default;
};

// All are empty where the quantity is undefined or left the range of double.
std::optional<double> mean(const Moments&);     // n >= 1
std::optional<double> variance(const Moments&); // divides by n - 1; n >= 2
std::optional<double> sd(const Moments&);
std::optional<double> sem(const Moments&);      // sd / sqrt(n)
std::optional<double> cv(const Moments&);       // sd / mean; mean > 0
std::optional<double> skewness(const Moments&); // g1, biased (scipy's default); not for constant data
std::optional<double> kurtosis(const Moments&); // g2, excess, biased (scipy's default); not for constant data

void encode(std::string& out, const Moments&);
bool decode(std::string_view& in, Moments& out);

} // namespace assay::stats

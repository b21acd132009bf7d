// A number as a reader sees it, rounded once. Plain ASCII but for the mark of what is approximate, '.' as decimal
// point, no grouping.
#pragma once
#include <string>

namespace assay::stats {

// Four significant digits, digits before the point all kept, trailing zeros dropped: 76.88, 0.5, 123457, 0.003142.
// Whole numbers below 2^53 are written in full. An exponent only outside 1e-4 .. 1e9: 3.142e-05.
std::string display(double value);

// As many digits as the uncertainty allows: two of the half-width of the interval, trailing zeros kept. 76.88 with
// half-width 0.21 is "76.88", with 2.1 "76.9", with 210 "80". A half-width that is 0 or not finite says nothing:
// display(value).
std::string display(double value, double half_width);
// The half-width itself, to two digits: "0.21".
std::string display_half_width(double half_width);

// What does not come from all values says so: "≈76.88".
std::string approximately(std::string display);

} // namespace assay::stats

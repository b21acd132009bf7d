// Ascending order, by Highway's vectorized quicksort (Wassenberg et al. 2022): a fourth to a fifth of the time of a
// scalar one. Numbers are finite.
#pragma once
#include <cstdint>
#include <span>

namespace assay::stats {

void sort_ascending(std::span<double> values);
void sort_ascending(std::span<std::uint64_t> values);

} // namespace assay::stats

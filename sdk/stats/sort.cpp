#include <algorithm>
#include <assay/stats/sort.hpp>
#include <hwy/contrib/sort/vqsort.h>

namespace assay::stats {
namespace {

template <class Number> void sort_all(std::span<Number> values) {
    constexpr std::size_t worth_vectors = 32; // fewer are sorted before the vectorized way is set up
    if (values.size() < worth_vectors) return std::sort(values.begin(), values.end());
    hwy::Sorter{}(values.data(), values.size(), hwy::SortAscending{});
}

} // namespace

void sort_ascending(std::span<double> values) { sort_all(values); }
void sort_ascending(std::span<std::uint64_t> values) { sort_all(values); }

} // namespace assay::stats

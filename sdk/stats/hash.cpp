#include <assay/stats/hash.hpp>
#include <assay/vector_targets.hpp>

namespace assay::stats {

ASSAY_VECTORIZED void hash(std::span<const double> values, std::uint64_t* out) {
    for (std::size_t i = 0; i < values.size(); ++i) out[i] = hash(values[i]);
}

} // namespace assay::stats

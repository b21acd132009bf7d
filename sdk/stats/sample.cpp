#include <assay/stats/sample.hpp>
#include <assay/vector_targets.hpp>

namespace assay::stats {

ASSAY_VECTORIZED void sample_keys(std::uint64_t content, Position first, std::span<std::uint64_t> out) {
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = sample_key(content, {first.chunk, first.row + i});
}

} // namespace assay::stats

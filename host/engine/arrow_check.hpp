#pragma once
// Whether a record batch that a plugin made is what it claims to be, as far as that can be told without trusting it.
#include "plan/table_plan.hpp"
#include <cstdint>
#include <span>
#include <string>

namespace assay::engine {

/// Most rows of a batch: what analyzers reserve for.
inline constexpr std::int64_t most_batch_rows = 65536;

/// Empty, or one sentence about what is wrong: number of columns, lengths, missing buffers, offsets that go back.
std::string problem_of(const ArrowArray& batch, std::span<const Type> types);

} // namespace assay::engine

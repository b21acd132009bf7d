#pragma once
// Numbers of some rows, put side by side without those that are missing or not finite.
#include <cstddef>
#include <cstdint>
#include <span>

namespace assay::profile {

/// Takes the finite ones of numbers[rows[i]], in order, into `values`, which has room for all; answers how many.
std::size_t pack(const double* numbers, std::span<const std::uint32_t> rows, double* values);
/// Likewise, those of rows that are ok.
std::size_t pack_ok(const double* numbers, std::span<const std::uint8_t> status, double* values);

} // namespace assay::profile

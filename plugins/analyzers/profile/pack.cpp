#include "profile/pack.hpp"
#include <assay/abi.h>
#include <assay/stats/lanes.hpp>
#include <bit>
#include <cstring>
#if defined(ASSAY_WIDE_TARGET)
#include <immintrin.h>
#endif

namespace assay::profile {

namespace {

inline bool is_finite(double value) { return value - value == 0; }

/// Of the rows from `first` on, one after another.
std::size_t pack_rest(const double* numbers, std::span<const std::uint8_t> status, std::size_t first, double* values,
                      std::size_t kept) {
    for (std::size_t row = first; row < status.size(); ++row) {
        values[kept] = numbers[row];
        kept += status[row] == ASSAY_ROW_OK && is_finite(numbers[row]) ? 1U : 0U;
    }
    return kept;
}

/// Takes eight at once where all are wanted.
ASSAY_DEFAULT_TARGET std::size_t pack_rows(const double* numbers, std::span<const std::uint8_t> status,
                                           double* values) {
    using stats::lanes, stats::Lanes;
    constexpr std::uint64_t all_ok = 0x0101010101010101 * ASSAY_ROW_OK;
    std::size_t kept = 0, row = 0;
    for (; row + lanes <= status.size(); row += lanes) {
        Lanes eight;
        std::uint64_t eight_status = 0;
        std::memcpy(&eight, numbers + row, sizeof eight);
        std::memcpy(&eight_status, status.data() + row, sizeof eight_status);
        if (eight_status == all_ok && stats::sum(eight - eight) == 0) {
            std::memcpy(values + kept, &eight, sizeof eight);
            kept += lanes;
        } else {
            kept = pack_rest(numbers, status.first(row + lanes), row, values, kept);
        }
    }
    return pack_rest(numbers, status, row, values, kept);
}

#if defined(ASSAY_WIDE_TARGET)
/// The same without a branch, where vectors can be compressed.
ASSAY_WIDE_TARGET std::size_t pack_rows(const double* numbers, std::span<const std::uint8_t> status, double* values) {
    std::size_t kept = 0, row = 0;
    for (; row + 64 <= status.size(); row += 64) {
        const __m512i all = _mm512_loadu_si512(status.data() + row);
        std::uint64_t ok = _mm512_cmpeq_epi8_mask(all, _mm512_set1_epi8(ASSAY_ROW_OK));
        for (std::size_t i = 0; i < 64; i += 8, ok >>= 8) {
            const __m512d eight = _mm512_loadu_pd(numbers + row + i), zero = _mm512_setzero_pd();
            const __mmask8 wanted =
                _mm512_mask_cmp_pd_mask(static_cast<__mmask8>(ok), _mm512_sub_pd(eight, eight), zero, _CMP_EQ_OQ);
            _mm512_storeu_pd(values + kept, _mm512_maskz_compress_pd(wanted, eight));
            kept += static_cast<std::size_t>(std::popcount(wanted));
        }
    }
    return pack_rest(numbers, status, row, values, kept);
}
#endif

} // namespace

/// Where rows follow one another and hold a number, eight are taken at once.
ASSAY_VECTORIZED std::size_t pack(const double* numbers, std::span<const std::uint32_t> rows, double* values) {
    using stats::lanes, stats::Lanes;
    std::size_t kept = 0;
    const auto take = [&](std::uint32_t row) {
        values[kept] = numbers[row];
        kept += is_finite(numbers[row]) ? 1U : 0U;
    };
    std::size_t i = 0;
    for (; i + lanes <= rows.size(); i += lanes) {
        if (rows[i + lanes - 1] - rows[i] == lanes - 1) {
            Lanes eight;
            std::memcpy(&eight, numbers + rows[i], sizeof eight);
            std::memcpy(values + kept, &eight, sizeof eight);
            if (stats::sum(eight - eight) == 0) {
                kept += lanes;
                continue;
            }
        }
        for (const auto row : rows.subspan(i, lanes)) take(row);
    }
    for (const auto row : rows.subspan(i)) take(row);
    return kept;
}

std::size_t pack_ok(const double* numbers, std::span<const std::uint8_t> status, double* values) {
    return pack_rows(numbers, status, values);
}

} // namespace assay::profile

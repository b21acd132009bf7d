// Where in an artifact's content an observation stands: the tie-break that makes "the first" independent of who saw it.
#pragma once
#include <compare>
#include <cstdint>

namespace assay::stats {

struct Position {
    std::uint64_t chunk = 0; // fixed-size part of the content
    std::uint64_t row = 0;   // within the chunk
    // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 sees a null pointer in it
    auto operator<=>(const Position&) const = default;
};

} // namespace assay::stats

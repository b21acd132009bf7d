#pragma once
// What a cache holds, and whether all of it can be read.
#include "engine/sqlite.hpp"
#include <cstdint>
#include <optional>
#include <string>

namespace assay::engine {

struct StoreSummary {
    std::uint64_t partials = 0, packs = 0;
    std::uint64_t bytes = 0;                    ///< of the file
    std::optional<std::int64_t> oldest_us = {}; ///< when the pack that was not used for longest was used last
};
/// Throws SqliteError.
StoreSummary summary_of(Database& database);

struct StoreDamage {
    std::uint64_t packs = 0, folders = 0, others = 0; ///< `others`: tables that are not as they should be
    std::uint64_t all() const { return packs + folders + others; }
};
/// Reads every checksum and decodes every partial. Throws SqliteError.
StoreDamage damage_of(Database& database);

} // namespace assay::engine

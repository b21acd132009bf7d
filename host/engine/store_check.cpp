#include "engine/store_check.hpp"
#include "engine/known_files.hpp"
#include "engine/partial_pack.hpp"
#include <algorithm>

namespace assay::engine {

StoreSummary summary_of(Database& database) {
    StoreSummary out;
    Statement query{database, "SELECT count(*), total(partials), min(used) FROM pack"};
    if (!query.step()) return out;
    out.packs = static_cast<std::uint64_t>(query.integer(0));
    out.partials = static_cast<std::uint64_t>(query.integer(1));
    if (out.packs > 0) out.oldest_us = query.integer(2) * 1000;
    out.bytes = static_cast<std::uint64_t>(database.number("PRAGMA page_count") * database.number("PRAGMA page_size"));
    return out;
}

StoreDamage damage_of(Database& database) {
    StoreDamage out;
    Statement packs{database, "SELECT partials, blob FROM pack LEFT JOIN data ON pack = id"};
    std::string room;
    while (packs.step()) {
        const auto unpacked = unpack(packs.blob(1), room);
        const auto& saved = unpacked.partials;
        const bool whole = saved && saved->size() == static_cast<std::uint64_t>(packs.integer(0)) &&
                           std::all_of(saved->begin(), saved->end(), [&](std::string_view bytes) {
                               return decode_partial(bytes, unpacked.plans).has_value();
                           });
        out.packs += whole ? 0U : 1U;
    }
    Statement folders{database, "SELECT files FROM folder"};
    while (folders.step()) out.folders += decode_known_files(folders.blob(0)) ? 0U : 1U;
    Statement tables{database, "PRAGMA quick_check"};
    while (tables.step()) out.others += tables.blob(0) == "ok" ? 0U : 1U;
    return out;
}

} // namespace assay::engine

#pragma once
// The file of the cache: an SQLite database `partials.sqlite` in a folder that nobody else can write. What is no such
// database, or is damaged, is begun anew: all it holds can be made again.
#include "engine/sqlite.hpp"
#include <functional>
#include <optional>
#include <string>

namespace assay::engine {

/// Told what the user should know: a warning, or a note.
using Say = std::function<void(bool warning, const std::string& message)>;

std::string store_path(const std::string& folder);

enum class StoreUse {
    look, ///< changes nothing, also where it is damaged
    read, ///< begins it anew where it is damaged
    write ///< and makes it, folder and all, where there is none
};

/// Nothing where there is none. Nothing, and `say` is told why, where it must not be trusted or cannot be made, and for
/// a look where it is damaged or another's. Throws SqliteError.
std::optional<Database> open_store(const std::string& folder, StoreUse use, const Say& say);

/// Throws away all it holds.
void begin_anew(Database& database);

} // namespace assay::engine

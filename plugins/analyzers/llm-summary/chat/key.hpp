#pragma once
// The key in texts that are to be kept or told: it must stand in none.
#include <string>
#include <string_view>

namespace assay::chat {

/// True where the text holds the key: as it stands, or behind JSON's escapes (\u0073k-...), also of JSON within JSON.
bool holds_key(std::string_view text, const std::string& key);

/// With stars in place of the key.
std::string without_key(std::string text, const std::string& key);

} // namespace assay::chat

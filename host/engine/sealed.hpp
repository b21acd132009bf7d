#pragma once
// Bytes with a checksum in front: what tells a damaged blob from a whole one.
#include <optional>
#include <string>
#include <string_view>

namespace assay::engine {

std::string seal(std::string body);
/// The body; nothing where the checksum does not match.
std::optional<std::string_view> unseal(std::string_view bytes);

} // namespace assay::engine

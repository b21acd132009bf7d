#include "engine/sealed.hpp"
#include <assay/stats/hash.hpp>
#include <cstdint>
#include <cstring>

namespace assay::engine {

std::string seal(std::string body) {
    const std::uint64_t checksum = stats::hash(body);
    char raw[sizeof checksum];
    std::memcpy(raw, &checksum, sizeof raw);
    body.insert(0, raw, sizeof raw);
    return body;
}

std::optional<std::string_view> unseal(std::string_view bytes) {
    std::uint64_t checksum = 0;
    if (bytes.size() < sizeof checksum) return std::nullopt;
    std::memcpy(&checksum, bytes.data(), sizeof checksum);
    bytes.remove_prefix(sizeof checksum);
    return stats::hash(bytes) == checksum ? std::optional{bytes} : std::nullopt;
}

} // namespace assay::engine

#pragma once
// The files of one folder as an earlier run found them: a file that still looks the same need not be opened to know its
// content and where its partial lies.
#include "intake/discover.hpp"
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay::engine {

/// What every write to a file changes. No device number: those of network file systems change with each mount.
struct Stamp {
    std::uint64_t bytes = 0, inode = 0;
    std::int64_t modified_ns = 0, changed_ns = 0;
    bool operator==(const Stamp&) const = default;
};
Stamp stamp_of(const intake::Found& found);

/// Where a partial lies in the cache.
struct Place {
    std::int64_t pack = 0; ///< 0: nowhere
    std::uint64_t at = 0;  ///< from 0, within the pack
};

struct KnownFile {
    std::string_view name, sha256; ///< `name` as parsers see it
    Stamp stamp;
    Place place;
};

/// With a checksum.
std::string encode(const std::vector<KnownFile>& files);
/// Views into `bytes`. Nothing where they are damaged.
std::optional<std::vector<KnownFile>> decode_known_files(std::string_view bytes);

} // namespace assay::engine

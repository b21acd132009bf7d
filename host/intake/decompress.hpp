#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace assay::intake {

enum class Compression { none, gzip, zstd, xz, bzip2 };

/// By the first bytes, never by the name.
Compression detect_compression(std::string_view head);

/// `runs.csv.gz` becomes `runs.csv`, `runs.tgz` becomes `runs.tar`; other names stay.
std::string inner_name(std::string_view name, Compression);

/// Fills the buffer with the next compressed bytes; fewer than asked for, or 0, only at the end. May throw ReadError.
using CompressedBytes = std::function<std::size_t(char* buffer, std::size_t size)>;

/// Decompressed bytes, forward only. Several compressed streams one after another are one content, as the command line
/// tools have it.
class Decompressor {
  public:
    virtual ~Decompressor() = default;
    /// Fewer bytes than asked for only at the end. Throws ReadError "truncated", "corrupt", or "too-large" where
    /// decompressing needs more than 100 MB of working memory.
    virtual std::size_t read(char* buffer, std::size_t size) = 0;
};

std::unique_ptr<Decompressor> make_decompressor(Compression, CompressedBytes);

} // namespace assay::intake

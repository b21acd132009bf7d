#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace assay::intake {

class Sha256;
class Source;

/// The identity of an artifact's content: 64 lower-case hex digits over the file's own bytes, compressed as they are.
/// Up to 4 MiB it is their SHA-256. Above, so that workers can share a file, it is the SHA-256 of the concatenated
/// SHA-256 (32 bytes each) of its 4 MiB chunks, the last one shorter.
class ContentDigest {
  public:
    static constexpr std::size_t chunk_bytes = std::size_t{4} << 20;

    ContentDigest();
    ~ContentDigest();
    ContentDigest(ContentDigest&&) noexcept;
    ContentDigest& operator=(ContentDigest&&) noexcept;

    void update(std::string_view bytes);
    /// Call one of them, once, at the end.
    std::string finish();
    /// Of each chunk, 32 bytes.
    std::string finish_chunks();

  private:
    std::unique_ptr<Sha256> chunk;
    std::size_t in_chunk = 0;
    std::string finished_chunks; // their digests, 32 bytes each
};

/// The digests of the chunks of a file's bytes [begin, end), which is whole chunks but for the last. What somebody else
/// reads of them, in order, is not read again.
class RangeDigest {
  public:
    RangeDigest(std::uint64_t begin, std::uint64_t behind) : at(begin), end(behind) {}
    void see(std::uint64_t offset, std::string_view bytes);
    /// Reads the rest. Call once, at the end. Throws ReadError.
    std::string finish(Source& source);

  private:
    std::uint64_t at, end; // not yet seen
    ContentDigest digest;
};

/// The identity of a content of more than one chunk, from the digests of all of them.
std::string joined_digest(std::string_view chunk_digests);

/// Of the whole file. A file that `source` holds in memory is not read again. Throws ReadError.
std::string content_digest(Source& source);

} // namespace assay::intake

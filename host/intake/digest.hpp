#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace assay::intake {

class Source;

/// The identity of an artifact's content: 64 lower-case hex digits over the file's own bytes, compressed as they are.
/// Up to 4 MiB it is their SHA-256. Above, so that workers can share a file and a processor can hash blocks side by
/// side, it is the root of a tree: the SHA-256 of its chunks' digests (32 bytes each, one behind the other), which are
/// the SHA-256 of their blocks' SHA-256. Chunks are of 4 MiB, blocks of 4 KiB; the last ones may be shorter.
constexpr std::size_t chunk_bytes = std::size_t{4} << 20, block_bytes = std::size_t{4} << 10;

/// The digests of the chunks of bytes that come in pieces.
class ChunkDigests {
  public:
    void update(std::string_view bytes);
    std::string finish(); ///< 32 bytes each. Call once, at the end.

  private:
    void hash(std::string_view blocks);

    std::string waiting;         // fewer than are hashed at a time
    std::string block_digests;   // of the chunk begun
    std::string finished_chunks; // their digests
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
    ChunkDigests digests;
};

/// The identity of a content of more than one chunk, from the digests of all of them.
std::string joined_digest(std::string_view chunk_digests);

/// Of the whole file. A file that `source` holds in memory is not read again. Throws ReadError.
std::string content_digest(Source& source);

} // namespace assay::intake

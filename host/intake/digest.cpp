#include <intake/digest.hpp>

#include <intake/sha256.hpp>
#include <intake/source.hpp>

#include <algorithm>
#include <memory>

namespace assay::intake {
namespace {

/// So many are hashed at a time: as many as processors take side by side. Whole chunks are whole steps.
constexpr std::size_t step_bytes = 16 * block_bytes;
static_assert(chunk_bytes % step_bytes == 0);
constexpr std::size_t digest_bytes = 32;

/// Calls `use` with the bytes [begin, end) of the file, one piece after another.
template <class Use> void read_pieces(Source& source, std::uint64_t begin, std::uint64_t end, Use use) {
    constexpr std::size_t step = std::size_t{256} << 10; // stays in the second-level cache
    const auto buffer = std::make_unique_for_overwrite<char[]>(step);
    for (std::uint64_t at = begin; at < end;) {
        const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(step, end - at));
        const std::size_t got = source.read_raw(at, buffer.get(), wanted);
        if (got == 0) return;
        use(std::string_view{buffer.get(), got});
        at += got;
    }
}

/// The bytes of the whole file into `digest`.
template <class Digest> Digest& take_all(Source& source, Digest& digest) {
    const std::string_view head = source.raw_head();
    digest.update(head);
    if (head.size() < source.size())
        read_pieces(source, head.size(), source.size(), [&](std::string_view piece) { digest.update(piece); });
    return digest;
}

} // namespace

void ChunkDigests::hash(std::string_view blocks) {
    block_digests += sha256_of_blocks(blocks, block_bytes);
    if (block_digests.size() < chunk_bytes / block_bytes * digest_bytes) return;
    finished_chunks += sha256(block_digests);
    block_digests.clear();
}

void ChunkDigests::update(std::string_view bytes) {
    if (!waiting.empty()) {
        const std::string_view missing = bytes.substr(0, step_bytes - waiting.size());
        waiting += missing;
        bytes.remove_prefix(missing.size());
        if (waiting.size() < step_bytes) return;
        hash(waiting);
        waiting.clear();
    }
    for (; bytes.size() >= step_bytes; bytes.remove_prefix(step_bytes)) hash(bytes.substr(0, step_bytes));
    waiting = bytes;
}

std::string ChunkDigests::finish() {
    if (!waiting.empty()) hash(waiting);
    if (!block_digests.empty()) finished_chunks += sha256(block_digests);
    return std::move(finished_chunks);
}

std::string content_digest(Source& source) {
    if (source.size() > chunk_bytes) {
        ChunkDigests chunks;
        return joined_digest(take_all(source, chunks).finish());
    }
    Sha256 whole;
    return hex(take_all(source, whole).finish());
}

void RangeDigest::see(std::uint64_t offset, std::string_view bytes) {
    if (offset != at) return;
    bytes = bytes.substr(0, static_cast<std::size_t>(std::min<std::uint64_t>(bytes.size(), end - at)));
    digests.update(bytes);
    at += bytes.size();
}

std::string RangeDigest::finish(Source& source) {
    read_pieces(source, at, end, [&](std::string_view piece) { digests.update(piece); });
    return digests.finish();
}

std::string joined_digest(std::string_view chunk_digests) { return hex(sha256(chunk_digests)); }

} // namespace assay::intake

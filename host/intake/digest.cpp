#include <intake/digest.hpp>

#include <intake/source.hpp>

// SHA-256 by itself: the calls for any algorithm load libcrypto's settings and providers first, for a millisecond.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>

#include <algorithm>
#include <stdexcept>

namespace assay::intake {
namespace {

void check(int answer) {
    if (answer != 1) throw std::runtime_error("SHA-256 is not available from libcrypto");
}

std::string hex(std::string_view bytes) {
    constexpr char digits[] = "0123456789abcdef";
    std::string out;
    for (const char byte : bytes) {
        const auto value = static_cast<unsigned char>(byte);
        out += digits[value >> 4];
        out += digits[value & 15];
    }
    return out;
}

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

} // namespace

class Sha256 {
  public:
    Sha256() { restart(); }
    void restart() { check(SHA256_Init(&context)); }
    void update(std::string_view bytes) { check(SHA256_Update(&context, bytes.data(), bytes.size())); }
    std::string finish() {
        unsigned char out[SHA256_DIGEST_LENGTH];
        check(SHA256_Final(out, &context));
        return {reinterpret_cast<const char*>(out), sizeof out};
    }

  private:
    SHA256_CTX context;
};

ContentDigest::ContentDigest() : chunk(std::make_unique<Sha256>()) {}
ContentDigest::~ContentDigest() = default;
ContentDigest::ContentDigest(ContentDigest&&) noexcept = default;
ContentDigest& ContentDigest::operator=(ContentDigest&&) noexcept = default;

void ContentDigest::update(std::string_view bytes) {
    while (!bytes.empty()) {
        if (in_chunk == chunk_bytes) { // only now is it known that another chunk follows
            finished_chunks += chunk->finish();
            chunk->restart();
            in_chunk = 0;
        }
        const std::string_view part = bytes.substr(0, chunk_bytes - in_chunk);
        chunk->update(part);
        in_chunk += part.size();
        bytes.remove_prefix(part.size());
    }
}

std::string ContentDigest::finish() {
    const std::string last = chunk->finish();
    if (finished_chunks.empty()) return hex(last);
    return joined_digest(finished_chunks + last);
}

std::string ContentDigest::finish_chunks() { return std::move(finished_chunks) + chunk->finish(); }

std::string content_digest(Source& source) {
    ContentDigest digest;
    const std::string_view head = source.raw_head();
    digest.update(head);
    if (head.size() < source.size())
        read_pieces(source, head.size(), source.size(), [&](std::string_view piece) { digest.update(piece); });
    return digest.finish();
}

void RangeDigest::see(std::uint64_t offset, std::string_view bytes) {
    if (offset != at) return;
    bytes = bytes.substr(0, static_cast<std::size_t>(std::min<std::uint64_t>(bytes.size(), end - at)));
    digest.update(bytes);
    at += bytes.size();
}

std::string RangeDigest::finish(Source& source) {
    read_pieces(source, at, end, [&](std::string_view piece) { digest.update(piece); });
    return digest.finish_chunks();
}

std::string joined_digest(std::string_view chunk_digests) {
    Sha256 hash;
    hash.update(chunk_digests);
    return hex(hash.finish());
}

} // namespace assay::intake

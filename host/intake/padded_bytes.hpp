#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>

namespace assay::intake {

/// Bytes that grow at the end and are always followed by 64 zero bytes, as SIMD parsers want them.
class PaddedBytes {
  public:
    static constexpr std::size_t padding = 64;

    std::size_t size() const { return used; }
    std::string_view view() const { return bytes ? std::string_view(bytes.get(), used) : std::string_view(); }

    /// Room for `count` bytes in all. Moves the bytes if it must.
    void reserve(std::size_t count) {
        if (bytes && count <= room) return;
        auto larger = std::make_unique_for_overwrite<char[]>(count + padding);
        if (used > 0) std::memcpy(larger.get(), bytes.get(), used);
        bytes = std::move(larger);
        room = count;
        seal();
    }
    std::size_t capacity() const { return room; }
    /// Where the next bytes go; `append` says afterwards how many were put there.
    char* end() { return bytes.get() + used; }
    void append(std::size_t count) {
        used += count;
        seal();
    }

  private:
    void seal() { std::memset(bytes.get() + used, 0, padding); }

    std::unique_ptr<char[]> bytes;
    std::size_t used = 0, room = 0;
};

} // namespace assay::intake

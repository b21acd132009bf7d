#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

struct stat;

namespace assay::intake {

struct Found;

/// A regular file as it lies on the disk, read without ever waiting on it and without following a link. It must be the
/// file that discovery saw: same inode, size and modification time, at the start and whenever its end is read. If not:
/// ReadError "changed-while-read".
class RawFile {
  public:
    explicit RawFile(const Found& found); // throws ReadError
    ~RawFile();
    RawFile(const RawFile&) = delete;
    RawFile& operator=(const RawFile&) = delete;

    std::uint64_t size() const { return bytes; }
    /// Reads `count` bytes, fewer only where the file ends. Throws ReadError.
    std::size_t read_at(std::uint64_t offset, void* buffer, std::size_t count);

  private:
    struct stat status() const;
    void check_unchanged() const;

    int descriptor = -1;
    std::uint64_t bytes = 0;
    std::int64_t modified_s = 0, modified_ns = 0;
};

} // namespace assay::intake

#include <intake/raw_file.hpp>

#include <intake/discover.hpp>
#include <intake/read_error.hpp>

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace assay::intake {
namespace {

constexpr const char* changed = "changed-while-read";

} // namespace

RawFile::RawFile(const Found& found) {
    // O_NONBLOCK: should a FIFO have taken the file's place, opening it must not wait for a writer.
    descriptor = ::open(found.file.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (descriptor < 0 && errno == ELOOP) throw ReadError(changed, "a link has taken the file's place");
    if (descriptor < 0) throw ReadError("unreadable", error_text(errno));
    try {
        const struct stat now = status();
        if (!S_ISREG(now.st_mode) || now.st_ino != found.inode || now.st_dev != found.device) {
            throw ReadError(changed, "another file has taken its place since it was found");
        }
        bytes = static_cast<std::uint64_t>(now.st_size);
        modified_s = now.st_mtim.tv_sec;
        modified_ns = now.st_mtim.tv_nsec;
        if (bytes != found.bytes || modified_us(now) != found.modified_us) {
            throw ReadError(changed, "the file was written to since it was found");
        }
    } catch (...) {
        ::close(descriptor);
        throw;
    }
}

RawFile::~RawFile() { ::close(descriptor); }

struct stat RawFile::status() const {
    struct stat now {};
    if (::fstat(descriptor, &now) != 0) throw ReadError("unreadable", error_text(errno));
    return now;
}

void RawFile::check_unchanged() const {
    const struct stat now = status();
    if (static_cast<std::uint64_t>(now.st_size) != bytes || now.st_mtim.tv_sec != modified_s ||
        now.st_mtim.tv_nsec != modified_ns) {
        throw ReadError(changed, "the file was written to while it was read");
    }
}

std::size_t RawFile::read_at(std::uint64_t offset, void* buffer, std::size_t count) {
    if (offset >= bytes) return 0;
    const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(count, bytes - offset));
    std::size_t have = 0;
    while (have < wanted) {
        const ssize_t got =
            ::pread(descriptor, static_cast<char*>(buffer) + have, wanted - have, static_cast<off_t>(offset + have));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) throw ReadError("unreadable", error_text(errno));
        if (got == 0) throw ReadError(changed, "the file became shorter while it was read");
        have += static_cast<std::size_t>(got);
    }
    if (offset + have == bytes) check_unchanged();
    return have;
}

} // namespace assay::intake

#pragma once
// What comes from a process, in blocks of memory that do not move.
#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

namespace assay::process {

/// Bytes in the order in which they came. Whoever holds a block keeps what was read into it where it is.
class Inflow {
  public:
    using Block = std::shared_ptr<const char[]>;
    /// So many bytes behind all that came can be read, whatever they hold: by parsers that take many at a time.
    static constexpr std::size_t slack = 64;

    /// Where more may be put, at least 64 KiB.
    std::span<char> room();
    void add(std::size_t bytes) { end_ += bytes; } ///< so many were put there
    /// What came and was not taken.
    std::string_view waiting() const { return {block_.get() + begin_, end_ - begin_}; }
    void take(std::size_t bytes) { begin_ += bytes; }
    Block block() const { return block_; } ///< that waiting() lies in

  private:
    void begin_block(std::size_t waits);
    std::shared_ptr<char[]> block_ = {};
    std::size_t capacity_ = 0, begin_ = 0, end_ = 0;
};

} // namespace assay::process

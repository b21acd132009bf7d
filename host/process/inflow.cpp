#include "process/inflow.hpp"
#include <algorithm>
#include <cstring>
#include <new>
#include <sys/mman.h>

namespace assay::process {

namespace {

constexpr std::size_t least_room = std::size_t{64} << 10U;
constexpr std::align_val_t huge_page{std::size_t{2} << 20U};

/// Of large pages, where the system has them: each page that is new costs a fault. Not filled with zeros.
std::shared_ptr<char[]> of_huge_pages(std::size_t bytes) {
    std::shared_ptr<char[]> block{static_cast<char*>(::operator new(bytes, huge_page)),
                                  [](char* memory) { ::operator delete(memory, huge_page); }};
#ifdef MADV_HUGEPAGE
    ::madvise(block.get(), bytes, MADV_HUGEPAGE);
#endif
    return block;
}

} // namespace

std::span<char> Inflow::room() {
    if (capacity_ - end_ < least_room) begin_block(waiting().size());
    return {block_.get() + end_, capacity_ - end_};
}

/// Where what waits has room, and more comes. The first is small, as some say little.
void Inflow::begin_block(std::size_t waits) {
    const auto page = block_ ? static_cast<std::size_t>(huge_page) : 2 * least_room;
    const std::size_t bytes = (2 * waits + least_room + slack + page - 1) / page * page;
    if (block_.use_count() == 1 && capacity_ + slack >= bytes) {
        std::memmove(block_.get(), block_.get() + begin_, waits);
    } else {
        auto next = block_ ? of_huge_pages(bytes) : std::shared_ptr<char[]>{new char[bytes]};
        if (waits > 0) std::memcpy(next.get(), block_.get() + begin_, waits);
        block_ = std::move(next);
        capacity_ = bytes - slack;
    }
    begin_ = 0;
    end_ = waits;
}

} // namespace assay::process

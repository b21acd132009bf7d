#include "engine/frames.hpp"
#include <cstring>

namespace assay::engine {

namespace {

struct Head {
    std::int64_t number;
    std::uint64_t bytes;
    std::uint64_t rank;
};

} // namespace

std::string frame_head(const Frame& frame) {
    const Head head{frame.number, frame.bytes.size(), frame.rank};
    return {reinterpret_cast<const char*>(&head), sizeof head};
}

void append_frame(std::string& out, const Frame& frame) {
    const Head head{frame.number, frame.bytes.size(), frame.rank};
    out.append(reinterpret_cast<const char*>(&head), sizeof head).append(frame.bytes);
}

bool detail::next_frame(std::string_view received, std::size_t& at, Frame& frame) {
    Head head{};
    if (received.size() - at < sizeof head) return false;
    std::memcpy(&head, received.data() + at, sizeof head);
    if (received.size() - at - sizeof head < head.bytes) return false;
    frame = {head.number, static_cast<std::uint32_t>(head.rank), received.substr(at + sizeof head, head.bytes)};
    at += sizeof head + head.bytes;
    return true;
}

} // namespace assay::engine

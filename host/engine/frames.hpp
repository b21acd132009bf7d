#pragma once
// What goes over a pipe between this program's own processes: texts of any length, each with a number and a rank.
#include <cstdint>
#include <string>
#include <string_view>

namespace assay::engine {

struct Frame {
    std::int64_t number;
    std::uint32_t rank;
    std::string_view bytes;
};

void append_frame(std::string& out, const Frame& frame);
/// What stands before the bytes of a frame: for those that are large, and written by themselves.
std::string frame_head(const Frame& frame);

/// Calls `take` for each whole frame at the front of `received` and removes what it took; ends when `take` answers
/// false.
template <class Take> void take_frames(std::string& received, Take take);

namespace detail {
/// False: no whole frame is there at `at`. Else `at` is moved behind it.
bool next_frame(std::string_view received, std::size_t& at, Frame& frame);
} // namespace detail

template <class Take> void take_frames(std::string& received, Take take) {
    std::size_t at = 0;
    for (Frame frame{}; detail::next_frame(received, at, frame);)
        if (!take(frame)) break;
    received.erase(0, at);
}

} // namespace assay::engine

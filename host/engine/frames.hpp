#pragma once
// What goes over a pipe between this program's own processes: texts of any length, each with a number and a rank.
#include "process/inflow.hpp"
#include <cstdint>
#include <string>
#include <string_view>

namespace assay::engine {

struct Frame {
    std::int64_t number;
    std::uint32_t rank;
    std::string_view bytes;
};

/// What stands before the bytes of a frame: for those that are large, and written by themselves.
std::string frame_head(const Frame& frame);
void append_frame(std::string& out, const Frame& frame);
/// The same, of what `write` appends to the string that it is given.
template <class Write> void append_frame(std::string& out, std::int64_t number, std::uint32_t rank, Write write) {
    const std::size_t at = out.size();
    append_frame(out, {number, rank, {}});
    const std::size_t begin = out.size();
    write(out);
    out.replace(at, begin - at, frame_head({number, rank, std::string_view{out}.substr(begin)}));
}

/// Calls `take` for each whole frame that has come and takes it from `received`; ends when `take` answers false.
template <class Take> void take_frames(process::Inflow& received, Take take);

namespace detail {
/// False: no whole frame is there at `at`. Else `at` is moved behind it.
bool next_frame(std::string_view received, std::size_t& at, Frame& frame);
} // namespace detail

template <class Take> void take_frames(process::Inflow& received, Take take) {
    std::size_t at = 0;
    for (Frame frame{}; detail::next_frame(received.waiting(), at, frame);)
        if (!take(frame)) break;
    received.take(at);
}

} // namespace assay::engine

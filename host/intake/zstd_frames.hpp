#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace assay::intake {

/// Follows the frames of a Zstandard stream (RFC 8878, section 3.1) without decompressing, to know whether the stream
/// ends where a frame ends: Boost.Iostreams takes a stream that breaks off inside a frame for a whole one.
/// Says nothing about streams that are corrupt; the decompressor does.
class ZstdFrames {
  public:
    void follow(std::string_view bytes);
    bool between_frames() const { return part == Part::magic && have == 0; }

  private:
    enum class Part { magic, skippable_size, descriptor, block_header, skipping };
    void begin(Part next, unsigned bytes);
    void skip(std::uint64_t bytes, Part then, unsigned then_bytes);
    void finish_part();

    Part part = Part::magic;
    unsigned have = 0, need = 4; // bytes of the field being read
    std::uint64_t value = 0;     // the field, little endian
    std::uint64_t left = 0;      // bytes to skip
    Part after = Part::magic;
    unsigned after_need = 4;
    bool checksum = false;
};

} // namespace assay::intake

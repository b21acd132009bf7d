#include <intake/zstd_frames.hpp>

#include <algorithm>

namespace assay::intake {

void ZstdFrames::begin(Part next, unsigned bytes) {
    part = next;
    need = bytes;
    have = 0;
    value = 0;
}

void ZstdFrames::skip(std::uint64_t bytes, Part then, unsigned then_bytes) {
    if (bytes == 0) return begin(then, then_bytes);
    part = Part::skipping;
    left = bytes;
    after = then;
    after_need = then_bytes;
}

void ZstdFrames::follow(std::string_view bytes) {
    while (!bytes.empty()) {
        if (part == Part::skipping) {
            const auto step = static_cast<std::size_t>(std::min<std::uint64_t>(left, bytes.size()));
            bytes.remove_prefix(step);
            left -= step;
            if (left == 0) begin(after, after_need);
            continue;
        }
        value |= std::uint64_t{static_cast<unsigned char>(bytes.front())} << (8 * have);
        bytes.remove_prefix(1);
        if (++have == need) finish_part();
    }
}

void ZstdFrames::finish_part() {
    switch (part) {
    case Part::magic:
        if ((value & 0xFFFFFFF0u) == 0x184D2A50u) return begin(Part::skippable_size, 4);
        return begin(Part::descriptor, 1);
    case Part::skippable_size: return skip(value, Part::magic, 4);
    case Part::descriptor: {
        constexpr unsigned dictionary_bytes[] = {0, 1, 2, 4};
        constexpr unsigned content_bytes[] = {0, 2, 4, 8};
        const bool single_segment = (value >> 5) & 1;
        checksum = (value >> 2) & 1;
        const unsigned size_bytes = value >> 6 == 0 ? (single_segment ? 1 : 0) : content_bytes[value >> 6];
        return skip((single_segment ? 0 : 1) + dictionary_bytes[value & 3] + size_bytes, Part::block_header, 3);
    }
    case Part::block_header: {
        const bool last = value & 1, run_length = ((value >> 1) & 3) == 1;
        const std::uint64_t size = run_length ? 1 : value >> 3;
        if (!last) return skip(size, Part::block_header, 3);
        return skip(size + (checksum ? 4 : 0), Part::magic, 4);
    }
    case Part::skipping: return;
    }
}

} // namespace assay::intake

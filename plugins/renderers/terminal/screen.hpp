#pragma once
// Blocks that share one screen: what each of them may lose when there is no room for all.
#include "layout.hpp"

namespace assay::terminal {

/// A heading with items under it. An item is shown whole or not; the heading tells how many of them are.
struct Block {
    Lines heading;
    std::vector<Lines> items;
    int weight = 1;        ///< its share of a screen too small for all: the smallest gives way first
    std::size_t least = 1; ///< items without which it says nothing
};

std::string upper(std::string_view text); ///< ASCII letters: headings

struct Screen {
    Lines lines;             ///< a blank one before each block
    std::size_t dropped = 0; ///< blocks for which there was no room
};
std::size_t height(const std::vector<Block>& blocks); ///< lines of all that is in them
/// `most`: lines; 0: as many as there are.
Screen arranged(std::vector<Block> blocks, std::size_t most);

} // namespace assay::terminal

#include "screen.hpp"
#include <algorithm>

namespace assay::terminal {

namespace {

/// Lines of a block that shows its first items, with a blank before it.
std::size_t height(const Block& block, std::size_t items) {
    std::size_t lines = 1 + block.heading.size();
    for (std::size_t i = 0; i < items; ++i) lines += block.items[i].size();
    return lines;
}

} // namespace

std::string upper(std::string_view text) {
    std::string out;
    for (const char c : text) out += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    return out;
}

std::size_t height(const std::vector<Block>& blocks) {
    std::size_t lines = 0;
    for (const Block& block : blocks) lines += height(block, block.items.size());
    return lines;
}

namespace {

std::size_t least_items(const Block& block) { return std::min(block.least, block.items.size()); }

/// Blocks of the least weight are for the room that the others leave, beginning with the last.
std::size_t drop_fillers(std::vector<Block>& blocks, std::size_t most) {
    std::size_t dropped = 0;
    const auto filler = [](const Block& block) { return block.weight <= 1; };
    if (std::all_of(blocks.begin(), blocks.end(), filler)) return 0;
    while (height(blocks) > most) {
        const auto last = std::find_if(blocks.rbegin(), blocks.rend(), filler);
        if (last == blocks.rend()) break;
        blocks.erase(std::next(last).base());
        ++dropped;
    }
    return dropped;
}

/// Leaves as many blocks as there is room for with their least items; drops the lightest first, of equals the last.
std::size_t drop(std::vector<Block>& blocks, std::size_t most) {
    std::size_t dropped = drop_fillers(blocks, most), least = 0;
    const auto need = [](const Block& block) { return height(block, least_items(block)); };
    for (const Block& block : blocks) least += need(block);
    for (; least > most; ++dropped) {
        std::size_t lightest = 0;
        for (std::size_t i = 1; i < blocks.size(); ++i)
            if (blocks[i].weight <= blocks[lightest].weight) lightest = i;
        least -= need(blocks[lightest]);
        blocks.erase(blocks.begin() + static_cast<std::ptrdiff_t>(lightest));
    }
    return dropped;
}

/// How many items each block shows: one at a time goes from the block that is highest for its weight.
std::vector<std::size_t> trimmed(const std::vector<Block>& blocks, std::size_t most) {
    std::vector<std::size_t> shown;
    std::size_t total = 0;
    for (const Block& block : blocks) {
        shown.push_back(block.items.size());
        total += height(block, shown.back());
    }
    while (total > most) {
        std::size_t highest = blocks.size();
        double share = 0;
        for (std::size_t i = 0; i < blocks.size(); ++i) {
            const double own = static_cast<double>(height(blocks[i], shown[i])) / blocks[i].weight;
            if (shown[i] > least_items(blocks[i]) && own >= share) {
                share = own;
                highest = i;
            }
        }
        if (highest == blocks.size()) break;
        total -= height(blocks[highest], shown[highest]);
        total += height(blocks[highest], --shown[highest]);
    }
    return shown;
}

} // namespace

Screen arranged(std::vector<Block> blocks, std::size_t most) {
    Screen screen;
    if (most > 0) screen.dropped = drop(blocks, most);
    const auto shown = trimmed(blocks, most > 0 ? most : SIZE_MAX);
    const auto add = [&](const Lines& lines) { screen.lines.insert(screen.lines.end(), lines.begin(), lines.end()); };
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        screen.lines.push_back({"", Style::plain});
        const std::size_t all = blocks[i].items.size();
        if (shown[i] < all && !blocks[i].heading.empty())
            blocks[i].heading.back().text += " (" + std::to_string(shown[i]) + " of " + std::to_string(all) + ")";
        add(blocks[i].heading);
        for (std::size_t item = 0; item < shown[i]; ++item) add(blocks[i].items[item]);
    }
    return screen;
}

} // namespace assay::terminal

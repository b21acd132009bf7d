#pragma once
// Texts that stay where they are.
#include <algorithm>
#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

namespace assay::report {

/// Memory that texts lie in, for whoever looks into it.
using Block = std::shared_ptr<const char[]>;

/// Keeps what views look into.
class Texts {
  public:
    Texts() = default;
    Texts(Texts&&) = default;
    Texts& operator=(Texts&&) = default;

    /// Copies it behind the last.
    std::string_view keep(std::string_view text) {
        if (room_ < text.size()) begin_block(text.size());
        char* const at = next_;
        if (!text.empty()) std::memcpy(at, text.data(), text.size());
        next_ += text.size();
        room_ -= text.size();
        return {at, text.size()};
    }
    void keep(Block block) {
        if (blocks_.empty() || blocks_.back() != block) blocks_.push_back(std::move(block));
    }
    /// All that another keeps.
    void keep(Texts&& other) { others_.push_back(std::move(other)); }

  private:
    static constexpr std::size_t block_bytes = std::size_t{64} << 10U;

    void begin_block(std::size_t least) {
        room_ = std::max(least, block_bytes);
        std::shared_ptr<char[]> block{new char[room_]};
        next_ = block.get();
        blocks_.push_back(std::move(block));
    }
    char* next_ = nullptr; ///< where the next text goes
    std::size_t room_ = 0;
    std::vector<Block> blocks_;
    std::vector<Texts> others_;
};

} // namespace assay::report

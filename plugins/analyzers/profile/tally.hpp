#pragma once
// Counts equal values of a batch together, so that each of few is looked up once and not once a row. Values whose
// hashes are equal are taken for equal.
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>

namespace assay::profile {

class Tally {
  public:
    /// Calls use(row, hash, times) for each value, with the first row that has it; for some values more than once.
    template <class Use>
    void count(std::span<const std::uint64_t> hashes, std::span<const std::uint32_t> rows, Use use) {
        for (std::size_t i = 0; i < hashes.size(); ++i) {
            const std::size_t at = hashes[i] % places;
            Slot& slot = slots_[at];
            if (slot.times > 0 && slot.hash == hashes[i]) {
                ++slot.times;
                continue;
            }
            if (slot.times > 0) use(slot.row, slot.hash, slot.times);
            slot = {hashes[i], 1, rows[i]};
            used_[at / 64] |= std::uint64_t{1} << (at % 64);
        }
        for (std::size_t word = 0; word < used_.size(); ++word)
            for (std::uint64_t& used = used_[word]; used != 0; used &= used - 1) {
                Slot& slot = slots_[64 * word + static_cast<std::size_t>(std::countr_zero(used))];
                use(slot.row, slot.hash, slot.times);
                slot.times = 0;
            }
    }

  private:
    static constexpr std::size_t places = 256;
    struct Slot {
        std::uint64_t hash = 0;
        std::uint32_t times = 0, row = 0;
    };
    std::array<Slot, places> slots_{};
    std::array<std::uint64_t, places / 64> used_{};
};

} // namespace assay::profile

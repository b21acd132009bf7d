#pragma once
// Saved partials of artifacts that lie beside each other, in one blob: rows of their own cost ten times as much. They
// are much alike and full of zeros: zstd makes them an eighth, in less time than the larger blob takes to write.
#include "engine/content_record.hpp"
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay::engine {

class PartialPack {
  public:
    static constexpr std::size_t most_partials = 1024, most_bytes = std::size_t{4} << 20U;

    void add(const Partial& partial);
    bool full() const { return count_ >= most_partials || bytes_.size() >= most_bytes; }
    /// The blob, with a checksum; the pack is empty then.
    std::string take();

  private:
    std::string bytes_;
    PlanNumbers plans_;
    std::size_t count_ = 0;
};

/// The saved partials of a blob.
struct Unpacked {
    std::optional<std::vector<std::string_view>> partials = {}; ///< nothing where the blob is damaged
    Plans plans = {};                                           ///< of all of them
};
/// The partials lie in `room`, which is made larger where it must be: who unpacks many gives the same again.
Unpacked unpack(std::string_view blob, std::string& room);

} // namespace assay::engine

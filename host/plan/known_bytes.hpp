#pragma once
// What was made of bytes lately: many small tables are alike.
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace assay::plan {

struct BytesHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view bytes) const { return std::hash<std::string_view>{}(bytes); }
};

/// `Made`: a pointer; what is null is not remembered, nor what many bytes make: few tables are wide, and alike.
template <class Made> class KnownBytes {
  public:
    static constexpr std::size_t most = 1U << 20U; ///< bytes remembered, from 64 for each; of one no more than a 16th

    template <class Make> Made of(std::string_view bytes, Make make) {
        if (const auto found = known_.find(bytes); found != known_.end()) return found->second;
        Made made = make();
        if (!made || bytes.size() > most / 16) return made;
        const std::size_t size = bytes.size() + 64;
        if (held_ + size > most) clear();
        held_ += size;
        return known_.emplace(bytes, std::move(made)).first->second;
    }
    void clear() {
        known_.clear();
        held_ = 0;
    }

  private:
    std::size_t held_ = 0;
    std::unordered_map<std::string, Made, BytesHash, std::equal_to<>> known_;
};

} // namespace assay::plan

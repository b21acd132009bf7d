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

/// `Made`: a pointer; what is null is not remembered.
template <class Made> class KnownBytes {
  public:
    template <class Make> Made of(std::string_view bytes, Make make) {
        constexpr std::size_t most_known = 4096;
        if (const auto found = known_.find(bytes); found != known_.end()) return found->second;
        Made made = make();
        if (!made) return made;
        if (known_.size() == most_known) known_.clear();
        return known_.emplace(bytes, std::move(made)).first->second;
    }

  private:
    std::unordered_map<std::string, Made, BytesHash, std::equal_to<>> known_;
};

} // namespace assay::plan

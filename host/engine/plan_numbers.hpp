#pragma once
// Many tables share a plan, which is longer than all else that is kept of a small one: in a row of saved records each
// plan stands once, and is told by its number after that.
#include "plan/table_plan.hpp"
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace assay::engine {

/// Of who writes such records.
class PlanNumbers {
  public:
    /// Asked again it may be another: what is written next to the plans themselves must not ask twice.
    std::uint64_t of(const plan::SharedPlan& plan);
    /// The plans numbered since the last call, for who reads them in turn; empty where there are none.
    std::string take_new();

  private:
    static constexpr std::size_t most = 1U << 20U; ///< bytes of plans that are remembered: others get a new number
    struct Known {
        plan::SharedPlan plan; ///< as long as it is known, no other plan stands where it does
        std::uint64_t number;
    };
    std::unordered_map<const plan::TablePlan*, Known> known_;
    std::size_t held_ = 0;
    std::uint64_t next_ = 0;
    std::string new_;
};

/// Of who reads them: by number.
using Plans = std::vector<plan::SharedPlan>;

/// Puts what `take_new` gave behind those that are there. False where it is damaged.
bool add_plans(std::string_view bytes, Plans& plans);

} // namespace assay::engine

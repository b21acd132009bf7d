#include "engine/plan_numbers.hpp"
#include <assay/bytes.hpp>
#include <utility>

namespace assay::engine {

std::uint64_t PlanNumbers::of(const plan::SharedPlan& plan) {
    if (const auto found = known_.find(plan.get()); found != known_.end()) return found->second.number;
    if (held_ > most) {
        known_.clear();
        held_ = 0;
    }
    const std::string bytes = plan::encode(*plan);
    held_ += bytes.size();
    ByteWriter{new_}.put(bytes);
    known_.emplace(plan.get(), Known{plan, next_});
    return next_++;
}

std::string PlanNumbers::take_new() { return std::exchange(new_, {}); }

bool add_plans(std::string_view bytes, Plans& plans) {
    ByteReader in{bytes};
    while (in.ok() && !in.rest().empty()) {
        auto plan = plan::decode_plan(in.text());
        if (!plan) return false;
        plans.push_back(std::move(plan));
    }
    return in.ok();
}

} // namespace assay::engine

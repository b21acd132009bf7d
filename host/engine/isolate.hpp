#pragma once
// A call into a plugin in a process of its own, with what it gives received here.
#include "process/child.hpp"
#include "registry/outcome.hpp"
#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay::engine {

/// How calls that are not about one artifact are made.
struct Isolation {
    bool process = true;                     ///< false: in this process
    std::function<bool()> stopped = nullptr; ///< asked now and then; true ends the call as cancelled
    double seconds = 600;                    ///< for one call, by the clock; only with a process
};

/// Takes what the call gives, in its order: `kind` from 0. Answers why no more is wanted, or an empty text. `block` is
/// where the bytes stay as long as it is held, with slack behind them (process::Inflow); null: they go at once.
using Receiver = std::function<std::string(std::int32_t kind, std::uint32_t rank, std::string_view bytes,
                                           const process::Inflow::Block& block)>;
/// The plugin's call, given where to put things.
using Giver = std::function<std::string(std::int32_t kind, std::uint32_t rank, std::string_view bytes)>;
using Call = std::function<registry::Outcome(const Giver& give)>;

/// A call that runs in a process of its own. Only for a parent of one thread.
class IsolatedCall {
  public:
    IsolatedCall(Isolation isolation, const Call& call, Receiver receive);
    /// Takes what has come. The call's outcome once it has ended; failed as "crashed" where its process died, as
    /// "timed-out" where it took too long, and with the receiver's words where that wanted no more.
    std::optional<registry::Outcome> advance();
    const process::Child& child() const { return child_; }

  private:
    std::string take();
    Isolation isolation_;
    Receiver receive_;
    process::Child child_;
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
    process::Inflow received_;
    std::optional<registry::Outcome> answer_; ///< the call came to its end
};

/// The call's outcome, awaited; see IsolatedCall.
registry::Outcome isolate(const Isolation& isolation, const Call& call, const Receiver& receive);

} // namespace assay::engine

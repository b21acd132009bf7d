#pragma once
// One call into a plugin in a process of its own, with what it gives received here.
#include "registry/outcome.hpp"
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace assay::engine {

/// How calls that are not about one artifact are made.
struct Isolation {
    bool process = true;                     ///< false: in this process
    std::function<bool()> stopped = nullptr; ///< asked now and then; true ends the call as cancelled
    double seconds = 600;                    ///< for one call, by the clock; only with a process
};

/// Takes what the call gives, in its order: `kind` from 0. Answers why no more is wanted, or an empty text.
using Receiver = std::function<std::string(std::int32_t kind, std::uint32_t rank, std::string_view bytes)>;
/// The plugin's call, given where to put things.
using Call = std::function<registry::Outcome(const Receiver& give)>;

/// The call's outcome; failed as "crashed" where its process died, as "timed-out" where it took too long, and with the
/// receiver's words where that wanted no more. Only for a process of one thread.
registry::Outcome isolate(const Isolation& isolation, const Call& call, const Receiver& receive);

} // namespace assay::engine

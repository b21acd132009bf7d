#pragma once
// What a worker does right now, in memory that its parent can read when the worker is gone.
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string>

namespace assay::engine {

struct Stages;

struct Activity {
    enum class Kind : std::int32_t { host, probe, parse, analyze };
    static constexpr std::uint64_t nothing = UINT64_MAX;

    std::atomic<std::uint64_t> artifact = nothing; ///< index of the artifact in work
    std::atomic<std::int64_t> since = 0;           ///< steady clock, nanoseconds: when work on it began
    std::atomic<Kind> kind = Kind::host;
    std::atomic<std::size_t> stage = 0; ///< index of the parser or analyzer

    void is(Kind what, std::size_t index) {
        stage.store(index, std::memory_order_relaxed);
        kind.store(what, std::memory_order_relaxed);
    }
};

/// Says what is done while it lives, then again what was done before.
class Doing {
  public:
    Doing(Activity& activity, Activity::Kind what, std::size_t index)
        : activity_{activity}, kind_{activity.kind}, stage_{activity.stage} {
        activity.is(what, index);
    }
    ~Doing() { activity_.is(kind_, stage_); }
    Doing(const Doing&) = delete;
    Doing& operator=(const Doing&) = delete;

  private:
    Activity& activity_;
    Activity::Kind kind_;
    std::size_t stage_;
};

/// "in parser 'csv'", "while parser 'csv' probed it", "in analyzer 'profile'".
std::string place_of(const Activity& activity, const Stages& stages);

} // namespace assay::engine

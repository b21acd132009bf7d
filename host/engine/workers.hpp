#pragma once
// Folds many artifacts in worker processes, so that one that crashes, hangs or eats memory costs only itself.
#include "engine/fold.hpp"
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace assay::engine {

struct WorkerLimits {
    unsigned jobs = 1;                                    ///< processes side by side
    double seconds = 600;                                 ///< for one artifact, by the clock
    std::uint64_t memory = std::uint64_t{4} << 30U;       ///< resident bytes of one worker
    std::uint64_t part_bytes = std::uint64_t{128} << 20U; ///< a larger file is read in parts; smaller parts are
                                                          ///< not worth joining
    std::function<void(const std::string&)> tell = {}; ///< what may interest who wonders where time goes; may be empty
};

/// What a worker is on.
struct InWork {
    const intake::Found* file;
    double seconds = 0;     ///< since it began
    std::string place = {}; ///< "in parser 'csv'"; only where it takes long
};
/// Told what is in work, the longest first, and how many artifacts and bytes are done; false: stop.
using Watcher = std::function<bool(std::span<const InWork> in_work, std::size_t done, std::uint64_t bytes)>;

/// What a worker does with one file; the same again gives the same.
struct Reading {
    std::function<Partial(std::size_t file, Activity& activity)> read;
    std::function<Partial(std::size_t file, const std::string& code, const std::string& reason)> lose;
};

/// Of each of `files`, what `reading` gives; else as `fold_in_workers`. No file is read in parts.
std::vector<std::optional<Partial>> read_in_workers(std::span<const intake::Found> files, const Reading& reading,
                                                    Stages& stages, const FoldLimits& limits,
                                                    const WorkerLimits& worker, const Watcher& watcher);

/// The partials of `files`, in their order; nothing for those that were not folded when the watcher stopped it. An
/// artifact whose worker dies is tried once more, alone; then it has failed as "crashed", "timed-out" or
/// "out-of-memory". Only for a process of one thread.
std::vector<std::optional<Partial>> fold_in_workers(std::span<const intake::Found> files, Stages& stages,
                                                    const plan::Rules& rules, const FoldLimits& limits,
                                                    const WorkerLimits& worker, const Watcher& watcher);

} // namespace assay::engine

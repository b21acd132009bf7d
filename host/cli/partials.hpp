#pragma once
// Shards on the command line: `run --shard I/N --partial FILE` writes what `merge FILE...` reads.
#include "cli/work.hpp"
#include <string>
#include <vector>

namespace assay::cli {

/// "3/16". Throws UsageError.
engine::Shard shard_of(const std::string& text);

struct ShardWanted {
    engine::Shard shard;
    std::string path;
    bool strict = false; ///< exit status 3 if an artifact failed
};

/// Folds one shard, writes its file whole or not at all and says so. Answers the exit status.
int write_partials(const Work& work, const ShardWanted& wanted, const pipeline::Pipeline& pipeline,
                   Components& components, const Session& session, const Common& common);

/// Reads and unites files of partials. Throws UsageError where they do not belong together or to this pipeline.
Gathered read_partials(const std::vector<std::string>& paths, const pipeline::Pipeline& pipeline,
                       const Session& session);

} // namespace assay::cli

#pragma once
// The way of the data, end to end: discover, fold, conclude, render.
#include "cli/session.hpp"
#include "engine/conclude.hpp"
#include "engine/fold.hpp"
#include "engine/partial_file.hpp"
#include "engine/partial_store.hpp"
#include "engine/workers.hpp"
#include "report/fragments.hpp"
#include "report/gates.hpp"
#include <cstdint>
#include <string>
#include <vector>

namespace assay::cli {

struct Work {
    std::string pipeline_name;
    std::vector<intake::Input> inputs;
    plan::Rules rules;
    engine::FoldLimits limits;
    engine::WorkerLimits workers = {};
    bool isolated = true;       ///< artifacts are read in worker processes
    double stage_seconds = 600; ///< for what an analyzer concludes, or a renderer writes
    std::optional<engine::StoreWanted> cache = {};
    std::size_t facts_limit = report::most_facts;
    std::string output; ///< folder that renderers' files are relative to
    bool progress = true;
    report::FailOn fail_on = {};
    std::optional<report::Baseline> baseline = {};
};

struct WrittenFile {
    std::string renderer, path;
};

struct WorkResult {
    engine::Counts counts;
    report::Model model;
    std::vector<WrittenFile> written;
    std::vector<report::Gate> gates;
    std::vector<std::string> trouble;             ///< outputs and stages that failed, inputs that are missing
    std::vector<std::string> misspelt_names = {}; ///< see misspelt_names.hpp
    bool nothing_read = false;
    int interrupted = 0; ///< signal that stopped the work: then there is no report
};

/// Inputs of a pipeline with their paths made relative to the file that names them.
std::vector<intake::Input> inputs_of(const pipeline::Pipeline& pipeline);
Work work_of(const CheckedPipeline& checked, std::string output);

/// Artifacts that were taken from the cache, and that were not.
struct CacheCounts {
    std::uint64_t hits = 0, misses = 0;
};

/// What folding leaves: the artifacts with their partials, and what else a report says of its inputs.
struct Gathered {
    std::vector<engine::Placed> artifacts; ///< in path order
    engine::LeftOut left_out;
    std::vector<std::string> trouble; ///< inputs that are missing
    std::string tree;                 ///< digest of the paths of all shards, where one was wanted
    std::uint64_t tree_files = 0;
    std::int64_t started = 0; ///< microseconds since 1970
    double seconds_discover = 0, seconds_fold = 0;
    std::optional<CacheCounts> cache = {}; ///< where one was wanted
    bool at_hand = true;                   ///< the artifacts can be read once more
};

/// Discovers and folds one shard of the inputs. Nothing where it was interrupted.
std::optional<Gathered> gather(const Work& work, engine::Stages& stages, std::optional<engine::Shard> shard = {});
/// Concludes and renders.
WorkResult report(const Work& work, const Gathered& gathered, Components& components, const Session& session);
/// Both. What it made is never given back: one by one, that takes as long as a tenth of the run, and the process ends
/// soon.
const WorkResult& run(const Work& work, Components& components, const Session& session);

/// What a command says of its result, on stdout or, where a report went there, on stderr.
void print_result(const WorkResult& result, int status, const Common& common);

/// The exit status that a result deserves.
int exit_of(const WorkResult& result, bool strict);

} // namespace assay::cli

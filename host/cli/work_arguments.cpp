#include "cli/work_arguments.hpp"
#include <thread>

namespace assay::cli {

namespace po = boost::program_options;

namespace {

constexpr int most_jobs = 4096;

} // namespace

void add_work_options(po::options_description& options) {
    options.add_options()("jobs", po::value<int>()->value_name("N"),
                          "worker processes side by side; as many as there are processors")(
        "isolation", po::value<std::string>()->default_value("process")->value_name("process|none"),
        "none: read everything in this process, for debugging plugins");
}

void take_work_options(const Arguments& arguments, const pipeline::Pipeline& pipeline, Work& work) {
    work.workers.jobs = std::max(std::thread::hardware_concurrency(), 1U);
    if (pipeline.jobs) work.workers.jobs = static_cast<unsigned>(*pipeline.jobs);
    if (arguments.values.count("jobs")) {
        const int jobs = arguments.values["jobs"].as<int>();
        if (jobs < 1 || jobs > most_jobs)
            throw UsageError{"--jobs takes 1 to " + std::to_string(most_jobs) + ", not " + std::to_string(jobs)};
        work.workers.jobs = static_cast<unsigned>(jobs);
    }
    const auto isolation = arguments.values["isolation"].as<std::string>();
    if (isolation != "process" && isolation != "none")
        throw UsageError{"--isolation takes process or none, not '" + isolation + "'"};
    work.isolated = isolation == "process";
    if (pipeline.limits.artifact_seconds) work.workers.seconds = static_cast<double>(*pipeline.limits.artifact_seconds);
    if (pipeline.limits.artifact_memory)
        work.workers.memory = static_cast<std::uint64_t>(*pipeline.limits.artifact_memory);
    work.workers.tell = [](const std::string& what) { log(Level::debug, what); };
    if (pipeline.limits.part_bytes) work.workers.part_bytes = static_cast<std::uint64_t>(*pipeline.limits.part_bytes);
    work.progress = !arguments.common.quiet;
}

} // namespace assay::cli

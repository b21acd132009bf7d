#include "cli/cache_arguments.hpp"
#include "cli/commands.hpp"
#include "cli/partials.hpp"
#include "cli/pipeline_arguments.hpp"
#include "cli/report_arguments.hpp"
#include "cli/terminal.hpp"
#include "cli/work_arguments.hpp"

namespace assay::cli {

namespace {

Grammar run_grammar() {
    Grammar g{"run",
              "PIPELINE [options]",
              "Runs a pipeline: reads its inputs, analyses them, writes its reports.",
              boost::program_options::options_description{"Options"},
              "pipeline",
              1,
              true};
    add_pipeline_options(g.options);
    g.options.add_options()("shard", boost::program_options::value<std::string>()->value_name("I/N"),
                            "read every Nth file only, from the Ith on; needs --partial")(
        "partial", boost::program_options::value<std::string>()->value_name("FILE"),
        "write what was read there, for 'assay merge', and no report");
    add_work_options(g.options);
    add_cache_options(g.options);
    add_report_options(g.options);
    return g;
}

/// Nothing where a report is wanted.
std::optional<engine::Shard> shard_wanted(const Arguments& arguments) {
    const bool file = arguments.values.count("partial") > 0;
    if (arguments.values.count("shard") > 0 && !file)
        throw UsageError{"--shard needs --partial FILE: the reports are made by 'assay merge'"};
    if (!file) return std::nullopt;
    if (arguments.values.count("fail-on") > 0 || !arguments.values["output"].defaulted())
        throw UsageError{"--partial makes no report: give --output and --fail-on to 'assay merge'"};
    if (arguments.values.count("shard") == 0) return engine::Shard{};
    return shard_of(arguments.values["shard"].as<std::string>());
}

} // namespace

int run(const Words& words) {
    const Grammar g = run_grammar();
    const Arguments arguments = read(g, words);
    if (arguments.help) return done;
    start_log(arguments.common.quiet, arguments.common.verbose);
    const ReportArguments wanted = report_arguments(arguments);
    const auto shard = shard_wanted(arguments);
    const auto request = request_of(arguments);
    Session session{arguments.common};
    session.tell_console(console_options(arguments.common.colour));
    const auto checked = read_pipeline(request, session);
    if (!accept(checked, arguments.common)) return usage_error;
    auto components = session.make(*checked.pipeline);
    if (!components) return usage_error;
    Work work = work_of(checked, wanted.output);
    session.keep_files_in(wanted.output);
    work.fail_on = gates_wanted(wanted, *checked.pipeline);
    work.baseline = wanted.baseline;
    take_work_options(arguments, *checked.pipeline, work);
    session.conclude_with(work.workers.jobs);
    work.cache = cache_wanted(arguments, *checked.pipeline, session);
    if (arguments.values.count("input")) {
        work.inputs.clear();
        for (const auto& path : arguments.values["input"].as<std::vector<std::string>>())
            work.inputs.push_back({path, {}, {}});
    }
    if (shard)
        return write_partials(work, {*shard, arguments.values["partial"].as<std::string>(), wanted.strict},
                              *checked.pipeline, *components, session, arguments.common);
    const WorkResult& result = run(work, *components, session);
    const int status = exit_of(result, wanted.strict);
    print_result(result, status, arguments.common);
    return status;
}

} // namespace assay::cli

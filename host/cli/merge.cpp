#include "cli/commands.hpp"
#include "cli/interrupt.hpp"
#include "cli/partials.hpp"
#include "cli/pipeline_arguments.hpp"
#include "cli/report_arguments.hpp"
#include "cli/terminal.hpp"

namespace assay::cli {

namespace {

namespace po = boost::program_options;

Grammar merge_grammar() {
    Grammar g{"merge",
              "FILE... --pipeline PIPELINE [options]",
              "Joins the shards that 'run --shard' wrote and makes their reports, the same as of one run.",
              po::options_description{"Options"},
              "partials",
              -1,
              true};
    g.options.add_options()("pipeline", po::value<std::vector<std::string>>()->value_name("PIPELINE"),
                            "the pipeline that the shards were made with");
    add_value_options(g.options);
    add_report_options(g.options);
    return g;
}

} // namespace

int merge(const Words& words) {
    const Grammar g = merge_grammar();
    const Arguments arguments = read(g, words);
    if (arguments.help) return done;
    start_log(arguments.common.quiet, arguments.common.verbose);
    if (arguments.values.count("partials") == 0)
        throw UsageError{"a file of partials is missing: assay merge FILE... --pipeline PIPELINE"};
    if (arguments.values.count("pipeline") == 0)
        throw UsageError{"the pipeline is missing: assay merge FILE... --pipeline PIPELINE"};
    const ReportArguments wanted = report_arguments(arguments);
    const auto request = request_of(arguments);
    Session session{arguments.common};
    session.tell_console(console_options(arguments.common.colour));
    const auto checked = read_pipeline(request, session);
    if (!accept(checked, arguments.common)) return usage_error;
    const Gathered gathered =
        read_partials(arguments.values["partials"].as<std::vector<std::string>>(), *checked.pipeline, session);
    auto components = session.make(*checked.pipeline);
    if (!components) return usage_error;
    note_interrupts();
    Work work = work_of(checked, wanted.output);
    session.keep_files_in(wanted.output);
    work.fail_on = gates_wanted(wanted, *checked.pipeline);
    work.baseline = wanted.baseline;
    const WorkResult result = report(work, gathered, *components, session);
    const int status = exit_of(result, wanted.strict);
    print_result(result, status, arguments.common);
    return status;
}

} // namespace assay::cli

#include "cli/commands.hpp"
#include "cli/pipeline_arguments.hpp"
#include "cli/terminal.hpp"
#include "cli/work.hpp"
#include "cli/work_arguments.hpp"
#include <algorithm>
#include <assay/json_writer.hpp>
#include <iostream>

namespace assay::cli {

namespace {

Grammar grammar() {
    Grammar g{"run",
              "PIPELINE [options]",
              "Runs a pipeline: reads its inputs, analyses them, writes its reports.",
              boost::program_options::options_description{"Options"},
              "pipeline",
              1,
              true};
    add_pipeline_options(g.options);
    namespace po = boost::program_options;
    g.options.add_options()("output", po::value<std::string>()->default_value("assay-report")->value_name("DIR"),
                            "folder for the reports")("fail-on", po::value<std::string>()->value_name("SEVERITY"),
                                                      "exit 1 if there is a finding of this severity or worse");
    add_work_options(g.options);
    return g;
}

void check_severity(const Arguments& arguments) {
    if (arguments.values.count("fail-on") == 0) return;
    const auto given = arguments.values["fail-on"].as<std::string>();
    const std::vector<std::string> known{"none", "info", "low", "medium", "high", "critical"};
    if (std::find(known.begin(), known.end(), given) != known.end()) return;
    const auto near = pipeline::nearest(given, known);
    throw UsageError{"--fail-on takes none, info, low, medium, high or critical, not '" + given + "'" +
                     (near.empty() ? "" : "; did you mean '" + near.front() + "'?")};
}

std::string result_text(const WorkResult& result) {
    const auto& c = result.counts;
    std::string text = std::to_string(c.seen) + " artifacts: " + std::to_string(c.parsed) + " parsed, " +
                       std::to_string(c.failed) + " failed, " + std::to_string(c.skipped) + " skipped, " +
                       std::to_string(c.unclaimed) + " unclaimed\n" +
                       std::to_string(c.rows_ok + c.rows_failed + c.rows_suspect + c.rows_rejected) +
                       " rows: " + std::to_string(c.rows_ok) + " ok, " + std::to_string(c.rows_failed) + " failed, " +
                       std::to_string(c.rows_suspect) + " suspect, " + std::to_string(c.rows_rejected) + " rejected\n";
    for (const auto& file : result.written)
        if (file.path != "-") text += "wrote " + file.path + "\n";
    return text;
}

std::string result_json(const WorkResult& result, int status) {
    JsonWriter json;
    json.object().field("exit", status).key("counts").raw(result.model.counts).key("written").array();
    for (const auto& file : result.written)
        json.object().field("renderer", file.renderer).field("path", file.path).end();
    json.end().key("trouble").array();
    for (const auto& trouble : result.trouble) json.value(trouble);
    json.end().end();
    return json.take() + "\n";
}

} // namespace

int run(const Words& words) {
    const Grammar g = grammar();
    const Arguments arguments = read(g, words);
    if (arguments.help) return done;
    start_log(arguments.common.quiet, arguments.common.verbose);
    check_severity(arguments);
    const auto request = request_of(arguments);
    Session session{arguments.common};
    auto checked = read_pipeline(request, session);
    if (!checked.usable()) {
        print(checked.problems, arguments.common);
        return usage_error;
    }
    // Warnings must not mix with the result on stdout.
    if (!checked.problems.empty()) std::cerr << pipeline::render_text(checked.problems, wants_colour(2));
    auto components = session.make(*checked.pipeline);
    if (!components) return usage_error;
    Work work = work_of(checked, arguments.values["output"].as<std::string>());
    take_work_options(arguments, *checked.pipeline, work);
    if (arguments.values.count("input")) {
        work.inputs.clear();
        for (const auto& path : arguments.values["input"].as<std::vector<std::string>>())
            work.inputs.push_back({path, {}, {}});
    }
    const WorkResult result = run(work, *components, session);
    const std::string fail_on =
        arguments.values.count("fail-on") ? arguments.values["fail-on"].as<std::string>() : checked.pipeline->fail_on;
    const int status = exit_of(result, fail_on, arguments.values["strict"].as<bool>());
    if (result.interrupted != 0) return status;
    bool to_stdout = false;
    for (const auto& file : result.written) to_stdout = to_stdout || file.path == "-";
    if (arguments.common.json)
        (to_stdout ? std::cerr : std::cout) << result_json(result, status);
    else if (!arguments.common.quiet)
        (to_stdout ? std::cerr : std::cout) << result_text(result);
    return status;
}

} // namespace assay::cli

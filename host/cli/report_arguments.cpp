#include "cli/report_arguments.hpp"
#include "pipeline/diagnostic.hpp"
#include "pipeline/vocabulary.hpp"
#include <algorithm>
#include <fstream>
#include <iterator>

namespace assay::cli {

namespace po = boost::program_options;

namespace {

report::Baseline baseline_at(const std::string& path) {
    std::ifstream file{path, std::ios::binary};
    const std::string text{std::istreambuf_iterator<char>{file}, {}};
    std::string problem = file.is_open() ? "" : "it cannot be opened";
    auto baseline = problem.empty() ? report::read_baseline(text, problem) : std::nullopt;
    if (!baseline) throw UsageError{"--baseline " + path + ": " + problem};
    return std::move(*baseline);
}

} // namespace

void add_report_options(po::options_description& options) {
    options.add_options()("output", po::value<std::string>()->default_value("assay-report")->value_name("DIR"),
                          "folder for the reports")("fail-on", po::value<std::string>()->value_name("SEVERITY"),
                                                    "exit 1 if there is a finding of this severity or worse")(
        "baseline", po::value<std::string>()->value_name("FILE"),
        "an earlier report.json: tells which findings are new, and serves the gate 'new'")(
        "strict", po::bool_switch(), "exit 3 if any artifact could not be parsed, or the pipeline misspells a column");
}

ReportArguments report_arguments(const Arguments& arguments) {
    ReportArguments out;
    out.output = arguments.values["output"].as<std::string>();
    out.strict = arguments.values["strict"].as<bool>();
    if (arguments.values.count("baseline") > 0)
        out.baseline = baseline_at(arguments.values["baseline"].as<std::string>());
    if (arguments.values.count("fail-on") == 0) return out;
    const auto given = arguments.values["fail-on"].as<std::string>();
    const std::vector<std::string> known(pipeline::severities.begin(), pipeline::severities.end());
    if (std::find(known.begin(), known.end(), given) == known.end()) {
        const auto near = pipeline::nearest(given, known);
        throw UsageError{"--fail-on takes none, info, low, medium, high or critical, not '" + given + "'" +
                         (near.empty() ? "" : "; did you mean '" + near.front() + "'?")};
    }
    out.fail_on = given;
    return out;
}

report::FailOn gates_wanted(const ReportArguments& arguments, const pipeline::Pipeline& pipeline) {
    const pipeline::FailOn& own = pipeline.fail_on;
    if (own.fresh != "none" && !arguments.baseline)
        throw UsageError{"the pipeline's gate 'new' needs --baseline FILE: the report.json to compare with"};
    report::FailOn out{arguments.fail_on.value_or(own.severity), own.fresh, {}};
    for (const auto& [rule, limit] : own.rules) out.rules.emplace_back(rule.text, limit);
    return out;
}

} // namespace assay::cli

#include "cli/report_arguments.hpp"
#include "pipeline/diagnostic.hpp"
#include <algorithm>

namespace assay::cli {

namespace po = boost::program_options;

void add_report_options(po::options_description& options) {
    options.add_options()("output", po::value<std::string>()->default_value("assay-report")->value_name("DIR"),
                          "folder for the reports")("fail-on", po::value<std::string>()->value_name("SEVERITY"),
                                                    "exit 1 if there is a finding of this severity or worse")(
        "strict", po::bool_switch(), "exit 3 if any artifact could not be parsed");
}

ReportArguments report_arguments(const Arguments& arguments) {
    ReportArguments out;
    out.output = arguments.values["output"].as<std::string>();
    out.strict = arguments.values["strict"].as<bool>();
    if (arguments.values.count("fail-on") == 0) return out;
    const auto given = arguments.values["fail-on"].as<std::string>();
    const std::vector<std::string> known{"none", "info", "low", "medium", "high", "critical"};
    if (std::find(known.begin(), known.end(), given) == known.end()) {
        const auto near = pipeline::nearest(given, known);
        throw UsageError{"--fail-on takes none, info, low, medium, high or critical, not '" + given + "'" +
                         (near.empty() ? "" : "; did you mean '" + near.front() + "'?")};
    }
    out.fail_on = given;
    return out;
}

} // namespace assay::cli

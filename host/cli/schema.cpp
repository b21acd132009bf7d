#include "pipeline/schema.hpp"
#include "cli/commands.hpp"
#include "cli/session.hpp"
#include "cli/terminal.hpp"
#include "embedded/report_schema.hpp"
#include <iostream>

namespace assay::cli {

int schema(const Words& words) {
    Grammar g{"schema",
              "pipeline|report [options]",
              "Prints the JSON Schema of pipeline files or of report.json.",
              boost::program_options::options_description{"Options"},
              "which",
              1,
              false};
    const Arguments arguments = read(g, words);
    if (arguments.help) return done;
    start_log(arguments.common.quiet, arguments.common.verbose);
    const std::string which = required(arguments, "which", "which schema, pipeline or report,");
    if (which == "report") {
        std::cout << embedded::report_schema;
    } else if (which == "pipeline") {
        Session session{arguments.common};
        std::cout << pipeline::json_schema(session.offered()) << "\n";
    } else {
        throw UsageError{"there is a schema of 'pipeline' and of 'report', not of '" + which + "'"};
    }
    return done;
}

} // namespace assay::cli

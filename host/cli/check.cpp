#include "cli/commands.hpp"
#include "cli/pipeline_arguments.hpp"
#include "cli/session.hpp"
#include "cli/terminal.hpp"
#include <iostream>

namespace assay::cli {

int check(const Words& words) {
    Grammar g{"check",
              "PIPELINE [options]",
              "Checks a pipeline without running it; every mistake at once.",
              boost::program_options::options_description{"Options"},
              "pipeline",
              1,
              true};
    add_pipeline_options(g.options);
    const Arguments arguments = read(g, words);
    if (arguments.help) return done;
    start_log(arguments.common.quiet, arguments.common.verbose);
    const auto request = request_of(arguments);
    Session session{arguments.common};
    const auto checked = read_pipeline(request, session);
    print(checked.problems, arguments.common);
    if (!checked.usable()) return usage_error;
    if (!arguments.common.json && !arguments.common.quiet)
        std::cout << request.file << ": no mistakes; " << checked.pipeline->parsers.size() << " parsers, "
                  << checked.pipeline->analyzers.size() << " analyzers, " << checked.pipeline->renderers.size()
                  << " renderers\n";
    return done;
}

} // namespace assay::cli

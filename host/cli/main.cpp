#include "cli/arguments.hpp"
#include "cli/commands.hpp"
#include "cli/terminal.hpp"
#include "pipeline/diagnostic.hpp"
#include <assay/visible_text.hpp>
#include <exception>
#include <iostream>

namespace assay::cli {

namespace {

constexpr Command commands[] = {
    {"scan", "PATH...", "analyse files and folders with the default pipeline, print the summary", scan},
    {"run", "PIPELINE", "run a pipeline, write its reports", run},
    {"merge", "FILE...", "join what 'run --shard' wrote, write the reports", merge},
    {"init", "PATH...", "write a commented pipeline for these files", init},
    {"check", "PIPELINE", "check a pipeline, every mistake at once", check},
    {"plan", "PIPELINE", "show what would run on what", plan},
    {"explain", "FILE", "show who claims a file and the tables it gives", explain},
    {"verify", "DOCUMENT", "hold every number in a document against data", verify},
    {"plugins", "[ID]", "list the plugins, or describe one", plugins},
    {"cache", "", "tell what the cache holds, check or empty it", cache},
    {"schema", "pipeline|report", "print a JSON Schema", schema},
};

void print_help(std::ostream& out) {
    out << "assay: checkable reports from trees of benchmark artifacts\n\nusage: assay COMMAND [options]\n\n";
    for (const auto& command : commands) {
        std::string left = std::string{command.name} + " " + command.synopsis;
        left.resize(std::max<std::size_t>(left.size() + 1, 24), ' ');
        out << "  " << left << command.summary << "\n";
    }
    out << "\n'assay COMMAND --help' tells more. Exit status: 0 done, 1 a gate failed, 2 usage or pipeline\n"
           "error, 3 incomplete, 130 interrupted.\n";
}

int fail(const std::string& message, int status) {
    std::cerr << "assay: " << visible(message) << "\n";
    return status;
}

} // namespace

int main(const Words& words) {
    if (words.empty()) {
        print_help(std::cerr);
        return usage_error;
    }
    const std::string& name = words.front();
    if (name == "--help" || name == "-h" || name == "help") {
        print_help(std::cout);
        return done;
    }
    if (name == "--version") {
        std::cout << "assay " << ASSAY_VERSION << "\n";
        return done;
    }
    try {
        std::vector<std::string> names;
        for (const auto& command : commands) {
            if (name == command.name) return command.run({words.begin() + 1, words.end()});
            names.emplace_back(command.name);
        }
        const auto near = pipeline::nearest(name, names);
        return fail("unknown command '" + name + "'" + (near.empty() ? "" : "; did you mean '" + near.front() + "'?") +
                        " ('assay --help' lists them)",
                    usage_error);
    } catch (const UsageError& error) {
        return fail(error.what(), usage_error);
    } catch (const std::exception& error) {
        return fail(std::string{"stopped by an unexpected fault: "} + error.what(), incomplete);
    }
}

} // namespace assay::cli

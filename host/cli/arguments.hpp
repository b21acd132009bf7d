#pragma once
// Reading a command's words: options that all commands share, help texts, and mistakes said once and clearly.
#include "cli/commands.hpp"
#include <boost/program_options.hpp>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace assay::cli {

/// A mistake on the command line: one message, exit status 2.
struct UsageError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// What every command knows.
struct Common {
    std::vector<std::string> plugin_path;
    bool allow_writable = false;
    bool json = false; ///< --format json
    bool quiet = false, verbose = false;
    bool colour = false; ///< of stdout
};

struct Arguments {
    Common common;
    boost::program_options::variables_map values;
    bool help = false; ///< was asked for, and has been printed
};

struct Grammar {
    const char* command;
    const char* synopsis; ///< words behind the command's name: "PIPELINE [options]"
    const char* about;
    boost::program_options::options_description options{"Options"};
    const char* positional = nullptr; ///< name of the option that takes bare words
    int most_positional = -1;         ///< -1: any number
    bool formats = true;              ///< has --format text|json
};

/// Throws UsageError.
Arguments read(const Grammar& grammar, const Words& words);

/// The only value, or a usage error that says what is missing.
std::string required(const Arguments& arguments, const char* name, const char* what);

} // namespace assay::cli

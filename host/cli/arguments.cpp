#include "cli/arguments.hpp"
#include "cli/terminal.hpp"
#include "pipeline/diagnostic.hpp"
#include <cstdio>
#include <iostream>
#include <sstream>
#include <unistd.h>

namespace assay::cli {

namespace po = boost::program_options;

namespace {

po::options_description common_options(bool formats) {
    po::options_description common{"Common options"};
    auto add = common.add_options();
    if (formats) add("format", po::value<std::string>()->value_name("text|json"), "how results are printed");
    add("plugin-path", po::value<std::vector<std::string>>()->composing()->value_name("DIR"),
        "look for plugins here first");
    add("allow-writable-plugins", po::bool_switch(), "load plugins that others can write");
    add("color", po::value<std::string>()->default_value("auto")->value_name("auto|always|never"), "colour on stdout");
    add("quiet,q", po::bool_switch(), "no progress, warnings and errors only");
    add("verbose,v", po::bool_switch(), "more on stderr");
    add("help,h", po::bool_switch(), "this text");
    return common;
}

std::string nearest_option(const std::string& given, const po::options_description& all) {
    std::vector<std::string> names;
    for (const auto& option : all.options()) names.push_back("--" + option->long_name());
    const auto near = pipeline::nearest(given.rfind("--", 0) == 0 ? given : "--" + given, names);
    return near.empty() ? "" : "; did you mean '" + near.front() + "'?";
}

} // namespace

Arguments read(const Grammar& grammar, const Words& words) {
    po::options_description all;
    const auto common = common_options(grammar.formats);
    all.add(grammar.options).add(common);
    po::positional_options_description positional;
    po::options_description with_words;
    with_words.add(all);
    if (grammar.positional) {
        positional.add(grammar.positional, grammar.most_positional);
        with_words.add_options()(grammar.positional, po::value<std::vector<std::string>>());
    }
    Arguments out;
    const std::string hint = " (see 'assay " + std::string{grammar.command} + " --help')";
    try {
        auto parsed = po::command_line_parser(words).options(with_words).positional(positional);
        // A prefix that is unique today may not be tomorrow: scripts must write options out.
        namespace style = po::command_line_style;
        po::store(parsed.style(style::unix_style & ~style::allow_guessing).run(), out.values);
        po::notify(out.values);
    } catch (const po::unknown_option& error) {
        throw UsageError{"unknown option '" + error.get_option_name() + "'" +
                         nearest_option(error.get_option_name(), all) + hint};
    } catch (const po::error& error) {
        throw UsageError{error.what() + hint};
    }
    out.help = out.values["help"].as<bool>();
    if (out.help) {
        std::cout << "assay " << grammar.command << " " << grammar.synopsis << "\n\n" << grammar.about << "\n\n";
        if (!grammar.options.options().empty()) std::cout << grammar.options << "\n";
        std::cout << common;
    }
    out.common.quiet = out.values["quiet"].as<bool>();
    out.common.verbose = out.values["verbose"].as<bool>();
    out.common.allow_writable = out.values["allow-writable-plugins"].as<bool>();
    if (out.values.count("plugin-path"))
        out.common.plugin_path = out.values["plugin-path"].as<std::vector<std::string>>();
    if (grammar.formats && out.values.count("format")) {
        const auto format = out.values["format"].as<std::string>();
        if (format != "text" && format != "json") throw UsageError{"--format is text or json, not '" + format + "'"};
        out.common.json = format == "json";
    }
    const auto colour = out.values["color"].as<std::string>();
    if (colour != "auto" && colour != "always" && colour != "never")
        throw UsageError{"--color is auto, always or never, not '" + colour + "'"};
    out.common.colour = colour == "always" || (colour == "auto" && wants_colour(STDOUT_FILENO));
    return out;
}

std::string required(const Arguments& arguments, const char* name, const char* what) {
    if (arguments.values.count(name) == 0) throw UsageError{std::string{what} + " is missing"};
    const auto values = arguments.values[name].as<std::vector<std::string>>();
    if (values.size() != 1)
        throw UsageError{"one " + std::string{name} + " is taken, found " + std::to_string(values.size())};
    return values.front();
}

} // namespace assay::cli

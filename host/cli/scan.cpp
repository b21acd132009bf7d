#include "cli/cache_arguments.hpp"
#include "cli/commands.hpp"
#include "cli/pipeline_arguments.hpp"
#include "cli/terminal.hpp"
#include "cli/work.hpp"
#include "cli/work_arguments.hpp"
#include <algorithm>
#include <assay/json_writer.hpp>
#include <boost/filesystem.hpp>
#include <iostream>
#include <unistd.h>

namespace assay::cli {

namespace {

namespace po = boost::program_options;

using Outputs = std::vector<std::pair<std::string, std::string>>; ///< renderer, file

std::vector<std::string> renderers(const Session& session) {
    std::vector<std::string> out;
    for (const auto& component : session.offered())
        if (component.kind == pipeline::ComponentKind::renderer) out.push_back(component.id);
    return out;
}

std::string console_renderer(const Session& session) {
    for (const auto& component : session.offered())
        if (component.kind == pipeline::ComponentKind::renderer && can(component, "console")) return component.id;
    return {};
}

Grammar grammar(const std::vector<std::string>& ids) {
    Grammar g{"scan",
              "PATH... [options]",
              "Analyses files and folders with the default pipeline and prints the summary: the shortest way in.",
              po::options_description{"Options"},
              "path",
              -1,
              false};
    g.options.add_options()("set", po::value<std::vector<std::string>>()->composing()->value_name("K=V"),
                            "override one value of the default pipeline")(
        "format", po::value<std::string>()->value_name("RENDERER"),
        "print with this renderer")("strict", po::bool_switch(), "exit 3 if any artifact could not be parsed");
    add_work_options(g.options);
    add_cache_options(g.options);
    for (const auto& id : ids)
        g.options.add_options()(id.c_str(), po::value<std::string>()->value_name("FILE"),
                                ("also write a " + id + " report").c_str());
    return g;
}

/// Words that name no plugin path yet: the renderers that there are decide what options there are.
Common early(const Words& words) {
    Common common;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (words[i] == "--plugin-path" && i + 1 < words.size()) common.plugin_path.push_back(words[i + 1]);
        if (words[i].starts_with("--plugin-path=")) common.plugin_path.push_back(words[i].substr(14));
        if (words[i] == "--allow-writable-plugins") common.allow_writable = true;
    }
    return common;
}

/// The first of these reports that is a file: where the whole is.
std::string full_report(const Outputs& outputs) {
    const auto file =
        std::find_if(outputs.begin(), outputs.end(), [](const auto& output) { return output.second != "-"; });
    return file == outputs.end() ? "" : boost::filesystem::path(file->second).filename().string();
}

std::string absolute(const std::string& path) { return boost::filesystem::absolute(path).string(); }

} // namespace

int scan(const Words& words) {
    Session session{early(words)};
    const auto ids = renderers(session);
    const Grammar g = grammar(ids);
    const Arguments arguments = read(g, words);
    if (arguments.help) return done;
    start_log(arguments.common.quiet, arguments.common.verbose);
    if (arguments.values.count("path") == 0) throw UsageError{"a file or folder is missing: assay scan PATH..."};
    const auto paths = arguments.values["path"].as<std::vector<std::string>>();
    for (const auto& path : paths)
        if (!boost::filesystem::exists(boost::filesystem::symlink_status(path)))
            throw UsageError{"no such file or folder: " + path};

    const auto analyzers = session.default_analyzers();
    Outputs outputs;
    const std::string console =
        arguments.values.count("format") ? arguments.values["format"].as<std::string>() : console_renderer(session);
    if (!console.empty()) outputs.emplace_back(console, "-");
    for (const auto& id : ids)
        if (arguments.values.count(id) && id != console)
            outputs.emplace_back(id, absolute(arguments.values[id].as<std::string>()));
    pipeline::Request request;
    request.file = "<scan>";
    std::vector<std::string> whole;
    for (const auto& path : paths) whole.push_back(absolute(path));
    request.text = pipeline_text(whole, analyzers, outputs);
    if (arguments.values.count("set")) request.sets = arguments.values["set"].as<std::vector<std::string>>();
    auto told = console_options(arguments.common.colour);
    if (const std::string name = full_report(outputs); !name.empty())
        told.emplace_back("full_report", JsonWriter{}.value(name).take());
    session.tell_console(told);
    const auto checked = read_pipeline(request, session);
    if (!accept(checked, arguments.common)) return usage_error;
    auto components = session.make(*checked.pipeline);
    if (!components) return usage_error;
    Work work = work_of(checked, ".");
    take_work_options(arguments, *checked.pipeline, work);
    session.conclude_with(work.workers.jobs);
    work.cache = cache_wanted(arguments, *checked.pipeline, session);
    const WorkResult& result = run(work, *components, session);
    for (const auto& file : result.written)
        if (file.path != "-") log(Level::info, "wrote " + file.path);
    return exit_of(result, arguments.values["strict"].as<bool>());
}

} // namespace assay::cli

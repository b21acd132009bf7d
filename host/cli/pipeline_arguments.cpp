#include "cli/pipeline_arguments.hpp"
#include <assay/json_writer.hpp>
#include <iostream>
#include <iterator>
#include <nlohmann/json.hpp>

namespace assay::cli {

namespace po = boost::program_options;

void add_pipeline_options(po::options_description& options) {
    options.add_options()("input", po::value<std::vector<std::string>>()->composing()->value_name("PATH"),
                          "read this in place of the pipeline's inputs; may be repeated");
    add_value_options(options);
}

void add_value_options(po::options_description& options) {
    const auto list = [] { return po::value<std::vector<std::string>>()->composing(); };
    options.add_options()("set", list()->value_name("K=V"),
                          "override one value, such as analyzers.statistics.confidence=0.99")(
        "var", list()->value_name("N=V"), "value of a variable ${N}");
}

pipeline::Request request_of(const Arguments& arguments) {
    pipeline::Request request;
    request.file = required(arguments, "pipeline", "the pipeline file");
    if (request.file == "-") {
        request.file = "<stdin>";
        request.text = std::string{std::istreambuf_iterator<char>{std::cin}, {}};
    }
    const auto list = [&](const char* name) {
        return arguments.values.count(name) ? arguments.values[name].as<std::vector<std::string>>()
                                            : std::vector<std::string>{};
    };
    request.sets = list("set");
    request.variables = list("var");
    return request;
}

std::string pipeline_text(const std::vector<std::string>& paths, const std::vector<std::string>& analyzers,
                          const std::vector<std::pair<std::string, std::string>>& renderers) {
    // '$' begins a variable in a pipeline; in a path it is itself.
    const auto literal = [](const std::string& text) {
        std::string out;
        for (const char c : text) out += c == '$' ? std::string{"$$"} : std::string{c};
        return out;
    };
    JsonWriter json;
    json.object().field("name", "scan").key("inputs").array();
    for (const auto& path : paths) json.object().field("path", literal(path)).end();
    json.end().key("analyzers").array();
    for (const auto& id : analyzers) json.object().field("use", id).end();
    json.end().key("renderers").array();
    for (const auto& [id, to] : renderers) json.object().field("use", id).field("to", literal(to)).end();
    json.end().end();
    return json.take();
}

} // namespace assay::cli

#pragma once
#include "pipeline/pipeline.hpp"
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <stdexcept>

// What the tests of this room share: a plugin to check against, and short ways to load a text.
namespace sample {

using namespace assay::pipeline;

inline constexpr const char* manifest =
    R"json({"assay_manifest":1,"id":"sample","version":"0.1.0","abi":[0,1],"license":"MIT",
"components":[
 {"kind":"parser","id":"csv","summary":"Comma-separated values","extensions":[".csv"],"magic":[],"media_types":["text/csv"],
  "options":[{"name":"delimiter","type":"text","default":"","help":"Between cells","choices":[],"min":null,"max":null},
             {"name":"header","type":"bool","default":true,"help":"","choices":[],"min":null,"max":null},
             {"name":"quote","type":"text","default":"\"","help":"","choices":[],"min":null,"max":null},
             {"name":"encoding","type":"choice","default":"auto","help":"","choices":["auto","utf-8","latin-1"],"min":null,"max":null}],
  "needs":[],"provides":"","capabilities":["splittable"]},
 {"kind":"parser","id":"json","summary":"JSON","options":[{"name":"depth","type":"int","default":64,"help":"","min":1,"max":1000}]},
 {"kind":"analyzer","id":"profile","summary":"Columns and cells","options":[{"name":"exact","type":"bool","default":false}],"provides":"profile/1"},
 {"kind":"analyzer","id":"statistics","summary":"Statistics","needs":["profile/1"],"provides":"statistics/1",
  "options":[{"name":"confidence","type":"float","default":0.95,"help":"","min":0.5,"max":0.999},
             {"name":"group_by","type":"list","default":[]},
             {"name":"resamples","type":"int","default":1000,"min":1,"max":null},
             {"name":"notes","type":"map","default":{}},
             {"name":"seed","type":"int","default":null}]},
 {"kind":"analyzer","id":"gaps","summary":"Gaps","needs":["statistics/1"],"options":[{"name":"model","type":"text","default":"x"}]},
 {"kind":"renderer","id":"markdown","summary":"Markdown","options":[{"name":"width","type":"int","default":100,"min":20,"max":500}]},
 {"kind":"renderer","id":"rows","summary":"All rows","needs":["rows"],"options":[]}
]})json";

inline std::vector<ComponentInfo> components() {
    std::string error;
    std::optional<PluginInfo> plugin = parse_manifest(manifest, error);
    if (!plugin) throw std::runtime_error(error);
    return plugin->components;
}

struct Arguments {
    std::vector<std::string> variables, sets;
};

inline Request request(std::string text, Arguments arguments = {}) {
    Request request;
    request.file = "pipeline.json";
    request.text = std::move(text);
    request.variables = std::move(arguments.variables);
    request.sets = std::move(arguments.sets);
    request.environment = [](const std::string& name) {
        return name == "HOME_OF_RUNS" ? std::optional<std::string>("/runs") : std::nullopt;
    };
    return request;
}

inline LoadResult checked(std::string text, Arguments arguments = {}) {
    return load_and_check(request(std::move(text), std::move(arguments)), components());
}

// "4:33 E203" of each problem.
inline std::vector<std::string> summary(const std::vector<Problem>& problems) {
    std::vector<std::string> all;
    for (const Problem& p : problems) {
        all.push_back(std::to_string(p.line) + ":" + std::to_string(p.column) + " " + text_of(p.code));
    }
    return all;
}

// The text has exactly this one problem.
inline Problem only(const LoadResult& result) {
    BOOST_REQUIRE_MESSAGE(result.problems.size() == 1, "problems:\n" + render_text(result.problems));
    return result.problems[0];
}

inline void fine(const LoadResult& result) {
    BOOST_REQUIRE_MESSAGE(result.problems.empty(), "problems:\n" + render_text(result.problems));
}

inline SourcePtr source(std::string text) { return std::make_shared<Source>(Source{"t.json", "", std::move(text)}); }

// A folder that is gone when the test is.
struct Folder {
    std::filesystem::path path;
    Folder() {
        std::string name = (std::filesystem::temp_directory_path() / "assay-pipeline-XXXXXX").string();
        if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
        path = name;
    }
    ~Folder() { std::filesystem::remove_all(path); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    std::string write(const std::string& name, const std::string& text) const {
        std::filesystem::create_directories((path / name).parent_path());
        std::ofstream(path / name, std::ios::binary) << text;
        return (path / name).string();
    }
    LoadResult load(const std::string& name, Arguments arguments = {}) const {
        Request r = request("", std::move(arguments));
        r.file = (path / name).string();
        r.text.reset();
        return load_and_check(r, components());
    }
};

} // namespace sample

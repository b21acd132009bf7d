// Each plugin can go, as a file or as a folder of the sources, and what remains works.
#include "program.hpp"
#include <boost/test/unit_test.hpp>
#include <fstream>
#include <nlohmann/json.hpp>

using namespace assay::test;
namespace fs = std::filesystem;

namespace {

/// The binary and its plugins in a place of their own.
struct Installed {
    Folder folder;
    std::string program, plugins;
    Installed() {
        fs::create_directories(folder.path / "bin");
        fs::create_directories(folder.path / "plugins");
        program = folder / "bin/assay";
        plugins = folder / "plugins";
        fs::copy_file(ASSAY_BUILD_DIR "/bin/assay", program);
        for (const auto& file : fs::directory_iterator(ASSAY_BUILD_DIR "/lib/assay/plugins"))
            if (file.path().extension() == ".so")
                fs::copy_file(file.path(), plugins + "/" + file.path().filename().string());
        folder.write("tree/x.csv", "threads,latency_ms\n1,1.5\n2,2.5\n4,3.5\n");
        folder.write("tree/y.json", R"({"runs": [{"n": 1, "ms": 2.5}, {"n": 2, "ms": 3}]})");
        folder.write("tree/z.md", "# Title\n\nText.\n");
    }
    Ran run(std::vector<std::string> words) const {
        words.insert(words.end(), {"--plugin-path", plugins});
        return run_program(words, {.program = program, .folder = folder.path});
    }
    std::string away(const std::string& plugin) const { return folder / (plugin + ".away"); }
    std::string file(const std::string& plugin) const { return plugins + "/" + plugin + ".so"; }
};

struct Named {
    std::string plugin, section, id;
};
const std::vector<Named> all{{"csv", "parsers", "csv"},
                             {"json", "parsers", "json"},
                             {"markdown", "parsers", "markdown"},
                             {"profile", "analyzers", "profile"},
                             {"statistics", "analyzers", "statistics"},
                             {"inventory", "analyzers", "inventory"},
                             {"render_json", "renderers", "json"},
                             {"render_markdown", "renderers", "markdown"},
                             {"render_terminal", "renderers", "terminal"}};

int count(const std::string& text, const std::string& part) {
    int n = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++n;
    return n;
}

} // namespace

BOOST_AUTO_TEST_CASE(scanning_works_without_any_one_plugin) {
    const Installed installed;
    BOOST_REQUIRE(installed.run({"scan", "tree"}).status == 0);
    for (const auto& [plugin, section, id] : all) {
        fs::rename(installed.file(plugin), installed.away(plugin));
        const auto ran = installed.run({"scan", "tree"});
        BOOST_TEST_CONTEXT("without " << plugin << ": " << ran.err) BOOST_TEST(ran.status == 0);
        fs::rename(installed.away(plugin), installed.file(plugin));
    }
}

BOOST_AUTO_TEST_CASE(a_pipeline_that_names_a_missing_plugin_has_one_clear_error) {
    const Installed installed;
    for (const auto& [plugin, section, id] : all) {
        const std::string renderers = section == "renderers"
                                          ? ""
                                          : R"(, "renderers": [{"use": ")" +
                                                std::string{plugin == "render_json" ? "markdown" : "json"} +
                                                R"(", "to": "-"}])";
        const std::string use = R"([{"use": ")" + id + (section == "renderers" ? R"(", "to": "r"}])" : R"("}])");
        installed.folder.write("p.json",
                               R"({"inputs": [{"path": "tree"}], ")" + section + "\": " + use + renderers + "}");
        fs::rename(installed.file(plugin), installed.away(plugin));
        const auto ran = installed.run({"run", "p.json"});
        fs::rename(installed.away(plugin), installed.file(plugin));
        BOOST_TEST_CONTEXT("without " << plugin << ": " << ran.err) {
            BOOST_TEST(ran.status == 2);
            BOOST_TEST(count(ran.err, "error[E") == 1);
            BOOST_TEST(has(ran.err, "'" + id + "'"));
        }
    }
}

BOOST_AUTO_TEST_CASE(removing_any_folder_under_plugins_leaves_a_build_that_configures) {
    const Folder folder;
    const fs::path source = ASSAY_SOURCE_DIR;
    fs::create_directories(folder.path / "copy");
    for (const auto& entry : fs::directory_iterator(source)) {
        const auto name = entry.path().filename().string();
        if (!name.starts_with(".") && !name.starts_with("build"))
            fs::copy(entry.path(), folder.path / "copy" / name, fs::copy_options::recursive);
    }
    int removed = 0;
    for (const auto* kind : {"parsers", "analyzers", "renderers"}) {
        std::vector<fs::path> plugins;
        for (const auto& entry : fs::directory_iterator(folder.path / "copy/plugins" / kind))
            if (entry.is_directory()) plugins.push_back(entry.path());
        for (const auto& plugin : plugins) {
            fs::rename(plugin, folder.path / "away");
            const auto ran = run_program({"-S", folder / "copy", "-B", folder / "build"}, {.program = "cmake"});
            fs::rename(folder.path / "away", plugin);
            BOOST_TEST_CONTEXT("without " << plugin << ": " << ran.err) BOOST_TEST(ran.status == 0);
            ++removed;
        }
    }
    BOOST_TEST(removed >= 3);
}

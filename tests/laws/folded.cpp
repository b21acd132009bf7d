#include "laws/folded.hpp"
#include "cli/terminal.hpp"
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <fstream>
#include <stdexcept>

namespace assay::test {

namespace {

cli::Common common() {
    cli::Common out;
    out.plugin_path = {ASSAY_BUILD_DIR "/lib/assay/plugins"};
    return out;
}

/// New analyzers come under the laws by being there.
std::string pipeline(const cli::Session& session, const std::vector<std::string>& inputs, Analyzers which) {
    std::vector<std::string> analyzers = session.default_analyzers();
    if (which == Analyzers::with_those_on_request)
        for (const auto& component : session.offered())
            if (const auto& can = component.capabilities; component.kind == pipeline::ComponentKind::analyzer &&
                                                          std::find(can.begin(), can.end(), "on-request") != can.end())
                analyzers.push_back(component.id);
    std::string text = R"({"inputs": [)", stages;
    for (const auto& input : inputs) text += (text.back() == '[' ? "" : ", ") + (R"({"path": ")" + input + "\"}");
    for (const auto& id : analyzers) stages += (stages.empty() ? "" : ", ") + (R"({"use": ")" + id + "\"}");
    return text + R"(], "analyzers": [)" + stages + R"(], "renderers": [{"use": "json", "to": "-"}]})";
}

} // namespace

GeneratedTree::GeneratedTree() {
    std::string name = (std::filesystem::temp_directory_path() / "assay-laws-XXXXXX").string();
    if (!::mkdtemp(name.data())) throw std::runtime_error{"no temporary folder"};
    path = std::filesystem::canonical(name);
    for (int file = 0; file < 12; ++file) {
        std::string csv = "threads,latency_ms,tokens_s,error\n";
        for (int row = 0; row < 5 + file; ++row) {
            const bool bad = (row + file) % 7 == 3;
            csv += std::to_string(1 << (row % 3)) + "," + std::to_string(1.25 + row * 0.37 + file) + "," +
                   (bad ? "0,timeout" : std::to_string(50 + (row * 31 + file * 17) % 23) + ".5,") + "\n";
        }
        write("sweep/kind_" + std::to_string(file % 9) + "/host" + std::to_string(file) + "_runs.csv", csv);
        write("docs/" + std::to_string(file) + ".json",
              R"({"host": "h)" + std::to_string(file % 3) + R"(", "runs": [{"n": 1, "ms": )" +
                  std::to_string(file + 1) + R"(.5}, {"n": 2, "ms": 3}, {"n": 3, "ms": 0.1}]})");
    }
    write("docs/notes.md", "# Notes\n\n| a | ms |\n|---|---|\n| x | 2.5 |\n");
    write("docs/report.md", "# Report of kind_3\n\nThe lowest latency is 4.25 ms, the mean 99.9 ms. TODO: 12 runs.\n\n"
                            "| threads | latency_ms |\n|---|---|\n| 1 | 4.25 |\n| 2 | 7.5 |\n");
    write("docs/copy.json", R"({"host": "h0", "runs": [{"n": 1, "ms": 1.5}, {"n": 2, "ms": 3}, {"n": 3, "ms": 0.1}]})");
    write("docs/broken.json", R"({"runs": [1, 2)");
    write("docs/blob.bin", std::string{"\x00\x01\x02", 3});
}

GeneratedTree::~GeneratedTree() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
}

void GeneratedTree::write(const std::string& name, const std::string& content) const {
    std::filesystem::create_directories((path / name).parent_path());
    std::ofstream(path / name, std::ios::binary).write(content.data(), static_cast<std::streamsize>(content.size()));
}

Folded::Folded(const std::vector<std::string>& inputs, Analyzers which) : session_{common()} {
    cli::start_log(true, false);
    pipeline::Request request;
    request.file = "<laws>";
    request.text = pipeline(session_, inputs, which);
    checked_ = cli::read_pipeline(request, session_);
    if (!checked_.usable()) throw std::runtime_error{pipeline::render_text(checked_.problems, false)};
    components_ = session_.make(*checked_.pipeline);
    if (!components_) throw std::runtime_error{"a component cannot be made"};
    std::vector<intake::Input> found;
    for (const auto& input : inputs) found.push_back({input, {}, {}});
    for (const auto& file : intake::discover(found).files)
        artifacts.push_back({file, engine::fold(file, components_->stages, checked_.rules, {})});
}

engine::Conclusion Folded::conclude(const std::vector<engine::Placed>& of) {
    return engine::conclude(of, components_->stages, checked_.rules,
                            {report::most_facts, 1'700'000'000'000'000, {0, 0}});
}

std::string corpus() {
    const char* set = std::getenv("ASSAY_CORPUS");
    const std::string folder = set ? set : ASSAY_SOURCE_DIR "/../shared/corpus";
    if (std::filesystem::exists(folder + "/llm-bench/reports")) return folder + "/llm-bench";
    BOOST_TEST_MESSAGE("skipped: needs the corpus");
    return {};
}

Folded& everything() {
    static const GeneratedTree tree;
    static Folded folded{corpus().empty()
                             ? std::vector<std::string>{tree.path.string()}
                             : std::vector<std::string>{corpus() + "/reports", corpus() + "/csv_data", tree.path}};
    return folded;
}

} // namespace assay::test

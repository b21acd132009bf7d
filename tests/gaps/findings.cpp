#include "findings.hpp"

namespace assay::test {

nlohmann::json report_of(const Files& files, const std::string& options, const std::string& more) {
    const Folder folder;
    for (const auto& [path, content] : files) folder.write("tree/" + path, content);
    folder.write("p.json", R"({"name": "p", "inputs": [{"path": "tree"}], "analyzers": [{"use": "gaps", "with": )" +
                               options + R"(}], "renderers": [{"use": "json", "to": "report.json"}])" + more + "}");
    const auto ran = run_program({"run", "p.json", "--output", "out", "--jobs", "1"}, {.folder = folder.path});
    BOOST_TEST_REQUIRE(ran.status == 0, ran.err);
    return read_json(folder / "out/report.json");
}

std::vector<nlohmann::json> fired(const nlohmann::json& report, const std::string& rule) {
    std::vector<nlohmann::json> out;
    for (const auto& finding : report["findings"])
        if (finding["rule"] == rule) out.push_back(finding);
    return out;
}

std::vector<nlohmann::json> findings_of(const std::string& rule, const Files& files, const std::string& options) {
    return fired(report_of(files, options), rule);
}

std::string told(const nlohmann::json& finding) {
    std::string text = finding["counts"]["k"].dump() + "/" + finding["counts"]["n"].dump();
    if (finding["evidence"].empty()) return text;
    const auto& place = finding["evidence"][0];
    text += " " + place["artifact"].get<std::string>();
    if (place.contains("line")) return text + ":" + place["line"].dump();
    return place.contains("row") ? text + "#" + place["row"].dump() : text;
}

} // namespace assay::test

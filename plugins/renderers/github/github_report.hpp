#pragma once
// Findings for GitHub Actions: workflow commands that become annotations, or the Markdown of a step's summary.
#include <assay/sdk.hpp>

namespace assay {

struct GithubReport : Renderer {
    static constexpr Manifest manifest{
        .id = "github", .summary = "findings as annotations or step summary of GitHub Actions", .on_request = true};
    option<std::string> what{*this, "what", "annotations", choices({"annotations", "summary"}),
                             "annotations: workflow commands, for stdout; summary: Markdown, for $GITHUB_STEP_SUMMARY"};
    option<std::string> base{*this, "base", "",
                             "put before each path, such as benchmarks/, so that it begins at the repository's root"};
    option<std::string> full_report{*this, "full_report", "report.json", "what holds everything, named at the end"};

    void render(const Report& report, Output& out) override;
};

} // namespace assay

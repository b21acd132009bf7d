#pragma once
// The report as GitHub-flavoured Markdown: the answers first, then details, then where everything comes from.
#include <assay/sdk.hpp>
#include <cstdint>

namespace assay {

struct MarkdownReport : Renderer {
    static constexpr Manifest manifest{
        .id = "markdown", .summary = "a report to read, in GitHub-flavoured Markdown", .extensions = {".md"}};
    option<std::string> title{*this, "title", "Benchmark report", "the first heading"};
    option<std::int64_t> max_rows{*this, "max_rows", 50, at_least(1), "most rows shown of a table or list"};
    option<std::int64_t> max_artifacts{*this, "max_artifacts", 200, at_least(1),
                                       "most lines in the appendix's tables of files, units and fact ids"};
    option<std::int64_t> max_sections{*this, "max_sections", 40, at_least(1), "most sections under one heading"};
    option<std::string> full_report{*this, "full_report", "report.json",
                                    "what holds everything, named where something is left out"};

    void render(const Report& report, Output& out) override;
};

} // namespace assay

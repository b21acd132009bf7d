#pragma once
// The report as one HTML file that needs nothing else: the answers first, readable without scripts and styles; then
// charts, findings and inventory, with each number linked to its evidence.
#include <assay/sdk.hpp>
#include <cstdint>

namespace assay {

struct HtmlReport : Renderer {
    static constexpr Manifest manifest{.id = "html",
                                       .summary = "one page to open in a browser, with charts and evidence inside",
                                       .extensions = {".html", ".htm"}};
    option<std::string> title{*this, "title", "Benchmark report", "the heading"};
    option<std::int64_t> max_rows{*this, "max_rows", 60, at_least(1), "most rows shown of a table or list"};
    option<std::int64_t> max_artifacts{*this, "max_artifacts", 300, at_least(1), "most lines in the list of files"};
    option<std::int64_t> max_charts{*this, "max_charts", 60, range(0, 200), "most charts"};
    option<std::string> full_report{*this, "full_report", "report.json",
                                    "what holds everything, named where something is left out"};
    option<std::string> source_url{*this, "source_url", "",
                                   "address of a file, with {path} and {line}, such as "
                                   "https://example.org/repo/blob/main/{path}#L{line}; empty: no links to sources"};

    void configured() override;
    void render(const Report& report, Output& out) override;
};

} // namespace assay

#pragma once
// The report as JSON Lines: all observations, or the facts, or the findings.
#include <assay/sdk.hpp>

namespace assay {

/// One object a line; absent is null. Facts and findings are the records of report.json as they are.
struct JsonlExport : RowsRenderer {
    static constexpr Manifest manifest{.id = "jsonl",
                                       .summary = "JSON Lines: every observation with its dimensions, status, unit and "
                                                  "provenance; or facts, or findings",
                                       .extensions = {".jsonl", ".ndjson"},
                                       .needs = {"rows"}};
    option<std::string> what{*this, "what", "observations", choices({"observations", "facts", "findings"}),
                             "which records to write; 'observations' reads every artifact once more"};
    option<std::string> dataset{*this, "dataset", "",
                                "id or title of a dataset: its rows, with its own columns; empty: one line for each "
                                "value of each metric, of all datasets"};
    void configured() override;
    bool needs_rows() const override { return *what == "observations"; }
    void render(const Report& report, Output& out) override;
};

} // namespace assay

#pragma once
// The report as CSV: all observations, or the facts, or the findings.
#include <assay/sdk.hpp>

namespace assay {

/// RFC 4180, with a header; absent is empty, numbers are the shortest that read back the same, and text cannot become a
/// formula where a spreadsheet opens the file.
struct CsvExport : RowsRenderer {
    static constexpr Manifest manifest{.id = "csv",
                                       .summary = "CSV: every observation with its dimensions, status, unit and "
                                                  "provenance; or facts, or findings",
                                       .extensions = {".csv"},
                                       .needs = {"rows"}};
    option<std::string> what{*this, "what", "observations", choices({"observations", "facts", "findings"}),
                             "which table to write; 'observations' reads every artifact once more"};
    option<std::string> dataset{*this, "dataset", "",
                                "id or title of a dataset: its rows, with its own columns; empty: one line for each "
                                "value of each metric, of all datasets"};
    option<bool> escape_formulas{*this, "escape_formulas", true,
                                 "put a ' before text that a spreadsheet would run as a formula"};
    void configured() override;
    bool needs_rows() const override { return *what == "observations"; }
    void render(const Report& report, Output& out) override;
};

} // namespace assay

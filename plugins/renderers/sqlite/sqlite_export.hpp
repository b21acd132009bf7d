#pragma once
// The report and all rows behind it in one SQLite file.
#include <assay/sdk.hpp>

namespace assay {

/// PRAGMA user_version of what it writes; docs/guide.md has the tables.
inline constexpr int sqlite_export_version = 1;

struct SqliteExport : RowsRenderer {
    static constexpr Manifest manifest{.id = "sqlite",
                                       .summary = "one SQLite file: artifacts, datasets with all their rows, "
                                                  "observations, facts, findings, claims",
                                       .extensions = {".sqlite", ".db"},
                                       .needs = {"rows"}};
    option<bool> rows{*this, "rows", true, "with all rows, for which every artifact is read once more"};
    bool needs_rows() const override { return *rows; }
    void render(const Report& report, Output& out) override;
};

} // namespace assay

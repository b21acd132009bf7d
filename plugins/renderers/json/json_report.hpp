#pragma once
// report.json, the contract for machines: docs/report.md, docs/report.schema.json.
#include <assay/sdk.hpp>

namespace assay {

/// Writes the report's records as they are, one a line, without building a document: the cost is that of copying.
struct JsonReport : Renderer {
    static constexpr Manifest manifest{.id = "json",
                                       .summary = "report.json: all of the report, for machines; one record a line",
                                       .extensions = {".json"}};
    void render(const Report& report, Output& out) override;
};

} // namespace assay

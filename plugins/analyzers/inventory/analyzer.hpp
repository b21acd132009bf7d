#pragma once
// What was found: artifacts by type and folder, copies, and what nobody claimed.
#include <assay/sdk.hpp>
#include <cstdint>

namespace assay {

struct InventoryAnalyzer : Analyzer {
    static constexpr Manifest manifest{
        .id = "inventory", .summary = "artifacts by type and folder, copies, what is unclaimed", .folds = false};
    option<std::int64_t> rows{*this, "rows", 50, at_least(1), "most rows of each table; the rest is counted"};

    void finish(const Corpus& corpus, Fragment& out) override;
};

} // namespace assay

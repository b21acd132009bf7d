#pragma once
// Statistics of datasets: by group, with failures beside them, and never pooled in silence.
#include <assay/sdk.hpp>
#include <cstdint>

namespace assay {

struct StatisticsAnalyzer : Analyzer {
    static constexpr Manifest manifest{.id = "statistics",
                                       .summary = "what the metrics of each dataset are, group by group",
                                       .needs = {"profile/1"},
                                       .folds = false,
                                       .partials_only = true};
    option<TextList> group_by{
        *this, "group_by", {}, "dimensions that divide rows into groups, in place of the default"};
    option<double> confidence{*this, "confidence", 0.95, range(0.5, 0.9999), "level of intervals"};
    option<std::int64_t> max_cells{*this, "max_cells", 256, range(1, 4096),
                                   "most groups of a dataset; beyond it figures are given undivided, and it is said"};

    void finish(const Corpus& corpus, Fragment& out) override;
};

} // namespace assay

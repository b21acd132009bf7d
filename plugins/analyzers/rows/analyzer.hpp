#pragma once
// Keeps rows for stages that look at them in conclude: all rows of small tables, a sample of large ones. It gives
// nothing to the report itself.
#include <assay/kept_rows.hpp>
#include <assay/sdk.hpp>
#include <cstdint>

namespace assay {

struct RowsAnalyzer : Analyzer {
    static constexpr Manifest manifest{.id = "rows",
                                       .summary = "rows of tables, all of small ones and a sample of large ones, for "
                                                  "stages that compare rows",
                                       .provides = "rows/1"};
    option<std::int64_t> bytes{*this, "bytes", KeptRows::usual_budget, range(4096, 1 << 30),
                               "how much is kept of a table; of a larger one a sample"};

    void artifact_begin(const assay_content& content) override;
    void table_begin(const assay_table& table) override;
    void update(const Batch& batch) override;
    void save(std::string& out) const override;
    void load(std::string_view state) override;
    void merge(std::string_view state) override;
    void finish(const Corpus&, Fragment&) override {}

  private:
    std::vector<KeptRowsFold> tables_; ///< in the order of the artifact
    std::uint64_t content_ = 0;
    bool keeps_ = false; ///< the rows of the last table
};

} // namespace assay

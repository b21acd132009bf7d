#pragma once
// The stage that others build on: what each column and each cell of a table holds, and the profiles of tables as facts.
#include "profile/fold.hpp"
#include <assay/sdk.hpp>
#include <cstdint>
#include <memory>

namespace assay {

struct ProfileAnalyzer : Analyzer {
    static constexpr Manifest manifest{
        .id = "profile", .summary = "what each column of each table holds, over its ok rows", .provides = "profile/1"};
    option<std::int64_t> tables{*this, "tables", 1000, at_least(0),
                                "how many data tables get their profiles as facts; the rest is counted"};
    option<bool> exact{
        *this, "exact", false,
        "keeps every value, so that quantiles and distinct counts of large tables are exact; memory then "
        "grows with the table"};

    void artifact_begin(const assay_content& content) override;
    void table_begin(const assay_table& table) override;
    void update(const Batch& batch) override;
    void table_end(std::uint64_t rows_rejected) override;
    void save(std::string& out) const override;
    void load(std::string_view state) override;
    void merge(std::string_view state) override;
    void finish(const Corpus& corpus, Fragment& out) override;

  private:
    Profile profile_;
    std::uint64_t content_ = 0;
    std::unique_ptr<profile::TableFold> fold_; ///< of the last table
    profile::FoldBuffers buffers_;             ///< for the next
};

} // namespace assay

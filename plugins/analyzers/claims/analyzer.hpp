#pragma once
// Every number in a document, held against the data: supported, contradicted, unsupported or not checkable.
#include "claims/nodes.hpp"
#include <assay/sdk.hpp>
#include <cstdint>

namespace assay {

struct ClaimsAnalyzer : Analyzer {
    static constexpr Manifest manifest{.id = "claims",
                                       .summary = "numbers in documents, held against the data",
                                       .needs = {"rows/1"},
                                       .on_request = true};
    option<TextList> documents{
        *this, "documents", {}, "paths of the documents to judge, as reports name them; none: all"};
    option<bool> apart{*this, "apart", false, "the documents are given beside the data, and are none of its files"};

    static std::vector<RuleText> rules();
    void artifact_begin(const assay_content& content) override;
    void table_begin(const assay_table& table) override;
    void update(const Batch& batch) override;
    void table_end(std::uint64_t rows_rejected) override;
    void save(std::string& out) const override;
    void load(std::string_view state) override;
    void merge(std::string_view state) override;
    void finish(const Corpus& corpus, Fragment& out) override;

  private:
    std::vector<claims::KeptNode> nodes_;
    bool in_nodes_ = false; ///< the table being folded is a document's text
};

} // namespace assay

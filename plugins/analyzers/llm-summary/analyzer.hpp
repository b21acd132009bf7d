#pragma once
#include <assay/sdk.hpp>

namespace assay {

class LlmSummaryAnalyzer final : public Analyzer {
  public:
    static constexpr Manifest manifest{.id = "llm-summary",
                                       .summary = "the report in sentences, each of which shows its facts",
                                       .needs = {"*"},
                                       .folds = false,
                                       .on_request = true};

    void finish(const Corpus& corpus, Fragment& out) override;
};

} // namespace assay

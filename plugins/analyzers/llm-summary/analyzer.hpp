#pragma once
#include <assay/sdk.hpp>

namespace assay {

namespace narrative {
struct Model;
}

class LlmSummaryAnalyzer final : public Analyzer {
  public:
    static constexpr Manifest manifest{.id = "llm-summary",
                                       .summary = "the report in sentences, each of which shows its facts",
                                       .needs = {"*"},
                                       .folds = false,
                                       .on_request = true};
    option<std::string> on_error{
        *this, "on_error", "template", choices({"template", "fail"}),
        "where a model gives nothing usable: the template's narrative, or no narrative at all"};
    option<TextMap> personas{*this,
                             "personas",
                             {},
                             "system prompts in place of those shipped: \"collector\" selects facts, \"insight\" "
                             "phrases them"};
    option<std::int64_t> facts{*this, "facts", 100, range(1, 150), "most facts that a model is given"};
    option<std::int64_t> fact_tokens{*this, "fact_tokens", 6000, at_least(100),
                                     "most tokens of these facts, at 3 bytes each"};
    option<std::int64_t> collect_tokens{*this, "collect_tokens", 150, at_least(20),
                                        "most tokens that a model writes to select facts"};
    option<std::int64_t> phrase_tokens{*this, "phrase_tokens", 450, at_least(50),
                                       "most tokens that a model writes to phrase them"};

    void configured() override;
    void finish(const Corpus& corpus, Fragment& out) override;
    /// The same with these models, in place of those that the options name.
    void finish_with(const std::vector<narrative::Model>& models, const Corpus& corpus, Fragment& out);
};

} // namespace assay

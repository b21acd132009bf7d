#pragma once
// What is wrong with, missing from, or not provable by the artifacts: rules over the profiles and the rows of all.
#include <assay/sdk.hpp>

namespace assay {

struct GapsAnalyzer : Analyzer {
    static constexpr Manifest manifest{.id = "gaps",
                                       .summary = "what is wrong, missing or not provable: findings by rule",
                                       .needs = {"profile/1", "rows/1"},
                                       .folds = false,
                                       .partials_only = true};
    option<TextList> off{*this, "off", {}, "rules that are not to be evaluated, by id or slug"};
    option<TextMap> thresholds{
        *this, "thresholds", {}, "other thresholds than the rules' own, as in { \"N7\": \"0.2\" }"};
    option<TextMap> waive{
        *this,
        "waive",
        {},
        "accepted findings, by rule or by rule and scope, with a reason and a last day: { \"N4 runs\": "
        "\"not needed; until 2027-01-31\" }"};

    static std::vector<RuleText> rules();
    void configured() override;
    void finish(const Corpus& corpus, Fragment& out) override;
};

} // namespace assay

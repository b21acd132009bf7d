#include "llm-summary/rules.hpp"
#include <algorithm>
#include <array>

namespace assay::narrative {

namespace {

using enum Topic;

constexpr RuleWords undescribed{"", risk, 50, "investigate", "gap", "a rule fired"};

constexpr std::array described_rules{
    RuleWords{"failed-rows-as-values", conclusion, 1, "rerun", "gap", "failed rows hold values all the same",
              "failed and still hold values"},
    RuleWords{"failed-runs", conclusion, 2, "rerun", "gap", "runs failed", "failed"},
    RuleWords{"cause-of-failures", conclusion, 3, "investigate", "gap",
              "what failed differs in a setting from the rest"},
    RuleWords{"false-success", conclusion, 4, "fix_unit", "gap",
              "rows hold an error message beside a mark that says otherwise"},
    RuleWords{"one-observation-per-configuration", conclusion, 5, "increase_n", "gap",
              "configurations of a sweep were measured once", "were measured once"},
    RuleWords{"effect-not-identifiable", conclusion, 6, "pin_environment", "association",
              "the effect of a parameter is confounded with cold starts"},
    RuleWords{"confounding", conclusion, 7, "pin_environment", "association",
              "a parameter goes with cold starts or the order of runs"},
    RuleWords{"pooled-populations", conclusion, 8, "exclude", "gap", "files of a dataset hold different populations"},
    RuleWords{"not-comparable", conclusion, 9, "exclude", "gap", "rows contradict the device or precision they declare",
              "contradict the device or precision that they state"},
    RuleWords{"summary-disagrees-with-raw", conclusion, 10, "investigate", "gap",
              "summaries disagree with their raw rows", "disagree with their raw rows"},
    RuleWords{"conflicting-records", conclusion, 11, "investigate", "gap", "records of one thing conflict"},
    RuleWords{"mean-with-warm-up", conclusion, 12, "investigate", "gap", "published means hold their own warm-up"},
    RuleWords{"parts-do-not-sum", conclusion, 13, "investigate", "gap", "parts do not sum to their total"},
    RuleWords{"impossible-values", conclusion, 14, "investigate", "gap", "values are impossible"},
    RuleWords{"drift-in-run-order", conclusion, 15, "pin_environment", "changepoint",
              "values drift in the order of runs"},
    RuleWords{"derived-metric", conclusion, 16, "investigate", "gap", "a metric is computed, not measured"},
    RuleWords{"error-message-as-artifact", risk, 1, "rerun", "gap", "a file holds an error message in place of data"},
    RuleWords{"extension-contradicts-content", risk, 2, "investigate", "gap", "a file is not what its name says"},
    RuleWords{"identical-copies", risk, 3, "exclude", "gap", "files are identical copies"},
    RuleWords{"missing-cells", risk, 4, "collect", "gap", "cells hold no value", "lack a value"},
    RuleWords{"name-with-two-meanings", risk, 5, "fix_unit", "gap", "a name means different things"},
    RuleWords{"ambiguous-numbers", risk, 6, "fix_unit", "gap", "numbers can be read in different ways"},
    RuleWords{"few-repetitions", risk, 7, "increase_n", "gap", "too few repetitions for an interval"},
    RuleWords{"cold-start", risk, 8, "rerun", "gap", "observations are cold starts", "are cold starts"},
    RuleWords{"dispersion", risk, 9, "increase_n", "gap", "repetitions scatter"},
    RuleWords{"incomplete-grid", risk, 10, "rerun", "gap", "cells of the grid have no measurement",
              "lack a measurement"},
    RuleWords{"unsupported-percentile", risk, 11, "increase_n", "gap", "samples are too small for their percentiles"},
    RuleWords{"only-aggregates", risk, 12, "collect", "gap", "files hold only aggregates"},
    RuleWords{"stored-twice", risk, 13, "exclude", "gap", "observations are stored twice"},
    RuleWords{"unclaimed", risk, 14, "collect", "gap", "files were read by no parser", "lack a parser"},
    RuleWords{"unit-unknown", risk, 15, "fix_unit", "gap", "metrics have no unit"},
    RuleWords{"speed-without-quality", risk, 16, "add_quality_metric", "gap", "speed was measured without quality"},
    RuleWords{"rejected-rows", risk, 17, "investigate", "gap", "rows were rejected"},
    RuleWords{"no-telemetry", absence, 1, "collect", "absence", "files have no telemetry",
              "lack telemetry beside their measurements"},
    RuleWords{"telemetry-holes", absence, 2, "collect", "absence", "telemetry has holes"},
    RuleWords{"dead-sensor", absence, 3, "collect", "absence", "a sensor measured nothing"},
    RuleWords{"no-hardware-identity", absence, 4, "pin_environment", "environment",
              "files do not say on what hardware they ran", "lack a record of their hardware"},
    RuleWords{"no-software-identity", absence, 5, "pin_environment", "environment",
              "files do not say with what software they ran", "lack a record of their software"},
    RuleWords{"environments-differ", absence, 6, "pin_environment", "environment",
              "files were measured in different environments"},
    RuleWords{"generation-not-repeatable", absence, 7, "pin_environment", "environment",
              "settings that generation depends on are not recorded"},
    RuleWords{"invalid-conditions", conclusion, 17, "rerun", "environment", "the conditions were invalid"},
    RuleWords{"constant-column", remark, 1, "none", "gap", "columns hold a single value"},
    RuleWords{"direction-unknown", remark, 2, "fix_unit", "gap", "metrics do not tell whether more is better"},
    RuleWords{"aggregates-mixed-with-raw", remark, 3, "exclude", "gap", "aggregates stand beside observations"},
    RuleWords{"stale", remark, 4, "rerun", "environment", "measurements are old"},
    RuleWords{"file-times-against-dates", remark, 5, "none", "environment",
              "file times disagree with the dates inside"},
    RuleWords{"ragged-schema", remark, 6, "none", "gap", "columns come and go"},
    RuleWords{"structural-zero", remark, 7, "none", "gap", "rows hold only zeros"},
};

} // namespace

const RuleWords& words_of_rule(std::string_view slug) {
    const auto* found = std::find_if(described_rules.begin(), described_rules.end(),
                                     [&](const auto& rule) { return rule.slug == slug; });
    return found == described_rules.end() ? undescribed : *found;
}

} // namespace assay::narrative

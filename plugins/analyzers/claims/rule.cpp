#include "claims/rule.hpp"

namespace assay::claims {

const Rule unsupported_numbers{"L1", "unsupported-numbers", "medium", "numbers of which the data say nothing",
                               "Take them out, or add the data they came from."};
const Rule contradicted_numbers{"L2", "contradicted-numbers", "high", "numbers that the data contradict",
                                "Correct them."};
const Rule placeholder_text{"L3", "placeholder-text", "medium", "text that stands for what was never written",
                            "Write it, or take it out."};
const Rule model_residue{"L4", "model-residue", "medium",
                         "what a language model says of its own work, or letters of another script",
                         "Take it out, and read the document once more."};
const Rule missing_file{"L5", "missing-file", "medium", "files that are named and are not there",
                        "Add them, or correct the names."};
const Rule own_dates_differ{"L6", "own-dates-differ", "medium", "dates that the document gives itself, and that differ",
                            "Keep the one that is true."};
const Rule parts_and_totals{"L7", "parts-and-totals", "high",
                            "shares past 100 %, or parts that do not sum to their total", "Count again."};
const Rule stated_twice{"L8", "stated-twice", "high", "the same thing stated with different values",
                        "Keep the one that the data support."};

std::vector<RuleText> listed_rules() {
    std::vector<RuleText> out;
    for (const Rule* rule : {&unsupported_numbers, &contradicted_numbers, &placeholder_text, &model_residue,
                             &missing_file, &own_dates_differ, &parts_and_totals, &stated_twice})
        out.push_back({rule->id, rule->slug, "Documents", rule->severity, rule->definition, rule->fix, {}});
    return out;
}

} // namespace assay::claims

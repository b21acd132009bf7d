#pragma once
// What a rule's finding means for a narrative: what it changes, how soon to tell it, and which action answers it.
#include <string_view>

namespace assay::narrative {

enum class Topic {
    conclusion, ///< some conclusion must not be drawn
    risk,       ///< something is missing, doubtful, or not to be relied upon
    absence,    ///< telemetry or an identity was never recorded
    remark,     ///< no fault
};

struct RuleWords {
    std::string_view slug;
    Topic topic;
    unsigned weight;         ///< among findings of one severity: smaller is told sooner
    std::string_view action; ///< as in reply.hpp
    std::string_view kind;   ///< of the fact: gap, environment, absence, association, changepoint
    std::string_view title;  ///< for a model: what was found, in words
    std::string_view told{}; ///< the same of what was counted: "75 of 115 rows" + "failed"; empty: not to be told so
};

/// By slug; rules nobody has described here are risks to be looked into.
const RuleWords& words_of_rule(std::string_view slug);

} // namespace assay::narrative

#pragma once
// A narrative with a model: it selects facts, phrases them, gets one turn to mend what fails, and where that fails too
// the template speaks.
#include "llm-summary/output.hpp"
#include "llm-summary/prompt.hpp"

namespace assay::narrative {

/// What was asked and answered, for whoever audits it.
struct Exchange {
    std::string step; ///< collect, phrase, repair
    chat::Request request;
    chat::Reply reply;
};

struct Written {
    std::string by;      ///< the model as its server names it; "template" where none could be used
    std::string failure; ///< why not: a stable word; empty where the model was used
    std::string reason;  ///< one sentence
    std::string note;    ///< where the model was used: what it did not select itself, in a sentence; may be empty
    std::vector<Part> parts;
    Tally tally;
    std::vector<Exchange> exchanges;
};

/// What is used where the model selects nothing that can be used: the facts of most relevance.
Selection standard_selection(const FactTable& table);

Written write_with(const chat::Ask& ask, const Material& material, const FactTable& table, const Personas& personas,
                   const TokenBudget& budget);

} // namespace assay::narrative

#pragma once
// What is sent to a model: the canary, instructions, a persona, and the facts as one block of JSON.
#include "llm-summary/chat/chat.hpp"
#include "llm-summary/reply.hpp"
#include <cstdint>

namespace assay::narrative {

struct Personas {
    std::string collector, insight; ///< empty: those that are shipped
};

struct TokenBudget {
    std::uint64_t collect = 150, phrase = 450; ///< most tokens of a reply
};

/// Derived from the facts: the same facts give the same prompt, byte for byte. Twelve digits in groups, as small models
/// copy those with the fewest mistakes.
std::string canary_of(const FactTable& table);

/// What a conversation begins with: the canary, as it stands in a reply, since models copy what they have seen behind
/// the same words. It is told nowhere else, in no schema and no example, so that a model can repeat it only if it got
/// the beginning.
std::string first_line(const std::string& canary);

/// The facts within the budget, and only as many as a window has room for beside instructions and reply.
FactTable table_for(const Material& material, FactBudget budget, const Personas& personas, const TokenBudget& tokens,
                    std::optional<std::uint64_t> window);

chat::Request selection_request(const FactTable& table, const Personas& personas, const TokenBudget& budget);
/// Only the selected facts, and those that these rest on, are sent.
chat::Request phrasing_request(const FactTable& table, const Selection& selection, const Personas& personas,
                               const TokenBudget& budget);
/// The same conversation, its reply, and what was wrong with it.
chat::Request repair_request(const chat::Request& asked, const std::string& reply,
                             const std::vector<Violation>& violations);

} // namespace assay::narrative

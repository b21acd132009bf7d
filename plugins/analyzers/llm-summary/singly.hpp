#pragma once
// A narrative by a model that is too small to select, phrase and claim at once: a call for each fact. The model writes
// the sentence, and the host, which knows what it is about, adds what it cites and claims. All checks are the same.
#include "llm-summary/dialogue.hpp"

namespace assay::narrative {

/// `window`: the model's, where it is known: fewer facts are offered than it has no room for.
Written write_singly(const chat::Ask& ask, const Material& material, const FactTable& table, const Personas& personas,
                     const TokenBudget& budget, std::optional<std::uint64_t> window);

} // namespace assay::narrative

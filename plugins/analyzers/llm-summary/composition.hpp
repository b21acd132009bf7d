#pragma once
// The narrative of a model's sentences and the templates' together: what passed stands in it, what did not is told by a
// template, and so is what nobody told.
#include "llm-summary/output.hpp"
#include "llm-summary/reply.hpp"

namespace assay::narrative {

/// What became of an item.
struct Fate {
    Item item;
    std::string status; ///< verified, repaired; empty: refused
};

/// Where a model's sentences stand: in place of the templates' in the same part, or before them, none of which goes.
enum class Standing { instead, before };

/// Together they must pass as well: what contradicts or repeats another gives way to it, and what was mended to what
/// was right at once.
void settle(std::vector<Fate>& fates, const FactTable& table);

std::vector<Part> compose(const std::vector<Fate>& fates, const Material& material, const FactTable& table,
                          Standing standing, Tally& tally);

} // namespace assay::narrative

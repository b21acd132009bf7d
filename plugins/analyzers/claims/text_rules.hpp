#pragma once
// What is wrong with a document's text, whatever its numbers: placeholders, residue of language models, missing files,
// dates that disagree.
#include "claims/document.hpp"
#include "claims/rule.hpp"
#include "claims/world.hpp"

namespace assay::claims {

/// L3 to L6.
std::vector<Fired> text_findings(const World& world, const std::vector<KeptNode>& nodes, const Document& document);

} // namespace assay::claims

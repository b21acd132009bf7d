#pragma once
// What is wrong with a document's text, whatever its numbers: placeholders, residue of language models, missing files,
// dates that disagree.
#include "claims/document.hpp"
#include "claims/world.hpp"
#include <assay/report.hpp>

namespace assay::claims {

/// A rule that fired on a document, with all places; the output keeps the first five.
struct Finding {
    std::string rule, slug, severity, message, fix;
    std::uint64_t k = 0;
    std::optional<std::uint64_t> n = {};
    std::vector<std::pair<std::uint64_t, std::string>> places; ///< line and excerpt
};

/// L3 to L6.
std::vector<Finding> text_findings(const World& world, const std::vector<KeptNode>& nodes, const Document& document);

} // namespace assay::claims

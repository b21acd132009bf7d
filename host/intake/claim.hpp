#pragma once

#include <optional>
#include <string>
#include <vector>

namespace assay::intake {

/// What one parser said about an artifact's first bytes. 0: not mine; 1 to 100: how sure.
struct ProbeAnswer {
    std::string parser;
    int confidence = 0;
    std::string reason;
};

/// Who reads an artifact, and what everybody said: the strongest first, equals in pipeline order.
struct Claim {
    std::optional<std::string> winner; // none: nobody's, the artifact is unclaimed
    std::vector<ProbeAnswer> contest;
};

/// The surest parser wins; among equals the one that stands first in the pipeline. `answers` in pipeline order.
/// Confidence outside 0..100 is brought to the nearer end.
Claim decide_claim(std::vector<ProbeAnswer> answers);

} // namespace assay::intake

#include <intake/claim.hpp>

#include <algorithm>

namespace assay::intake {

Claim decide_claim(std::vector<ProbeAnswer> answers) {
    for (ProbeAnswer& answer : answers) answer.confidence = std::clamp(answer.confidence, 0, 100);
    std::stable_sort(answers.begin(), answers.end(),
                     [](const ProbeAnswer& a, const ProbeAnswer& b) { return a.confidence > b.confidence; });
    Claim claim{std::nullopt, std::move(answers)};
    if (!claim.contest.empty() && claim.contest.front().confidence > 0) claim.winner = claim.contest.front().parser;
    return claim;
}

} // namespace assay::intake

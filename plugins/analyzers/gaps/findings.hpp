#pragma once
// From what rules hit to what a report says: findings by rank, the sentences of its first page, and which rules could
// not be evaluated.
#include "gaps/hits.hpp"
#include "gaps/waivers.hpp"
#include <assay/report.hpp>
#include <cstdint>
#include <set>

namespace assay::gaps {

struct Terms {
    std::set<const Rule*> off;
    std::vector<Waiver> waivers;
    std::int64_t now_us = 0;
};

/// The expired among the waivers become hits themselves.
void give_findings(Hits& hits, const Terms& terms, Fragment& out);

} // namespace assay::gaps

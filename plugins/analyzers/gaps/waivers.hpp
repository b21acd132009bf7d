#pragma once
// Findings that a team has accepted, for a reason and until a day.
#include "gaps/rule.hpp"
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace assay::gaps {

struct Waiver {
    const Rule* rule;
    std::string subject; ///< empty: whatever the rule is about
    std::string reason;
    std::string until;       ///< the last day, ISO 8601
    std::int64_t expires_us; ///< begin of the day after, UTC

    bool covers(const Rule& other, const std::string& about) const {
        return rule == &other && (subject.empty() || subject == about);
    }
};

/// From `"Z3": "known, to be measured again; until 2027-01-31"`, or `"Z3 runs": "..."` for one scope. Throws BadOption.
Waiver read_waiver(const std::string& key, const std::string& text);

extern const Rule expired_waiver;

} // namespace assay::gaps

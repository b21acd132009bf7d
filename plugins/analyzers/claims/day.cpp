// The days that a claim speaks of, and the tables whose rows are of these.
#include "claims/context.hpp"
#include <algorithm>

namespace assay::claims {

int on_day(const DataTable& table, const std::vector<Quantity>& days) {
    if (days.empty() || table.days.empty()) return 0;
    const bool any = std::any_of(table.days.begin(), table.days.end(), [&](std::int64_t day) {
        return std::any_of(days.begin(), days.end(), [&](const Quantity& q) { return is_day(q, day); });
    });
    return any ? 1 : -1;
}

const std::vector<Quantity>& Contexts::days_in(const std::string& text) const {
    const auto [at, fresh] = days_.emplace(text, std::vector<Quantity>{});
    if (!fresh) return at->second;
    at->second = quantities(text);
    std::erase_if(at->second, [&](const Quantity& q) {
        return q.kind != Kind::date || q.day_span > 1 ||
               std::none_of(world_.days.begin(), world_.days.end(),
                            [&](const auto& day) { return is_day(q, day.first); });
    });
    return at->second;
}

/// Of the claim's sentence, label, lead, block or headings: the nearest of these that name any.
std::vector<Quantity> Contexts::days_said(const Claim& claim) const {
    const Statement& s = document_.statements[claim.statement];
    if (const auto& days = days_in(s.text); !days.empty()) return days;
    if (const auto& days = days_in(s.label); !days.empty()) return days;
    for (std::size_t i = claim.statement, back = 0; i-- > 0 && back < 6; ++back) {
        if (document_.statements[i].block != s.block) break;
        if (const auto& days = days_in(document_.statements[i].text); !days.empty()) return days;
    }
    if (const auto& days = days_in(*s.lead); !days.empty()) return days;
    for (auto heading = s.headings->rbegin(); heading != s.headings->rend(); ++heading)
        if (const auto& days = days_in(*heading); !days.empty()) return days;
    return {};
}

} // namespace assay::claims

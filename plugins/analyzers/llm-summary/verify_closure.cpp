// V7 and V10: what sentences say together.
#include "llm-summary/verify_reply.hpp"
#include <algorithm>
#include <set>

namespace assay::narrative {

namespace {

constexpr double most_alike = 0.8;

/// Jaccard index of the tokens.
double likeness(const Checked& a, const Checked& b) {
    const auto set_of = [](const Checked& item) {
        std::set<std::string> out;
        for (const Token& token : item.tokens)
            if (token.kind != Token::Kind::punctuation) out.insert(token.text);
        return out;
    };
    const auto x = set_of(a), y = set_of(b);
    std::vector<std::string> both;
    std::set_intersection(x.begin(), x.end(), y.begin(), y.end(), std::back_inserter(both));
    const std::size_t all = x.size() + y.size() - both.size();
    return all == 0 ? 1.0 : static_cast<double>(both.size()) / static_cast<double>(all);
}

/// Two claims of one family that cannot both be meant: two bests, or an order and its reverse.
bool contradict(const Claim& a, const Claim& b, const FactTable& table) {
    const auto family = [&](const Claim& claim) {
        const TableFact* fact = claim.args.empty() ? nullptr : table.find(claim.args[0]);
        return fact ? fact->family : std::string{};
    };
    if (family(a).empty() || family(a) != family(b)) return false;
    if ((a.type == "best" || a.type == "worst") && a.type == b.type) return a.args != b.args;
    if ((a.type == "greater" || a.type == "less") && a.type == b.type && a.args.size() == 2 && b.args.size() == 2)
        return a.args[0] == b.args[1] && a.args[1] == b.args[0];
    return (a.type == "greater") != (b.type == "greater") && (a.type == "less" || b.type == "less") && a.args == b.args;
}

} // namespace

void check_closure(const std::vector<Checked>& items, std::vector<Violation>& violations) {
    for (std::size_t i = 0; i < items.size(); ++i) {
        std::size_t before = 0;
        for (std::size_t j = 0; j < i; ++j) {
            before += items[j].item.section == items[i].item.section ? 1U : 0U;
            if (likeness(items[i], items[j]) > most_alike)
                violations.push_back({i, "V10", "says the same as item " + std::to_string(j + 1)});
            for (const Claim& a : items[i].item.claims)
                for (const Claim& b : items[j].item.claims)
                    if (contradict(a, b, items[i].table))
                        violations.push_back({i, "V7", "contradicts item " + std::to_string(j + 1)});
        }
        if (before >= most_in_section) violations.push_back({i, "V10", "too many sentences in one section"});
    }
}

} // namespace assay::narrative

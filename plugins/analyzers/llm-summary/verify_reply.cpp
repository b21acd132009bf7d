#include "llm-summary/verify_reply.hpp"
#include <algorithm>

namespace assay::narrative {

bool Checked::cites(const TableFact* fact) const { return std::find(cited.begin(), cited.end(), fact) != cited.end(); }

std::vector<Violation> verify_items(const std::vector<Item>& items, const FactTable& table) {
    std::vector<Violation> violations;
    std::vector<Checked> checked;
    checked.reserve(items.size());
    for (std::size_t i = 0; i < items.size(); ++i) {
        Checked& one =
            checked.emplace_back(Checked{items[i], table, tokens_of(items[i].text, table), {}, i, violations});
        for (const auto& id : items[i].cites)
            if (const TableFact* fact = table.find(id)) one.cited.push_back(fact);
        check_numbers(one);
        check_placeholders(one);
        check_counts(one);
        check_claims(one);
        check_names(one);
        check_lint(one);
        check_advice(one);
        check_length(one);
    }
    check_closure(checked, violations);
    return violations;
}

} // namespace assay::narrative

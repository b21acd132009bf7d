#include "llm-summary/dialogue.hpp"
#include "llm-summary/composition.hpp"
#include "llm-summary/verify_reply.hpp"
#include "llm-summary/wording.hpp"
#include <algorithm>
#include <map>
#include <set>

namespace assay::narrative {

namespace {

constexpr std::size_t standard_facts = 8;
constexpr std::uint64_t tokens_an_item = 55; ///< with its JSON: as many facts are sent as a reply has room for

bool is_refused(const std::vector<Violation>& violations, std::size_t item) {
    return std::any_of(violations.begin(), violations.end(), [&](auto& one) { return one.item == item; });
}

bool share_a_fact(const Item& a, const Item& b) {
    return std::any_of(a.cites.begin(), a.cites.end(), [&](const std::string& id) {
        return std::find(b.cites.begin(), b.cites.end(), id) != b.cites.end();
    });
}

Selection bounded(Selection selection, std::uint64_t reply_tokens) {
    std::size_t room = std::max<std::size_t>(1, static_cast<std::size_t>(reply_tokens / tokens_an_item));
    for (auto& [section, ids] : selection.sections) {
        ids.resize(std::min({ids.size(), room, most_in_section}));
        room -= ids.size();
    }
    std::erase_if(selection.sections, [](auto& section) { return section.second.empty(); });
    return selection;
}

/// Mended items take the place of those they mend: of the same section, on one of the same facts.
void take_mended(std::vector<Fate>& fates, const std::vector<Item>& mended, const FactTable& table) {
    const auto violations = verify_items(mended, table);
    std::set<std::size_t> used;
    for (Fate& fate : fates) {
        if (!fate.status.empty()) continue;
        for (std::size_t i = 0; i < mended.size(); ++i) {
            if (used.contains(i) || is_refused(violations, i) || mended[i].section != fate.item.section ||
                !share_a_fact(mended[i], fate.item))
                continue;
            used.insert(i);
            fate = {mended[i], "repaired"};
            break;
        }
    }
    settle(fates, table);
}

} // namespace

Selection standard_selection(const FactTable& table) {
    std::vector<const TableFact*> order;
    for (const TableFact& fact : table.facts) order.push_back(&fact);
    std::stable_sort(order.begin(), order.end(), [](auto* a, auto* b) { return a->relevance < b->relevance; });
    std::map<std::string, std::vector<std::string>> sections;
    std::size_t taken = 0;
    for (const TableFact* fact : order) {
        if (taken == standard_facts) break;
        if (fact->kind == Kind::inventory || fact->kind == Kind::comparison) continue;
        const bool figure = fact->kind == Kind::statistic || fact->kind == Kind::ranking;
        sections[figure                                                       ? "comparisons"
                 : fact->kind == Kind::gap || fact->kind == Kind::association ? "findings"
                                                                              : "risks"]
            .push_back(fact->id);
        ++taken;
    }
    return {{sections.begin(), sections.end()}};
}

Written write_with(const chat::Ask& ask, const Material& material, const FactTable& table, const Personas& personas,
                   const TokenBudget& budget) {
    Written out;
    const auto call = [&](std::string step, const chat::Request& request) -> const chat::Reply& {
        out.exchanges.push_back({std::move(step), request, ask(request)});
        const chat::Reply& reply = out.exchanges.back().reply;
        if (!reply.model.empty()) out.by = clean_name(reply.model);
        return reply;
    };
    const auto give_up = [&](std::string failure, const std::string& reason) {
        out.by = "template";
        out.failure = std::move(failure);
        out.reason = clean_name(reason);
        out.parts = narrate(material);
        return out;
    };
    const chat::Reply collected = call("collect", selection_request(table, personas, budget));
    // It can do without a selection: the order of relevance stands in.
    const bool dispensable = collected.failure == chat::failed::too_long || collected.failure == chat::failed::no_text;
    if (!collected.failure.empty() && !dispensable) return give_up(collected.failure, collected.reason);
    const std::string canary = canary_of(table);
    std::string problem = clean_name(collected.reason);
    const auto chosen = dispensable ? std::nullopt : read_selection(collected.text, table, canary, problem);
    if (!chosen) out.note = "The model selected no facts (" + problem + "): those of most relevance were taken.";
    const auto request =
        phrasing_request(table, bounded(chosen ? *chosen : standard_selection(table), budget.phrase), personas, budget);
    const chat::Reply phrased = call("phrase", request);
    if (!phrased.failure.empty()) return give_up(phrased.failure, phrased.reason);

    std::vector<Violation> violations;
    std::vector<Fate> fates;
    if (const auto items = read_reply(phrased.text, canary, violations)) {
        const auto found = verify_items(*items, table);
        violations.insert(violations.end(), found.begin(), found.end());
        for (std::size_t i = 0; i < items->size(); ++i)
            fates.push_back({(*items)[i], is_refused(violations, i) ? "" : "verified"});
    }
    if (!violations.empty()) {
        const chat::Reply mended = call("repair", repair_request(request, phrased.text, violations));
        std::vector<Violation> ignored;
        const auto items = mended.failure.empty() ? read_reply(mended.text, canary, ignored) : std::nullopt;
        // A first reply that was no reply at all: what comes now is what there is to mend.
        if (items && fates.empty())
            for (const Item& item : *items) fates.push_back({item, ""});
        if (items) take_mended(fates, *items, table);
    }
    if (fates.empty())
        return give_up("bad-reply", violations.empty() ? "the reply is empty" : violations.front().message);
    out.tally.generated = fates.size();
    out.parts = compose(fates, material, table, Standing::instead, out.tally);
    if (out.by.empty()) out.by = "a model that did not give its name";
    return out;
}

} // namespace assay::narrative

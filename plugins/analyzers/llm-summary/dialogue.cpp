#include "llm-summary/dialogue.hpp"
#include "llm-summary/verify_reply.hpp"
#include "llm-summary/wording.hpp"
#include <algorithm>
#include <map>
#include <set>

namespace assay::narrative {

namespace {

constexpr std::size_t standard_facts = 8;
constexpr std::uint64_t tokens_an_item = 55; ///< with its JSON: as many facts are sent as a reply has room for

/// An item's fate.
struct Fate {
    Item item;
    std::string status; ///< verified, repaired; empty: refused
};

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
    // Together they must pass as well; what was mended gives way to what was right at once.
    std::vector<Item> together;
    std::vector<std::size_t> places;
    for (const std::string_view status : {"verified", "repaired"})
        for (std::size_t i = 0; i < fates.size(); ++i)
            if (fates[i].status == status) together.push_back(fates[i].item), places.push_back(i);
    for (const Violation& one : verify_items(together, table))
        if (one.item < places.size()) fates[places[one.item]].status.clear();
}

std::vector<std::string> sources_of(const Item& item, const FactTable& table) {
    std::vector<std::string> out;
    for (const auto& id : item.cites)
        if (const TableFact* fact = table.find(id)) out.insert(out.end(), fact->sources.begin(), fact->sources.end());
    return out;
}

/// What to do about findings: it tells of none of them.
bool is_advice(std::string_view section) { return section == "recommendations"; }

/// Template sentences, each of which may be used once.
class Templates {
  public:
    explicit Templates(const Material& material) : parts_{template_parts(material)} {}

    /// The sentence that shows most of these; none where all that do are told already. Advice stands in for advice
    /// alone.
    Sentence take(const std::vector<std::string>& sources, bool advice) {
        const Sentence* best = nullptr;
        std::size_t most = 0;
        for (const Part& part : parts_)
            for (const Sentence& sentence : part.sentences) {
                if (is_advice(part.id) != advice) continue;
                const auto shared =
                    static_cast<std::size_t>(std::count_if(sources.begin(), sources.end(), [&](const std::string& id) {
                        return std::find(sentence.sources.begin(), sentence.sources.end(), id) !=
                               sentence.sources.end();
                    }));
                if (shared > most && !used_.contains(&sentence)) best = &sentence, most = shared;
            }
        if (!best) return {};
        used_.insert(best);
        return *best;
    }

    const std::vector<Part>& parts() const { return parts_; }
    bool is_used(const Sentence& sentence) const { return used_.contains(&sentence); }

  private:
    std::vector<Part> parts_;
    std::set<const Sentence*> used_;
};

/// Of critical and high findings, which a narrative may not pass over.
std::set<std::string> grave_findings(const Material& material) {
    std::set<std::string> out;
    for (const Gap& gap : material.gaps)
        if (severity_rank(gap.severity) <= severity_rank("high"))
            for (const Found& found : gap.found) out.insert(found.fingerprint);
    return out;
}

/// What a sentence shows of what it cites: facts whose placeholders it holds, and the only one. Of several findings by
/// one rule it shows the first.
std::vector<std::string> shown_by(const Item& item, const std::vector<Token>& tokens, const FactTable& table) {
    std::vector<std::string> out;
    for (const auto& id : item.cites) {
        const TableFact* fact = table.find(id);
        const bool shown =
            item.cites.size() == 1 || std::any_of(tokens.begin(), tokens.end(), [&](const Token& token) {
                return token.kind == Token::Kind::placeholder && token.text == id && token.field != "name";
            });
        if (!fact || !shown || fact->sources.empty()) continue;
        out.insert(out.end(), fact->sources.begin(),
                   is_gap(fact->kind) ? fact->sources.begin() + 1 : fact->sources.end());
    }
    return out;
}

bool has_any(const Sentence& sentence, const std::set<std::string>& ids) {
    return std::any_of(sentence.sources.begin(), sentence.sources.end(), [&](auto& id) { return ids.contains(id); });
}

/// What a model's sentences became, by section, and what they tell.
struct Phrased {
    std::map<std::string, std::vector<Sentence>> written;
    std::set<std::string> told;
    void add(const std::string& section, Sentence sentence, const std::vector<std::string>& shown) {
        if (!is_advice(section)) told.insert(shown.begin(), shown.end());
        written[section].push_back(std::move(sentence));
    }
};

Phrased phrased_by(const std::vector<Fate>& fates, Templates& templates, const FactTable& table, Tally& tally) {
    Phrased out;
    for (const Fate& fate : fates) {
        const auto sources = sources_of(fate.item, table);
        if (!fate.status.empty()) {
            const auto tokens = tokens_of(fate.item.text, table);
            out.add(fate.item.section, {rendered(fate.item.text, tokens), sources, fate.status},
                    shown_by(fate.item, tokens, table));
            ++(fate.status == "verified" ? tally.verified : tally.repaired);
            continue;
        }
        Sentence stand_in = templates.take(sources, is_advice(fate.item.section));
        ++(stand_in.text.empty() ? tally.dropped : tally.replaced);
        if (stand_in.text.empty()) continue;
        stand_in.status = "replaced";
        const auto shown = stand_in.sources;
        out.add(fate.item.section, std::move(stand_in), shown);
    }
    return out;
}

std::vector<Part> compose(const std::vector<Fate>& fates, const Material& material, const FactTable& table,
                          Tally& tally) {
    Templates templates{material};
    auto [written, told] = phrased_by(fates, templates, table, tally);
    const auto grave = grave_findings(material);
    std::set<std::string> later; // told by a template behind the summary
    for (const Part& part : templates.parts())
        if (part.id != "summary" && !is_advice(part.id))
            for (const auto& sentence : part.sentences) later.insert(sentence.sources.begin(), sentence.sources.end());
    std::vector<Part> parts;
    std::set<std::string> advised;
    for (const Part& standard : templates.parts()) {
        Part part{standard.id, standard.title, std::move(written[standard.id])};
        // A part without a model's sentence is the template's; so is each grave finding that the model passed over.
        const bool whole = part.sentences.empty();
        std::set<std::string> owed;
        if (!is_advice(standard.id))
            for (const auto& id : grave)
                if (!told.contains(id) && (standard.id != "summary" || !later.contains(id))) owed.insert(id);
        for (const Sentence& sentence : standard.sentences) {
            if (templates.is_used(sentence) || (!whole && !has_any(sentence, owed) && !sentence.sources.empty()))
                continue;
            part.sentences.push_back(sentence);
            auto& shown = is_advice(standard.id) ? advised : told;
            shown.insert(sentence.sources.begin(), sentence.sources.end());
        }
        parts.push_back(std::move(part));
    }
    told.merge(advised); // the template's advice names what it is about
    return close_parts(material, std::move(parts), told);
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
    out.parts = compose(fates, material, table, out.tally);
    if (out.by.empty()) out.by = "a model that did not give its name";
    return out;
}

} // namespace assay::narrative

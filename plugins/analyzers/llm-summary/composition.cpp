#include "llm-summary/composition.hpp"
#include "llm-summary/sentence.hpp"
#include "llm-summary/verify_reply.hpp"
#include <algorithm>
#include <map>
#include <set>

namespace assay::narrative {

namespace {

std::vector<std::string> sources_of(const Item& item, const FactTable& table) {
    std::vector<std::string> out;
    for (const auto& id : item.cites)
        if (const TableFact* fact = table.find(id)) out.insert(out.end(), fact->sources.begin(), fact->sources.end());
    return out;
}

/// What to do about findings: it tells of none of them.
bool is_advising(std::string_view section) { return section == "recommendations"; }

bool has_any(const Sentence& sentence, const std::set<std::string>& ids) {
    return std::any_of(sentence.sources.begin(), sentence.sources.end(), [&](auto& id) { return ids.contains(id); });
}

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
                if (is_advising(part.id) != advice) continue;
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
    bool tell(const std::vector<std::string>& sources) const {
        const std::set<std::string> ids{sources.begin(), sources.end()};
        return std::any_of(parts_.begin(), parts_.end(), [&](const Part& part) {
            return std::any_of(part.sentences.begin(), part.sentences.end(),
                               [&](const Sentence& sentence) { return has_any(sentence, ids); });
        });
    }
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

/// What a model's sentences became, by section, and what they tell.
struct Phrased {
    std::map<std::string, std::vector<Sentence>> written;
    std::set<std::string> told;
    void add(const std::string& section, Sentence sentence, const std::vector<std::string>& shown) {
        if (!is_advising(section)) told.insert(shown.begin(), shown.end());
        written[section].push_back(std::move(sentence));
    }
};

Phrased phrased_by(const std::vector<Fate>& fates, Templates& templates, const FactTable& table, Standing standing,
                   Tally& tally) {
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
        if (standing == Standing::before) { // the template's sentence stands in its own place
            ++(templates.tell(sources) ? tally.replaced : tally.dropped);
            continue;
        }
        Sentence stand_in = templates.take(sources, is_advising(fate.item.section));
        ++(stand_in.text.empty() ? tally.dropped : tally.replaced);
        if (stand_in.text.empty()) continue;
        stand_in.status = "replaced";
        const auto shown = stand_in.sources;
        out.add(fate.item.section, std::move(stand_in), shown);
    }
    return out;
}

} // namespace

void settle(std::vector<Fate>& fates, const FactTable& table) {
    std::vector<Item> together;
    std::vector<std::size_t> places;
    for (const std::string_view status : {"verified", "repaired"})
        for (std::size_t i = 0; i < fates.size(); ++i)
            if (fates[i].status == status) together.push_back(fates[i].item), places.push_back(i);
    for (const Violation& one : verify_items(together, table))
        if (one.item < places.size()) fates[places[one.item]].status.clear();
}

std::vector<Part> compose(const std::vector<Fate>& fates, const Material& material, const FactTable& table,
                          Standing standing, Tally& tally) {
    Templates templates{material};
    auto [written, told] = phrased_by(fates, templates, table, standing, tally);
    const auto grave = grave_findings(material);
    std::set<std::string> later; // told by a template behind the summary
    for (const Part& part : templates.parts())
        if (part.id != "summary" && !is_advising(part.id))
            for (const auto& sentence : part.sentences) later.insert(sentence.sources.begin(), sentence.sources.end());
    std::vector<Part> parts;
    std::set<std::string> advised;
    for (const Part& standard : templates.parts()) {
        Part part{standard.id, standard.title, std::move(written[standard.id])};
        // A part without a model's sentence is the template's; so is each grave finding that the model passed over.
        const bool whole = part.sentences.empty();
        std::set<std::string> owed;
        if (!is_advising(standard.id))
            for (const auto& id : grave)
                if (!told.contains(id) && (standard.id != "summary" || !later.contains(id))) owed.insert(id);
        for (const Sentence& sentence : standard.sentences) {
            const bool goes =
                standing == Standing::instead && !whole && !has_any(sentence, owed) && !sentence.sources.empty();
            if (templates.is_used(sentence) || goes) continue;
            part.sentences.push_back(sentence);
            auto& shown = is_advising(standard.id) ? advised : told;
            shown.insert(sentence.sources.begin(), sentence.sources.end());
        }
        parts.push_back(std::move(part));
    }
    told.merge(advised); // the template's advice names what it is about
    return close_parts(material, std::move(parts), told);
}

} // namespace assay::narrative

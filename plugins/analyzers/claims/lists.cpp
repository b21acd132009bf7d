// Lists of values behind a list of names: "alpha, beta and gamma take 3, 4 and 7 s", "(the same order) 10, 12 and 11".
#include "claims/context.hpp"
#include "claims/words.hpp"
#include <algorithm>
#include <set>

namespace assay::claims {

namespace {

/// Do two numbers follow each other in a list?
bool joined(const std::string& text, const Quantity& a, const Quantity& b) {
    if (b.begin < a.end || b.kind != Kind::number || a.kind != Kind::number) return false;
    if (a.edge != 0 || b.edge != 0 || a.unit.measure != b.unit.measure) return false;
    const std::string_view joint = std::string_view{text}.substr(a.end, b.begin - a.end);
    for (const std::string_view known : {" / ", "/", ", ", " and ", ", and ", " or ", " vs ", " vs. "})
        if (joint == known) return true;
    return false;
}

/// The list that a number stands in: how many it has, and the number's place in it.
struct Place {
    std::size_t begin = 0; ///< of the list, in the text
    std::size_t at = 0, size = 1;
};
Place place_in_list(const Document& document, const std::string& text, const Claim& claim) {
    std::vector<const Quantity*> all;
    std::size_t own = 0;
    for (std::size_t i = claim.peers_begin; i < claim.peers_end; ++i) {
        const Quantity& q = document.claims[i].quantity;
        if (q.begin == claim.quantity.begin) own = all.size();
        all.push_back(&q);
    }
    if (all.empty()) return {};
    std::size_t first = own, last = own;
    while (first > 0 && joined(text, *all[first - 1], *all[first])) --first;
    while (last + 1 < all.size() && joined(text, *all[last], *all[last + 1])) ++last;
    return {all[first]->begin, own - first, last - first + 1};
}

/// A word that names one of what others of its slot name too.
struct Named {
    std::size_t begin = 0, end = 0; ///< in its text
    std::vector<std::size_t> parts, slots;
    bool of(std::size_t slot) const { return std::find(slots.begin(), slots.end(), slot) != slots.end(); }
};

std::string without_brackets(std::string_view text) {
    std::string out;
    int open = 0;
    for (const char c : text) {
        if (c == '(') ++open;
        if (open == 0) out += c;
        if (c == ')' && open > 0) --open;
    }
    return out;
}

/// What stands between two names of a list: no words but those of names, and a conjunction.
enum class Joint { none, mark, conjunction };
Joint joint(const std::string& text, const Named& a, const Named& b, const std::vector<Named>& names) {
    if (b.begin < a.end) return Joint::none;
    const auto named = [&](const std::string& word) { // "llama 8b, qwen 7b"
        return std::any_of(names.begin(), names.end(), [&](const Named& name) {
            return word == lower(std::string_view{text}.substr(name.begin, name.end - name.begin));
        });
    };
    Joint found = Joint::mark;
    const std::string between = without_brackets(std::string_view{text}.substr(a.end, b.begin - a.end));
    for (std::size_t begin = 0; begin < between.size();) {
        std::size_t end = begin;
        while (end < between.size() && between[end] != ' ' && between[end] != ',') ++end;
        const std::string word = lower(between.substr(begin, end - begin));
        const bool joins = word == "and" || word == "or" || word == "&" || word == "vs" || word == "vs.";
        if (joins)
            found = Joint::conjunction;
        else if (word != "the" && !named(word) && std::any_of(word.begin(), word.end(), is_word))
            return Joint::none;
        begin = end + 1;
    }
    return found;
}

/// "alpha, beta and gamma", and not "Unlike alpha and beta, gamma": a conjunction joins the last, or each.
bool is_list(const std::string& text, const std::vector<const Named*>& members, const std::vector<Named>& names) {
    std::size_t conjunctions = 0;
    Joint last = Joint::none;
    for (std::size_t i = 0; i + 1 < members.size(); ++i) {
        last = joint(text, *members[i], *members[i + 1], names);
        if (last == Joint::none) return false;
        conjunctions += last == Joint::conjunction ? 1U : 0U;
    }
    return conjunctions == 0 || conjunctions + 1 == members.size() || (conjunctions == 1 && last == Joint::conjunction);
}

/// How many statistics a text names: "min, mean and max".
std::size_t statistics_named(const std::string& text) {
    std::set<std::string> named;
    for (const auto& word : concepts(text))
        if (auto stat = statistic(word); !stat.empty()) named.insert(std::move(stat));
    return named.size();
}

std::set<std::size_t> slots_of(const std::vector<Named>& names) {
    std::set<std::size_t> out;
    for (const Named& name : names) out.insert(name.slots.begin(), name.slots.end());
    return out;
}

} // namespace

void Contexts::bind_list(Context& context, const Claim& claim) const {
    const Statement& s = document_.statements[claim.statement];
    const bool row = s.form == Statement::Form::row && claim.cell < s.cells.size();
    const std::string& text = text_around(s, claim);
    const Place place = place_in_list(document_, text, claim);
    // Two numbers stand beside two names for many a reason.
    if (place.size < 2 || (place.size == 2 && text.find("respectively") == text.npos)) return;
    std::string beside = s.label; // what names the number's subject, apart from the text that it stands in
    if (row) {
        beside = s.first + " ; " + (claim.cell < s.columns->size() ? (*s.columns)[claim.cell] : "");
        for (std::size_t i = 0; i < std::min<std::size_t>(s.cells.size(), 16); ++i)
            if (i != claim.cell) beside += " ; " + s.cells[i];
    }
    if (statistics_named(text + " ; " + beside) >= place.size) return; // of one subject
    const auto names = [&](const std::string& words) {
        std::vector<Named> out;
        for (std::size_t begin = 0; begin < words.size();) {
            const std::size_t end = std::min(words.find_first_of(" ,;()", begin), words.size());
            Named named{begin, end, {}, {}};
            for (const auto& [part, share] : names_in(words.substr(begin, end - begin)))
                if (share >= 0.9 && world_.entity[part] && !world_.slots[part].empty()) {
                    named.parts.push_back(part);
                    named.slots.insert(named.slots.end(), world_.slots[part].begin(), world_.slots[part].end());
                }
            if (!named.parts.empty()) out.push_back(std::move(named));
            begin = end + 1;
        }
        return out;
    };
    // `taken`: slots of which what stands nearer names one.
    const auto bind = [&](const std::string& words, const std::set<std::size_t>& taken) {
        const auto all = names(words);
        for (std::size_t k = all.size(); k-- > 0;) // of the slot that is named last
            for (const std::size_t slot : all[k].slots) {
                if (taken.count(slot) > 0) continue;
                std::vector<const Named*> members;
                for (const Named& named : all) {
                    const bool again = std::any_of(members.begin(), members.end(),
                                                   [&](const Named* other) { return other->parts == named.parts; });
                    if (named.of(slot) && !again) members.push_back(&named);
                }
                if (members.size() != place.size || !is_list(words, members, all)) continue;
                for (const Named* member : members)
                    for (const std::size_t part : member->parts) context.weight[part] = 0;
                for (const std::size_t part : members[place.at]->parts) context.weight[part] = 1.2;
                return true;
            }
        return false;
    };
    const std::string before = text.substr(0, place.begin), behind = text.substr(place.begin);
    auto taken = row ? slots_of(names(beside)) : std::set<std::size_t>{};
    if (bind(before, taken)) return;
    taken.merge(slots_of(names(before)));
    if (bind(behind, taken)) return;
    taken.merge(slots_of(names(behind)));
    taken.merge(slots_of(names(beside)));
    const auto bind_apart = [&](const std::string& words) {
        const bool bound = bind(words, taken);
        context.guessed = context.guessed || bound;
        return bound;
    };
    for (std::size_t i = claim.statement, back = 0; !row && i-- > 0 && back < 2; ++back) {
        if (document_.statements[i].block != s.block) break;
        if (bind_apart(document_.statements[i].text)) return;
    }
    bind_apart(*s.lead);
}

} // namespace assay::claims

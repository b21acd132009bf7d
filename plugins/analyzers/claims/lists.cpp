// Lists of values behind a list of names: "alpha, beta and gamma take 3, 4 and 7 s", "(the same order) 10, 12 and 11".
#include "claims/context.hpp"
#include "claims/words.hpp"
#include <algorithm>

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
    std::vector<std::size_t> parts, slots;
};

} // namespace

void Contexts::bind_list(Context& context, const Claim& claim) const {
    const Statement& s = document_.statements[claim.statement];
    const bool row = s.form == Statement::Form::row && claim.cell < s.cells.size();
    const std::string& text = row ? s.cells[claim.cell] : s.text;
    const Place place = place_in_list(document_, text, claim);
    // Two numbers stand beside two names for many a reason.
    if (place.size < 2 || (place.size == 2 && text.find("respectively") == text.npos)) return;
    const auto names = [&](std::string_view words) {
        std::vector<Named> out;
        for (std::size_t begin = 0; begin < words.size();) {
            const std::size_t end = std::min(words.find_first_of(" ,;()", begin), words.size());
            Named named;
            for (const auto& [part, share] : names_in(std::string{words.substr(begin, end - begin)}))
                if (share >= 0.9 && world_.entity[part] && !world_.slots[part].empty()) {
                    named.parts.push_back(part);
                    named.slots.insert(named.slots.end(), world_.slots[part].begin(), world_.slots[part].end());
                }
            if (!named.parts.empty()) out.push_back(std::move(named));
            begin = end + 1;
        }
        return out;
    };
    const auto bind = [&](const std::vector<Named>& all) {
        for (std::size_t k = all.size(); k-- > 0;) // of the slot that is named last
            for (const std::size_t slot : all[k].slots) {
                std::vector<const Named*> members;
                for (const Named& named : all) {
                    const bool of = std::find(named.slots.begin(), named.slots.end(), slot) != named.slots.end();
                    const bool again = std::any_of(members.begin(), members.end(),
                                                   [&](const Named* other) { return other->parts == named.parts; });
                    if (of && !again) members.push_back(&named);
                }
                if (members.size() != place.size) continue;
                for (const Named* member : members)
                    for (const std::size_t part : member->parts) context.weight[part] = 0;
                for (const std::size_t part : members[place.at]->parts) context.weight[part] = 1.2;
                return true;
            }
        return false;
    };
    if (bind(names(std::string_view{text}.substr(0, place.begin)))) return;
    if (bind(names(std::string_view{text}.substr(place.begin)))) return;
    for (std::size_t i = claim.statement, back = 0; !row && i-- > 0 && back < 2; ++back) {
        if (document_.statements[i].block != s.block) break;
        if (bind(names(document_.statements[i].text))) return;
    }
    bind(names(*s.lead));
}

} // namespace assay::claims

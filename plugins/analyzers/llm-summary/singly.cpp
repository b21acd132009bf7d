#include "llm-summary/singly.hpp"
#include "llm-summary/chat/tokens.hpp"
#include "llm-summary/composition.hpp"
#include "llm-summary/note.hpp"
#include "llm-summary/verify_reply.hpp"
#include "llm-summary/wording.hpp"
#include <algorithm>
#include <map>

namespace assay::narrative {

namespace {

constexpr std::size_t offered_a_choice = 2;     ///< of less relevance nothing is offered: small models take what comes
constexpr std::uint64_t tokens_a_sentence = 64; ///< with its JSON and the code

/// A server that did answer, though with nothing that can be used.
bool is_answered(const chat::Reply& reply) {
    return reply.failure.empty() || reply.failure == chat::failed::too_long || reply.failure == chat::failed::no_text;
}

struct Conversation {
    const chat::Ask& ask;
    const FactTable& table;
    const Personas& personas;
    Written& out;
    std::string canary = canary_of(table);
    std::string problem{}; ///< with the last reply that could not be used

    chat::Reply call(const char* step, const chat::Request& request) {
        out.exchanges.push_back({step, request, ask(request)});
        const chat::Reply& reply = out.exchanges.back().reply;
        if (!reply.model.empty()) out.by = clean_name(reply.model);
        if (!reply.failure.empty()) problem = clean_name(reply.reason);
        return reply;
    }

    /// The sentence, with what is wrong with it; null where the reply is none.
    std::optional<std::string> read(const Note& note, const chat::Reply& reply, std::vector<Violation>& violations) {
        if (!reply.failure.empty()) return std::nullopt;
        auto text = read_sentence(reply.text, canary, problem);
        if (text)
            violations = verify_sentence(note, *text, table);
        else
            violations = {{SIZE_MAX, "V1", problem}};
        return text;
    }

    /// One note's sentence; null where no reply held one. `failure` where the server does not answer any more.
    std::optional<Fate> phrase(const Note& note, std::uint64_t most_tokens, std::string& failure) {
        const chat::Request request = sentence_request(note, table, personas, most_tokens);
        chat::Reply reply = call("phrase", request);
        std::vector<Violation> violations;
        auto text = read(note, reply, violations);
        if (text && violations.empty()) return Fate{item_of(note, *text), "verified"};
        if (is_answered(reply) && !violations.empty()) {
            reply = call("repair", repair_request(request, reply.text, violations));
            auto mended = read(note, reply, violations);
            if (mended && violations.empty()) return Fate{item_of(note, *mended), "repaired"};
            if (!text) text = std::move(mended);
        }
        if (!is_answered(reply)) failure = reply.failure;
        if (!text) return std::nullopt;
        return Fate{item_of(note, *text), ""};
    }
};

/// The chosen first, as many as there is room for in the whole and in each section.
std::vector<Note> chosen_notes(const std::vector<Note>& notes, const std::vector<std::string>& ids, std::size_t most) {
    std::vector<Note> out;
    std::map<std::string, std::size_t> sections;
    for (const auto& id : ids) {
        const auto note = std::find_if(notes.begin(), notes.end(), [&](const Note& one) { return one.id == id; });
        const bool taken = std::any_of(out.begin(), out.end(), [&](const Note& one) { return one.id == id; });
        if (note == notes.end() || taken || out.size() == most || sections[note->section] == most_in_section) continue;
        ++sections[note->section];
        out.push_back(*note);
    }
    return out;
}

} // namespace

Written write_singly(const chat::Ask& ask, const Material& material, const FactTable& table, const Personas& personas,
                     const TokenBudget& budget, std::optional<std::uint64_t> window) {
    Written out;
    Conversation with{ask, table, personas, out};
    const auto give_up = [&](std::string failure) {
        out.by = "template";
        out.failure = std::move(failure);
        out.reason = with.problem;
        out.parts = narrate(material);
        return out;
    };
    std::vector<Note> notes = notes_of(table);
    const auto room = static_cast<std::size_t>(std::max<std::uint64_t>(1, budget.phrase / tokens_a_sentence));
    notes.resize(std::min(notes.size(), offered_a_choice * room));
    const auto choice = [&] { return choice_request(notes, table, personas, room, budget.collect); };
    while (window && notes.size() > 1 && chat::estimate(choice()).room + budget.collect > *window) notes.pop_back();
    if (notes.empty()) {
        with.problem = "no fact can be told in a sentence of its own";
        return give_up("no-facts");
    }
    const chat::Reply collected = with.call("collect", choice());
    if (!is_answered(collected)) return give_up(collected.failure);
    const auto ids = collected.failure.empty() ? read_choice(collected.text, with.canary, with.problem) : std::nullopt;
    // Where it chose less than there is room for, or too much of one section, the order of relevance goes on.
    std::vector<std::string> order = ids.value_or(std::vector<std::string>{});
    const bool chose = !chosen_notes(notes, order, room).empty();
    for (const Note& note : notes) order.push_back(note.id);
    const std::vector<Note> chosen = chosen_notes(notes, order, room);
    if (!chose)
        out.note = "The model selected no facts (" + (ids ? "the reply selects no fact" : with.problem) +
                   "): those of most relevance were taken.";
    std::vector<Fate> fates;
    std::size_t asked = 0, refused = 0;
    for (std::string failure; asked < chosen.size() && failure.empty(); ++asked) {
        const auto fate = with.phrase(chosen[asked], std::min(budget.phrase, tokens_a_sentence), failure);
        if (fate) fates.push_back(*fate);
        refused += fate && failure.empty() ? 0U : 1U;
        if (!failure.empty() && fates.empty()) return give_up(failure);
    }
    if (fates.empty()) return give_up("bad-reply");
    if (refused > 0)
        out.note += (out.note.empty() ? "" : " ") + counted(refused, "reply held", "replies held") + " no sentence (" +
                    with.problem + ")" +
                    (asked < chosen.size()
                         ? "; " + counted(chosen.size() - asked, "fact was", "facts were") + " not asked about."
                         : ".");
    settle(fates, table);
    out.tally.generated = fates.size();
    out.parts = compose(fates, material, table, Standing::before, out.tally);
    if (out.by.empty()) out.by = "a model that did not give its name";
    return out;
}

} // namespace assay::narrative

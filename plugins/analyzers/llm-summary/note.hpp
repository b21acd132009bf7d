#pragma once
// A fact as a note that is nearly a sentence, for a model that gets it alone.
#include "llm-summary/prompt.hpp"
#include "llm-summary/reply.hpp"

namespace assay::narrative {

struct Note {
    enum class Form { finding, named_finding, figure, best } form;
    std::string id, section;
    std::string text;                             ///< "in {G032.name}: {G032} were measured once"
    std::vector<std::string> cites;               ///< the facts whose placeholders it holds
    std::vector<std::vector<std::string>> orders; ///< in which a sentence may hold "G032.name" and "G032"
    std::vector<std::string> words; ///< of what was found: without one of them a sentence says something else
    std::vector<Claim> claims;      ///< all that these facts bear out: words that need another are refused
};

/// Facts that can be told so, those of most relevance first: the first figure of each ranking, and findings that count.
std::vector<Note> notes_of(const FactTable& table);

/// The notes with their values, to choose `most` of them.
chat::Request choice_request(const std::vector<Note>& notes, const FactTable& table, const Personas& personas,
                             std::size_t most, std::uint64_t most_tokens);
/// One note, after worked examples whose facts do not exist.
chat::Request sentence_request(const Note& note, const FactTable& table, const Personas& personas,
                               std::uint64_t most_tokens);

/// All checks of a sentence, and that it tells what the note says.
std::vector<Violation> verify_sentence(const Note& note, const std::string& text, const FactTable& table);
Item item_of(const Note& note, const std::string& text);

} // namespace assay::narrative

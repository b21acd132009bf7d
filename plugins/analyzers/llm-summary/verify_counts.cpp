// V4: a count is told of what was counted, and what is said of it is what its fact states.
#include "llm-summary/verify_reply.hpp"
#include "llm-summary/vocabulary.hpp"
#include "llm-summary/wording.hpp"
#include <algorithm>

namespace assay::narrative {

namespace {

/// The words of a title or display up to a negation: what stands behind one is what is not so.
std::vector<std::string> stated_words(std::string_view text) {
    std::vector<std::string> words = words_of(text);
    words.erase(std::find_if(words.begin(), words.end(), [](const auto& word) { return is_negation(word); }),
                words.end());
    return words;
}

bool states(const TableFact& fact, std::string_view outcome) {
    for (const std::string_view text : {std::string_view{fact.title}, std::string_view{fact.display}})
        for (const auto& word : stated_words(text))
            if (outcome_of(word) == outcome) return true;
    return false;
}

std::vector<const TableFact*> counts_in(const Checked& item) {
    std::vector<const TableFact*> out;
    for (const Token& token : item.tokens)
        if (token.kind == Token::Kind::placeholder && token.fact && token.field.empty() &&
            token.fact->kind != Kind::statistic && token.fact->kind != Kind::ranking &&
            token.fact->kind != Kind::comparison)
            out.push_back(token.fact);
    return out;
}

/// What a token names: also a plain word, where figures are told apart by it.
std::string_view name_in(const Checked& item, const Token& token) {
    if (token.kind == Token::Kind::name) return token.text;
    if (token.kind == Token::Kind::placeholder)
        return token.fact && token.field == "name" ? std::string_view{token.fact->subject} : std::string_view{};
    if (token.kind != Token::Kind::word) return {};
    const auto word = std::string_view{item.item.text}.substr(token.begin, token.end - token.begin);
    const bool is_level = std::any_of(item.table.facts.begin(), item.table.facts.end(), [&](const TableFact& fact) {
        return fact.kind == Kind::statistic && fact.subject == word;
    });
    return is_level ? word : std::string_view{};
}

bool says_absent(const Checked& item) {
    return std::any_of(item.tokens.begin(), item.tokens.end(), [](const Token& token) {
        return token.kind == Token::Kind::word && claim_of_word(token.text) == Claiming::absent;
    });
}

} // namespace

bool denies(const TableFact& fact) {
    const auto words = words_of(fact.title);
    return std::any_of(words.begin(), words.end(), [](const auto& word) { return is_negation(word); });
}

void check_counts(const Checked& item) {
    const auto counts = counts_in(item);
    for (const TableFact* count : counts)
        if (denies(*count) && !says_absent(item)) item.wrong("V4", count->id + " counts what is missing: say so");
    for (const Token& token : item.tokens) {
        const std::string_view name = name_in(item, token);
        for (const TableFact* count : counts)
            if (!name.empty() && std::find(count->owners.begin(), count->owners.end(), name) == count->owners.end())
                item.wrong("V4", count->id + " counts something else than what is named");
        const auto outcome = token.kind == Token::Kind::word ? outcome_of(token.text) : std::string_view{};
        if (outcome.empty() || (outcome == "measured" && counts.empty())) continue; // every figure was measured
        // Of several counts nobody parses which one is meant.
        const auto fits = [&](const TableFact* fact) { return states(*fact, outcome); };
        const bool stated = counts.empty() ? std::any_of(item.cited.begin(), item.cited.end(), fits)
                                           : std::all_of(counts.begin(), counts.end(), fits);
        if (!stated) item.wrong("V4", "\"" + token.text + "\" is what no fact states of that");
    }
}

} // namespace assay::narrative

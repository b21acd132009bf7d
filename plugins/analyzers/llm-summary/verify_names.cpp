// V6 and V8: nothing but plain words and names of cited facts, in one sentence.
#include "llm-summary/verify_reply.hpp"
#include "llm-summary/vocabulary.hpp"
#include "llm-summary/wording.hpp"
#include <algorithm>
#include <array>

namespace assay::narrative {

namespace {

constexpr std::size_t least_words = 4, most_words = 45;
constexpr std::array<std::string_view, 8> preambles{"sure",  "certainly", "here",  "of-course",
                                                    "as-an", "okay",      "hello", "absolutely"};
constexpr std::array<std::string_view, 8> residues{"<", "[", "|", "://", "www.", "```", "TODO", "TBD"};

bool is_known(const Checked& item, const Token& token) {
    return claim_of_word(token.text) != Claiming::none || is_negation(token.text) || is_number_word(token.text) ||
           is_hedge(token.text) || is_first_person(token.text) || is_plain_word(token.text) ||
           (is_advice(token.text) && item.item.section == "recommendations");
}

bool begins_sentence(const Checked& item, std::size_t i) { return i == 0 && item.tokens[0].begin == 0; }

} // namespace

void check_names(const Checked& item) {
    for (std::size_t i = 0; i < item.tokens.size(); ++i) {
        const Token& token = item.tokens[i];
        if (token.kind == Token::Kind::word && !is_known(item, token))
            item.wrong("V6", "\"" + prompt_name(token.text) + "\" is no plain word and no name of a cited fact");
        if (token.kind == Token::Kind::word && token.capital && !begins_sentence(item, i) &&
            !is_acronym(item.item.text.substr(token.begin, token.end - token.begin)))
            item.wrong("V6", "a capital letter within the sentence makes a name of a word");
        if (token.kind == Token::Kind::bad)
            item.wrong("V6", "\"" + prompt_name(token.text) + "\" does not belong into a sentence");
        if (token.kind == Token::Kind::name &&
            std::none_of(item.cited.begin(), item.cited.end(), [&](const TableFact* fact) {
                return std::find(fact->names.begin(), fact->names.end(), token.text) != fact->names.end();
            }))
            item.wrong("V6", "a name belongs to no cited fact");
        if (token.kind == Token::Kind::label &&
            std::none_of(item.cited.begin(), item.cited.end(),
                         [&](const TableFact* fact) { return fact->label == token.text; }))
            item.wrong("V6", "the metric \"" + token.text + "\" belongs to no cited fact");
    }
}

void check_lint(const Checked& item) {
    const std::string& text = item.item.text;
    for (const auto residue : residues)
        if (contains(text, residue)) item.wrong("V8", "markup, an address or a model's own token");
    std::size_t stops = 0;
    for (const Token& token : item.tokens) {
        if (token.kind == Token::Kind::word && is_hedge(token.text))
            item.wrong("V8", "\"" + token.text + "\" is a guess");
        if (token.kind == Token::Kind::word && is_first_person(token.text))
            item.wrong("V8", "\"" + token.text + "\": write of the data, not of yourself or the reader");
        stops += token.kind == Token::Kind::punctuation && token.text == "." ? 1U : 0U;
    }
    if (!item.tokens.empty() && item.tokens[0].kind == Token::Kind::word &&
        std::find(preambles.begin(), preambles.end(), item.tokens[0].text) != preambles.end())
        item.wrong("V8", "the sentence begins as a chat does");
    if (stops != 1 || item.tokens.empty() || item.tokens.back().text != ".")
        item.wrong("V8", "write one sentence that ends in a full stop");
    // Dashes and quotation marks are the only characters beyond ASCII; names that a model spells are no text of its
    // own.
    const auto written = [&](std::size_t at) {
        return std::none_of(item.tokens.begin(), item.tokens.end(), [&](const Token& token) {
            return token.kind != Token::Kind::bad && token.begin <= at && at < token.end;
        });
    };
    for (std::size_t i = 0; i < text.size(); ++i)
        if ((static_cast<unsigned char>(text[i]) < 0x20 || static_cast<unsigned char>(text[i]) >= 0x7F) && written(i)) {
            item.wrong("V8", "a character of another script, or a control character");
            break;
        }
}

void check_advice(const Checked& item) {
    if (item.item.section != "recommendations") {
        if (item.item.action != "none") item.wrong("V9", "only a recommendation has an action");
        return;
    }
    const bool answers = std::any_of(item.cited.begin(), item.cited.end(), [&](const TableFact* fact) {
        return is_gap(fact->kind) && fact->action == item.item.action && fact->action != "none";
    });
    if (!answers) item.wrong("V9", "a recommendation cites a finding and has the action that mends it");
}

void check_length(const Checked& item) {
    const auto words =
        static_cast<std::size_t>(std::count_if(item.tokens.begin(), item.tokens.end(), [](const Token& token) {
            return token.kind != Token::Kind::punctuation;
        }));
    if (words < least_words) item.wrong("V10", "too short to say anything");
    if (words > most_words) item.wrong("V10", "too long: at most " + std::to_string(most_words) + " words");
}

} // namespace assay::narrative

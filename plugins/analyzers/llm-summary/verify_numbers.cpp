// V2 and V3: values come from facts alone.
#include "llm-summary/verify_reply.hpp"
#include "llm-summary/vocabulary.hpp"
#include "llm-summary/wording.hpp"
#include <algorithm>

namespace assay::narrative {

namespace {

bool has_digit(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

} // namespace

void check_numbers(const Checked& item) {
    for (const Token& token : item.tokens) {
        if (token.kind == Token::Kind::word && is_number_word(token.text))
            item.wrong("V2", "\"" + token.text + "\" is a number: use the placeholder of a fact");
        if (token.kind == Token::Kind::bad && has_digit(token.text))
            item.wrong("V2", "a number is written out: use the placeholder of a fact");
        if (token.kind == Token::Kind::name && !begins_with_letter(token.text))
            item.wrong("V2", "a name that begins like a number is written out: use the placeholder of its fact");
        if (token.kind != Token::Kind::placeholder) continue;
        if (!token.fact)
            item.wrong("V3", "a placeholder names no fact");
        else if (!item.cites(token.fact))
            item.wrong("V3", token.text + " is shown and not cited");
    }
    if (item.item.cites.empty()) item.wrong("V3", "nothing is cited");
    for (const auto& id : item.item.cites)
        if (!item.table.find(id)) item.wrong("V3", "a cited fact does not exist");
    for (const Claim& claim : item.item.claims)
        for (const auto& id : claim.args) {
            const TableFact* fact = item.table.find(id);
            if (!fact || !item.cites(fact)) item.wrong("V3", "a claim is about a fact that is not cited");
        }
}

} // namespace assay::narrative

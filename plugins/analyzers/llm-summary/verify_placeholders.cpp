// V4: a value stands beside the name of its metric and the name of what it was measured on.
#include "llm-summary/verify_reply.hpp"
#include "llm-summary/wording.hpp"
#include <algorithm>

namespace assay::narrative {

namespace {

constexpr std::size_t no_token = SIZE_MAX;

bool is_value(const Token& token) {
    return token.kind == Token::Kind::placeholder && token.fact && token.field != "name";
}

bool is_metric(const Checked& item, const Token& token) {
    if (token.kind == Token::Kind::label) return true;
    return token.kind == Token::Kind::name &&
           std::any_of(item.table.facts.begin(), item.table.facts.end(),
                       [&](const TableFact& fact) { return mentions_metric(token, fact); });
}

/// A token that says what a value is of: {F001.name}, or a name that is the subject of some figure.
bool is_subject(const Checked& item, const Token& token) {
    if (token.kind == Token::Kind::placeholder) return token.field == "name" && token.fact;
    return token.kind == Token::Kind::name &&
           std::any_of(item.table.facts.begin(), item.table.facts.end(), [&](const TableFact& fact) {
               return fact.kind == Kind::statistic && fact.subject == token.text;
           });
}

bool is_of(const Token& token, const TableFact& fact) {
    return token.kind == Token::Kind::placeholder ? token.fact->subject == fact.subject : token.text == fact.subject;
}

template <class Fits> std::size_t nearest(const Checked& item, std::size_t at, Fits&& fits) {
    for (std::size_t distance = 1; distance < item.tokens.size(); ++distance) {
        // A name before a value is nearer than one as far behind it.
        if (distance <= at && fits(item.tokens[at - distance])) return at - distance;
        if (at + distance < item.tokens.size() && fits(item.tokens[at + distance])) return at + distance;
    }
    return no_token;
}

/// "295 tokens/s for gemma3": what follows so is meant, else what was named before, else what is named later.
std::size_t subject_of(const Checked& item, std::size_t at) {
    const auto fits = [&](std::size_t i) { return i < item.tokens.size() && is_subject(item, item.tokens[i]); };
    const Token* link = item.at(at + 1);
    if (link && link->kind == Token::Kind::word &&
        (link->text == "for" || link->text == "by" || link->text == "with") && fits(at + 2))
        return at + 2;
    for (std::size_t i = at; i-- > 0;)
        if (fits(i)) return i;
    for (std::size_t i = at + 1; i < item.tokens.size(); ++i)
        if (fits(i)) return i;
    return no_token;
}

/// A placeholder stands alone: nothing may change the number that it becomes.
void check_edges(const Checked& item, const Token& token) {
    const std::string_view text = item.item.text;
    const auto before = token.begin == 0 ? ' ' : text[token.begin - 1];
    const auto behind = token.end >= text.size() ? ' ' : text[token.end];
    const bool ends_stop = behind != '.' || token.end + 1 == text.size() || text[token.end + 1] == ' ';
    if (std::string_view{" ("}.find(before) == std::string_view::npos ||
        std::string_view{" ),;:."}.find(behind) == std::string_view::npos || !ends_stop)
        item.wrong("V4", "a placeholder stands against other characters");
}

} // namespace

bool mentions_metric(const Token& token, const TableFact& fact) {
    if (token.kind == Token::Kind::label) return token.text == fact.label;
    return token.kind == Token::Kind::name && lower(token.text) == fact.column;
}

void check_placeholders(const Checked& item) {
    for (std::size_t i = 0; i < item.tokens.size(); ++i) {
        const Token& token = item.tokens[i];
        if (token.kind != Token::Kind::placeholder || !token.fact) continue;
        const TableFact& fact = *token.fact;
        check_edges(item, token);
        const bool known = token.field.empty() || token.field == "ci" || token.field == "n" || token.field == "unit" ||
                           token.field == "name";
        const std::string& shown = token.field == "ci"     ? fact.ci
                                   : token.field == "n"    ? fact.n
                                   : token.field == "unit" ? fact.unit
                                   : token.field == "name" ? fact.subject
                                                           : fact.display;
        if (!known || shown.empty()) item.wrong("V4", token.text + " has no such part");
        if (!is_value(token)) continue;
        if (fact.kind == Kind::ranking || fact.kind == Kind::comparison) {
            item.wrong("V4", token.text + " is an order and has no value");
            continue;
        }
        // What a bare placeholder of a value needs beside it; its n, unit or interval follows the value itself.
        if (!token.field.empty()) {
            const Token* value = nullptr;
            for (std::size_t j = 0; j < i; ++j)
                if (is_value(item.tokens[j]) && item.tokens[j].field.empty()) value = &item.tokens[j];
            if (!value || value->fact != token.fact)
                item.wrong("V4", token.text + '.' + token.field + " stands without its value");
            if (token.field == "unit") item.wrong("V4", "a value brings its unit with it");
        }
        if (fact.kind != Kind::statistic) continue;
        const auto metric = nearest(item, i, [&](const Token& other) { return is_metric(item, other); });
        if (metric == no_token || !mentions_metric(item.tokens[metric], fact))
            item.wrong("V4", token.text + " stands without its metric, \"" + fact.label + '"');
        const auto subject = subject_of(item, i);
        if (subject == no_token || !is_of(item.tokens[subject], fact))
            item.wrong("V4", token.text + " stands without its name: write {" + fact.id + ".name} before it");
    }
}

} // namespace assay::narrative

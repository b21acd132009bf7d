#include "llm-summary/sentence.hpp"
#include "llm-summary/narrator.hpp"
#include "llm-summary/templates.hpp"
#include "llm-summary/vocabulary.hpp"
#include "llm-summary/wording.hpp"
#include <algorithm>
#include <array>

namespace assay::narrative {

namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_inside_word(char c) { return is_letter(c) || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80; }

/// Nothing that could belong to a longer name stands before or behind.
bool stands_alone(std::string_view text, std::size_t begin, std::size_t end) {
    const auto joins = [&](std::size_t i) {
        const char c = text[i];
        return is_inside_word(c) || c == '_' || c == '/' || c == '-' || c == ':' || c == '.' || c == '+';
    };
    if (begin > 0 && joins(begin - 1)) return false;
    if (end >= text.size() || !joins(end)) return true;
    // A full stop or colon at the end of a sentence or clause.
    const bool stop = text[end] == '.' || text[end] == ':';
    return stop && (end + 1 == text.size() || text[end + 1] == ' ');
}

/// All that a sentence may name, the longest first.
struct Phrases {
    std::vector<std::string_view> names, labels;
    explicit Phrases(const FactTable& table) {
        for (const TableFact& fact : table.facts) {
            for (const auto& name : fact.names)
                if (!name.empty()) names.push_back(name);
            if (!fact.label.empty()) labels.push_back(fact.label);
        }
        for (auto* list : {&names, &labels}) {
            std::sort(list->begin(), list->end(),
                      [](auto a, auto b) { return a.size() != b.size() ? a.size() > b.size() : a < b; });
            list->erase(std::unique(list->begin(), list->end()), list->end());
        }
    }
};

std::size_t phrase_at(std::string_view text, std::size_t at, const std::vector<std::string_view>& phrases) {
    for (const auto phrase : phrases)
        if (text.substr(at, phrase.size()) == phrase && stands_alone(text, at, at + phrase.size()))
            return phrase.size();
    return 0;
}

Token placeholder(std::string_view text, std::size_t at, const FactTable& table) {
    const auto close = text.find('}', at);
    Token token{Token::Kind::bad, std::string{text.substr(at, 1)}, {}, nullptr, at, at + 1};
    if (close == std::string_view::npos || close - at > 12) return token;
    const std::string_view inside = text.substr(at + 1, close - at - 1);
    const auto dot = inside.find('.');
    token.kind = Token::Kind::placeholder;
    token.text = std::string{inside.substr(0, dot)};
    token.field = dot == std::string_view::npos ? "" : std::string{inside.substr(dot + 1)};
    token.fact = table.find(token.text);
    token.end = close + 1;
    return token;
}

constexpr std::array<std::string_view, 5> marks{"–", "—", "’", "“", "”"};

} // namespace

std::vector<Token> tokens_of(std::string_view text, const FactTable& table) {
    const Phrases phrases{table};
    const std::string low = lower(text);
    std::vector<Token> out;
    for (std::size_t i = 0; i < text.size();) {
        if (text[i] == ' ') {
            ++i;
            continue;
        }
        Token token{Token::Kind::bad, {}, {}, nullptr, i, i + 1};
        std::size_t word = i;
        while (word < text.size() && is_letter(text[word])) ++word;
        const auto take = [&](Token::Kind kind, std::size_t length) {
            token.kind = kind;
            token.end = i + length;
            token.text = std::string{text.substr(i, length)};
        };
        if (text[i] == '{') {
            token = placeholder(text, i, table);
        } else if (const auto label = phrase_at(low, i, phrases.labels)) {
            take(Token::Kind::label, label);
            token.text = lower(token.text);
        } else if (const auto name = phrase_at(text, i, phrases.names);
                   name > 0 && !(word == i + name && is_plain_word(low.substr(i, name)))) {
            take(Token::Kind::name, name);
        } else if (word > i) {
            take(Token::Kind::word, word - i);
            token.capital = text[i] >= 'A' && text[i] <= 'Z';
            // "CPU" stays; a capital within a word makes a name of it.
            const bool capitals =
                std::any_of(token.text.begin() + 1, token.text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
            if (!capitals || is_acronym(token.text))
                token.text = lower(token.text);
            else
                token.kind = Token::Kind::bad;
            if (token.end < text.size() && is_inside_word(text[token.end])) token.kind = Token::Kind::bad;
        } else if (std::string_view{",.;:()'-"}.find(text[i]) != std::string_view::npos) {
            take(Token::Kind::punctuation, 1);
        } else {
            for (const auto mark : marks)
                if (text.substr(i, mark.size()) == mark) take(Token::Kind::punctuation, mark.size());
            if (token.kind == Token::Kind::bad) token.text = std::string{text.substr(i, 1)};
        }
        i = token.end;
        out.push_back(std::move(token));
    }
    return out;
}

std::string rendered(std::string_view text, const std::vector<Token>& tokens) {
    std::string out;
    std::size_t at = 0;
    for (const Token& token : tokens) {
        out += text.substr(at, token.begin - at);
        at = token.end;
        if (token.kind == Token::Kind::name) {
            out += in_quotes(token.text);
        } else if (token.kind == Token::Kind::placeholder && token.fact) {
            const TableFact& fact = *token.fact;
            out += token.field.empty()     ? fact.display
                   : token.field == "ci"   ? fact.ci
                   : token.field == "n"    ? fact.n
                   : token.field == "unit" ? fact.unit
                                           : in_quotes(fact.subject);
        } else {
            out += text.substr(token.begin, token.end - token.begin);
        }
    }
    out += text.substr(at);
    return out;
}

std::size_t mention_of(const TableFact& fact, const std::vector<Token>& tokens) {
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (tokens[i].kind == Token::Kind::placeholder && tokens[i].fact == &fact) return i;
        if (tokens[i].kind == Token::Kind::name && tokens[i].text == fact.subject) return i;
    }
    return SIZE_MAX;
}

} // namespace assay::narrative

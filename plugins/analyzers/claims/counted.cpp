// What a number counts, as the words around it say.
#include "claims/count.hpp"
#include "claims/words.hpp"
#include <algorithm>

namespace assay::claims {

namespace {

/// Words behind the number, to the end of its phrase.
std::string phrase_behind(const std::string& text, std::size_t at) {
    std::size_t end = at;
    for (int words = 0; end < text.size() && words < 5; ++end) {
        const char c = text[end];
        if (c == ',' || c == ';' || c == ':' || c == '(' || c == ')' || c == '|' || is_digit(c)) break;
        if (c == '.' && (end + 1 == text.size() || text[end + 1] == ' ')) break;
        words += c == ' ' && end > at ? 1 : 0;
    }
    return text.substr(at, end - at);
}

/// Words before the number, to the begin of its phrase.
std::string phrase_before(const std::string& text, std::size_t at) {
    std::size_t begin = at;
    for (int words = 0; begin > 0 && words < 4; --begin) {
        const char c = text[begin - 1];
        if (c == ',' || c == ';' || c == '.' || c == '(' || c == ')' || c == '|' || is_digit(c)) break;
        words += c == ' ' && begin < at ? 1 : 0;
    }
    return text.substr(begin, at - begin);
}

} // namespace

const Quantity* part_of(const Document& document, const Claim& claim) {
    for (std::size_t i = claim.peers_begin; i < claim.peers_end; ++i)
        if (whole_of(document, document.claims[i]) == &claim.quantity) return &document.claims[i].quantity;
    return nullptr;
}

bool is_any(const std::string& word, std::initializer_list<std::string_view> words) {
    return std::any_of(words.begin(), words.end(), [&](auto w) { return alike(w, word); });
}
bool says_rows(const std::string& word) {
    return word == "n" ||
           is_any(word, {"row",         "run",    "sample",     "test",       "measurement", "entry",       "record",
                         "observation", "config", "iteration",  "repetition", "trial",       "request",     "call",
                         "response",    "answer", "attempt",    "execution",  "experiment",  "combination", "point",
                         "query",       "prompt", "generation", "case",       "task",        "job"});
}

const Quantity* whole_of(const Document& document, const Claim& claim) {
    const Quantity& q = claim.quantity;
    for (std::size_t i = claim.peers_begin; i < claim.peers_end && q.of != SIZE_MAX; ++i)
        if (const Quantity& n = document.claims[i].quantity; n.begin > q.end && n.begin < q.end + 12) return &n;
    return nullptr;
}

Counted counted(const Document& document, const Claim& claim, const Context& context) {
    const Statement& s = document.statements[claim.statement];
    const Quantity& q = claim.quantity;
    Counted out;
    const bool row = s.form == Statement::Form::row;
    const std::string& text = text_around(s, claim);
    const Quantity* whole = whole_of(document, claim);
    const std::string phrase = phrase_behind(text, whole ? whole->end : q.end);
    out.nouns = concepts(phrase);
    out.part = whole != nullptr;
    std::string state = phrase;
    const auto also = [&](const std::string& words) {
        for (auto& word : concepts(words)) out.nouns.push_back(std::move(word));
    };
    if (row) {
        const std::string header = claim.cell < s.columns->size() ? (*s.columns)[claim.cell] : "";
        if (out.nouns.empty()) also(header);
        if (claim.cell > 0 && std::none_of(out.nouns.begin(), out.nouns.end(), says_rows)) also(s.first);
        state += " " + s.first + " " + header;
    } else {
        // "prompt_index (5)"
        const bool bracketed = q.begin > 1 && text[q.begin - 1] == '(' && q.end < text.size() && text[q.end] == ')';
        if (out.nouns.empty()) also(phrase_before(text, bracketed ? q.begin - 1 : q.begin));
        also(s.label);
        state += " " + s.label + " " + context.near_text;
    }
    const auto words = concepts(state);
    const auto says = [&](std::initializer_list<std::string_view> any) { // "time" abbreviates no timeout
        return std::any_of(any.begin(), any.end(),
                           [&](auto w) { return std::find(words.begin(), words.end(), w) != words.end(); });
    };
    if (part_of(document, claim)) return out;
    out.bare_state = row && claim.cell < s.columns->size() && concepts((*s.columns)[claim.cell]).size() < 3;
    out.failed = says({"failed", "failing", "error", "lost", "crashed", "timeout", "unsuccessful", "rejected"});
    out.ok = !out.failed && says({"ok", "success", "completed", "complete", "succeed", "passed", "pass", "good",
                                  "valid", "clean", "usable", "answered", "fine"});
    // "100 requests were sent and 75 failed": what was counted last.
    if ((out.failed || out.ok || out.nouns.empty()) && std::none_of(out.nouns.begin(), out.nouns.end(), says_rows))
        for (std::size_t i = 0; i < document.claims.size() && claim.peers_begin + i < claim.peers_end; ++i) {
            const Quantity& other = document.claims[claim.peers_begin + i].quantity;
            if (other.begin >= q.begin) break;
            also(other.end < q.begin ? phrase_behind(text.substr(0, q.begin), other.end) : "");
        }
    return out;
}

bool counts_rows(const std::string& noun) {
    const auto words = concepts(noun);
    return holds(words, "failed") || std::any_of(words.begin(), words.end(), says_rows);
}

} // namespace assay::claims

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

bool joined_by_of(const std::string& text, const Quantity& part, const Quantity& whole) {
    return whole.begin > part.end && says(lower(text.substr(part.end, whole.begin - part.end)), {"of"});
}

std::optional<Counted> counted_rows(const Document& document, const Claim& claim, const Context& context) {
    constexpr std::size_t most_behind = 2; // "sweep runs"
    const Statement& s = document.statements[claim.statement];
    const Quantity& q = claim.quantity;
    if (s.form == Statement::Form::row || q.kind != Kind::number || q.unit.known() || q.step < 1 || claim.high)
        return std::nullopt;
    const Quantity* whole = whole_of(document, claim);
    const Quantity* part = part_of(document, claim);
    const std::string& text = text_around(s, claim);
    // "999/4096/0.8" are settings.
    bool rows = (whole != nullptr && !whole->unit.known() && joined_by_of(text, q, *whole)) ||
                (part != nullptr && joined_by_of(text, *part, q));
    std::size_t at = whole != nullptr ? whole->end : q.end;
    for (std::size_t n = 0; !rows && n < most_behind && at < text.size() && text[at] == ' '; ++n) {
        std::size_t end = ++at;
        while (end < text.size() && (is_word(text[end]) || text[end] == '-')) ++end;
        const auto word = concepts(text.substr(at, end - at));
        if (word.empty()) break; // "5 of", "5 in"
        rows = std::any_of(word.begin(), word.end(), says_rows);
        at = end;
    }
    return rows ? std::optional{counted(document, claim, context)} : std::nullopt;
}

bool may_count(const DataColumn& column, const Counted& what) {
    if (column.source.type != ASSAY_TYPE_INT || column.unit.known()) return false;
    const auto words = concepts(column.source.name.substr(column.source.name.rfind('.') + 1));
    const auto named = [&](const std::string& word) {
        return !says_little(word) &&
               std::any_of(what.nouns.begin(), what.nouns.end(), [&](const auto& noun) { return alike(word, noun); });
    };
    if (std::any_of(words.begin(), words.end(), named)) return true;
    // "30 repetitions" are its `runs`; `response_chars` are no responses.
    const auto of_rows = [](const std::string& word) {
        return says_rows(word) || says_little(word) ||
               is_any(word, {"failed", "ok", "success", "passed", "completed", "error", "timeout"});
    };
    return std::all_of(words.begin(), words.end(), of_rows) &&
           !std::all_of(words.begin(), words.end(), [](auto& word) { return says_little(word); });
}

bool counts_rows(const std::string& noun) {
    const auto words = concepts(noun);
    return holds(words, "failed") || std::any_of(words.begin(), words.end(), says_rows);
}

} // namespace assay::claims

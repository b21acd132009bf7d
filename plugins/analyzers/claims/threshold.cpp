// Bounds that say which rows are meant, and measure nothing.
#include "claims/threshold.hpp"
#include "claims/count.hpp"
#include "claims/words.hpp"
#include <algorithm>
#include <vector>

namespace assay::claims {

namespace {

std::vector<std::string> words_before(const std::string& text) {
    std::vector<std::string> out;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at;
        while (end < text.size() && (is_word(text[end]) || text[end] == '-')) ++end;
        if (end > at) out.push_back(lower(std::string_view{text}.substr(at, end - at)));
        at = std::max(end, at + 1);
    }
    return out;
}

/// How many of the last words say that it is a bound: "above", "more than", "slower than", "at most".
std::size_t words_of_bound(const std::vector<std::string>& words) {
    if (words.empty()) return 0;
    const auto is = [](const std::string& word, std::initializer_list<std::string_view> any) {
        return std::find(any.begin(), any.end(), word) != any.end();
    };
    if (is(words.back(), {"above", "below", "under", "over", "beyond", "exceeding", "exceeds", "exceed", "exceeded"}))
        return 1;
    if (words.size() < 2) return 0;
    const std::string& first = words[words.size() - 2];
    if (words.back() == "than")
        return first.ends_with("er") || is(first, {"more", "less", "worse"}) ? 2 : 0; // not "rather than"
    if (first == "at" && is(words.back(), {"least", "most"})) return 2;
    return 0;
}

/// k in "k of n", before the number in its clause.
bool counts_before(const Document& document, const Claim& claim, const std::string& text) {
    for (std::size_t i = claim.peers_begin; i < claim.peers_end; ++i) {
        const Quantity& q = document.claims[i].quantity;
        const Quantity* whole = whole_of(document, document.claims[i]);
        if (whole == nullptr || whole->end > claim.quantity.begin || q.unit.known() || whole->unit.known() ||
            !joined_by_of(text, q, *whole))
            continue;
        const std::string between = text.substr(whole->end, claim.quantity.begin - whole->end);
        if (between.find(';') == between.npos && between.find(". ") == between.npos) return true;
    }
    return false;
}

} // namespace

bool is_threshold(const Document& document, const Claim& claim) {
    const Statement& s = document.statements[claim.statement];
    const Quantity& q = claim.quantity;
    const std::string& text = text_around(s, claim);
    if (q.kind != Kind::number || claim.high || s.form == Statement::Form::row || !q.unit.known()) return false;
    auto words = words_before(text.substr(0, q.begin));
    const std::size_t bound = words_of_bound(words);
    const bool sign = q.begin < text.size() && (text[q.begin] == '<' || text[q.begin] == '>');
    if (bound == 0 && !sign) return false;
    if (counts_before(document, claim, text)) return true;
    words.resize(words.size() - bound);
    return !words.empty() && words.back().ends_with('s') && counts_rows(words.back());
}

} // namespace assay::claims

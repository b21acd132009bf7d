#pragma once
// Whether a model's sentences say only what the facts say: all recomputed from the fact table, no model involved. In
// doubt a sentence is refused.
#include "llm-summary/reply.hpp"
#include "llm-summary/sentence.hpp"
#include <string>
#include <vector>

namespace assay::narrative {

/// One item with its tokens. A check adds a violation for each thing that is wrong.
struct Checked {
    const Item& item;
    const FactTable& table;
    std::vector<Token> tokens;
    std::vector<const TableFact*> cited; ///< those of its cites that exist
    std::size_t index = 0;
    std::vector<Violation>& violations;

    void wrong(std::string_view rule, std::string message) const {
        violations.push_back({index, std::string{rule}, std::move(message)});
    }
    bool cites(const TableFact* fact) const;
    /// The word before or behind a token; null at the ends and where there is none.
    const Token* at(std::size_t i) const { return i < tokens.size() ? &tokens[i] : nullptr; }
};

/// A token that names the metric of a fact: by its label, or by the name of its column.
bool mentions_metric(const Token& token, const TableFact& fact);

/// What it counts is not there: "files have no telemetry".
bool denies(const TableFact& fact);

void check_numbers(const Checked& item);      ///< V2 no digits or number words, V3 ids exist and are cited
void check_placeholders(const Checked& item); ///< V4 a value stands with its metric and its subject
void check_counts(const Checked& item);       ///< V4 a count stands with what was counted, and what it counts
void check_claims(const Checked& item);       ///< V5 what compares, ranks or counts is claimed, and true
void check_names(const Checked& item);        ///< V6 names are those of cited facts, words are plain
void check_lint(const Checked& item);         ///< V8 nothing but one plain sentence
void check_advice(const Checked& item);       ///< V9 a recommendation answers a finding
void check_length(const Checked& item);       ///< V10

/// V7: what several items say together; V10: items that say the same.
void check_closure(const std::vector<Checked>& items, std::vector<Violation>& violations);

/// All of these. Items that V1 refused have no cites, and are refused again.
std::vector<Violation> verify_items(const std::vector<Item>& items, const FactTable& table);

/// Whether what a claim says follows from the facts; the reason why it does not in `problem`.
bool holds(const Claim& claim, const FactTable& table, std::string& problem);

} // namespace assay::narrative

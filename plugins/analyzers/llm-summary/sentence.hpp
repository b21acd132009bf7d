#pragma once
// A model's sentence as tokens: words, names that facts bear, metrics, placeholders, punctuation.
#include "llm-summary/fact_table.hpp"
#include <string>
#include <string_view>
#include <vector>

namespace assay::narrative {

struct Token {
    enum class Kind { word, name, label, placeholder, punctuation, bad } kind;
    std::string text;                ///< as written; of a word in lower case
    std::string field;               ///< of a placeholder: empty, ci, n, unit or name
    const TableFact* fact = nullptr; ///< of a placeholder; null where the id is unknown
    std::size_t begin = 0, end = 0;  ///< bytes of the sentence
    bool capital = false;            ///< a word that begins with a capital letter
};

std::vector<Token> tokens_of(std::string_view text, const FactTable& table);

/// What stands in the report: values, units and names put in by the host. Only for a sentence that was verified.
std::string rendered(std::string_view text, const std::vector<Token>& tokens);

/// The first token that mentions a fact: its placeholder, or its subject's name. SIZE_MAX: none.
std::size_t mention_of(const TableFact& fact, const std::vector<Token>& tokens);

} // namespace assay::narrative

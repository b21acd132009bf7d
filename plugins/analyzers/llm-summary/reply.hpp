#pragma once
// What a model answers: ids that it selected, then sentences with placeholders and typed claims.
#include "llm-summary/fact_table.hpp"
#include <string>
#include <string_view>
#include <vector>

namespace assay::narrative {

/// A check that a reply failed. `item` is SIZE_MAX where it concerns the whole.
struct Violation {
    std::size_t item;
    std::string rule;    ///< V1 to V10
    std::string message; ///< for the model, which gets one turn to mend it, and for people
};

struct Claim {
    std::string type;
    std::vector<std::string> args;
};

struct Item {
    std::string section, text;
    std::vector<std::string> cites;
    std::vector<Claim> claims;
    std::string action;
};

struct Selection {
    std::vector<std::pair<std::string, std::vector<std::string>>> sections; ///< section, ids in order
};

/// Sentences: what a model is asked for, and what V10 lets through.
inline constexpr std::size_t most_in_section = 4;

/// Sections that a model writes; "data" is the host's alone.
bool is_section(std::string_view id);

// JSON Schemas, small enough for servers that make grammars of them.
std::string selection_schema(const FactTable& table);
std::string reply_schema(const std::vector<std::string>& ids);

/// Ids that exist, each once; null where the reply is not what was asked for. A wrong canary means that the beginning
/// of the prompt was lost.
std::optional<Selection> read_selection(std::string_view json, const FactTable& table, std::string_view canary,
                                        std::string& problem);
/// V1. Items that are broken are left out, with a violation each.
std::optional<std::vector<Item>> read_reply(std::string_view json, std::string_view canary,
                                            std::vector<Violation>& violations);

// The same in a call a fact: the code stands last, behind what small models see worked examples of.
std::string choice_schema(const std::vector<std::string>& ids, std::size_t most);
/// One sentence of letters that holds the placeholders of one of these orders, each once.
std::string sentence_schema(const std::vector<std::vector<std::string>>& orders);
std::optional<std::vector<std::string>> read_choice(std::string_view json, std::string_view canary,
                                                    std::string& problem);
std::optional<std::string> read_sentence(std::string_view json, std::string_view canary, std::string& problem);

} // namespace assay::narrative

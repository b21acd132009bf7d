#pragma once
// What a model gets to see, and what its reply is checked against: one record per fact, with a short id.
#include "llm-summary/material.hpp"
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace assay::narrative {

enum class Kind { inventory, statistic, comparison, ranking, association, changepoint, gap, environment, absence };
std::string_view name_of(Kind kind);
/// Of rules: what was found, and not what was counted or measured.
bool is_gap(Kind kind);

struct TableFact {
    std::string id; ///< F001, G001
    Kind kind = Kind::inventory;
    std::vector<std::string> sources; ///< ids of the report's facts, fingerprints of its findings
    std::string display;              ///< what the host puts in for {F001}
    std::string ci, n, unit;          ///< for {F001.ci} and so on; empty where there is none
    std::string subject;              ///< for {F001.name}; empty where nothing is named
    std::vector<std::string> names;   ///< all that a sentence on this fact may name
    std::vector<std::string> owners;  ///< of a count: those of its names that it was counted in
    std::string label;                ///< the metric in words: a value stands beside it
    std::string column;               ///< the metric by the name of its column, in lower case

    std::optional<double> value, low, high;
    std::string direction, family;      ///< figures of one family can be compared
    std::vector<std::string> members;   ///< of a ranking: ids, best first; of a comparison: the greater, the less
    std::vector<std::string> best;      ///< of a ranking: those that cannot be told from the best, it among them
    bool apart = false;                 ///< of a comparison: the intervals do not overlap
    std::optional<std::uint64_t> k, of; ///< of a gap
    std::string rule, severity, action, title;
    std::string told;       ///< of a gap: what its count did, as in rules.hpp
    unsigned relevance = 0; ///< what is kept when the table is cut: smallest first
};

struct FactTable {
    std::vector<TableFact> facts; ///< by id
    std::size_t cut = 0;          ///< facts beyond the budget
    const TableFact* find(std::string_view id) const;
    /// The JSON block of the prompt, and what the canary is derived from.
    std::string json() const;
};

struct FactBudget {
    std::size_t facts = 100;
    std::size_t tokens = 3000; ///< of the JSON block, at 3 bytes a token
};

FactTable build_fact_table(const Material& material, const FactBudget& budget);

} // namespace assay::narrative

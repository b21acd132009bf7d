#pragma once
// What a rule is. Each stands once, in the file of its family: its declaration is its documentation, too
// (docs/findings.md), and what `assay plugins gaps` lists.
#include <assay/report.hpp>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace assay::gaps {

enum class Severity { info, low, medium, high, critical };
std::string_view name_of(Severity severity);

/// What one rule found of one subject, at all places together.
struct Group {
    std::string subject;                          ///< what it is about: a dataset, a column, a file; empty: the tree
    std::uint64_t k = 0, n = 0;                   ///< k of the n that were looked at
    std::uint64_t places = 0;                     ///< hits
    bool sampled = false;                         ///< k and n are of a sample of the rows
    std::vector<Evidence> where;                  ///< at most `most_exemplars`, those of largest weight, else the first
    std::map<std::string, std::uint64_t> details; ///< what was seen, and how often
    double worst = 0;                             ///< largest weight
};
inline constexpr std::size_t most_exemplars = 5;

/// Where, among the answers of a report, a rule's findings are told.
/// next: before all other advice, as what tells a cause does.
enum class Answer { none, must_not_say, missing, next };

struct Threshold {
    std::string_view meaning = {}; ///< empty: the rule has none
    double standard = 0;
};

struct Rule {
    std::string_view id, slug;
    Severity severity;
    std::string_view definition; ///< when it fires; one sentence
    std::string_view fix;        ///< what to do; one sentence
    std::string_view looks_at;   ///< what it needs, for where there is none of it: "rows that failed"
    /// The finding in one sentence, without a full stop.
    std::string (*statement)(const Group& group, double threshold);
    Threshold threshold = {};
    Answer answer = Answer::none;
    Severity (*grade)(const Group& group) = nullptr; ///< null: always `severity`
};

/// Medium from 1 %, high from 10 %, critical from 50 %; low below.
Severity by_share(double share);
Severity by_share(const Group& group);

// Words for statements.
std::string counted(std::uint64_t n, std::string_view one, std::string_view many = {}); ///< "1 row", "5 rows"
std::string k_of_n(const Group& group, std::string_view what);                          ///< "3 of 40 rows"
std::string in_subject(const Group& group);                      ///< "in runs: ", or nothing for the tree
std::string most_frequent(const Group& group, std::size_t most); ///< "a (3), b (1), and 2 more"
std::string number_text(double value);                           ///< rounded for reading

} // namespace assay::gaps

#pragma once
// What a count is of, as its words say, and the counts of files.
#include "claims/judge.hpp"

namespace assay::claims {

/// What a number counts.
struct Counted {
    std::vector<std::string> nouns;
    bool failed = false, ok = false; ///< of what was counted, those that failed, or did not
    bool part = false;               ///< k in "k of n"
    bool bare_state = false;         ///< a table's column says no more than "failed"
};
Counted counted(const Document& document, const Claim& claim, const Context& context);
/// Does a number count rows: "36 configurations", k and n in "k of n runs"? What it counts, where it does.
std::optional<Counted> counted_rows(const Document& document, const Claim& claim, const Context& context);
/// May the values of a column be how many of these there are? A duration is none, nor a count of other things.
bool may_count(const DataColumn& column, const Counted& what);
/// n in "k of n".
const Quantity* whole_of(const Document& document, const Claim& claim);
/// k, of its n.
const Quantity* part_of(const Document& document, const Claim& claim);
/// "2 of the 15", and not "2/15".
bool joined_by_of(const std::string& text, const Quantity& part, const Quantity& whole);
/// "run", "sample", ...: a row of a table, whatever it is called.
bool says_rows(const std::string& word);
/// One of these words, or an abbreviation of it.
bool is_any(const std::string& word, std::initializer_list<std::string_view> words);

Verdict count_verdict(Status status, double value, const std::string& what);
std::optional<Verdict> judge_files(const World& world, const Document& document, const Claim& claim,
                                   const Context& context);

} // namespace assay::claims

#pragma once
// Holds the claims of one document against the data.
#include "claims/verdict.hpp"

namespace assay::claims {

struct Sources;

/// One verdict for each claim of the document. `path`: of the document, whose folders say what it is about.
std::vector<Verdict> judge(const World& world, const Document& document, const std::string& path);

/// What the data say of a value, a range or a bound; nothing where they know no such subject.
std::optional<Verdict> judge_value(const World& world, const Claim& claim, const Quantity* high,
                                   const Context& context);
/// A statistic that is named, over the files of a dataset: only ever supported.
std::optional<Verdict> judge_pooled(const World& world, const Claim& claim, const Context& context);
/// "28 CSV files", "5 prompts".
std::optional<Verdict> judge_count(const World& world, const Document& document, const Claim& claim,
                                   const Context& context, const Sources& sources);
/// Does the word behind a number say that it counts rows: "runs", "rows", "failed"?
bool counts_rows(const std::string& noun);
/// Why a number cannot be checked, in a few words; empty where it can. `always`: whatever the data say.
std::string not_checkable(const World& world, const Document& document, const Claim& claim, const Context& context,
                          bool always);

/// Does a value of the data round to what is claimed?
bool rounds_to(double value, const Quantity& claimed);
/// What the surroundings may mean, and how much less the names say for it than for the best.
struct Meant {
    Datum datum;
    std::size_t table = 0;
    double behind = 0;
};
/// Of each column that is named, what the rows that are named best give, in each of the statistics.
std::vector<Meant> data_meant(const World& world, const Context& context, const std::vector<std::string>& stats);

} // namespace assay::claims

#pragma once
// Sets of rows and of tables that a count may be of: a table, its rows that are named, and several files together.
#include "claims/ranking.hpp"

namespace assay::claims {

struct Population {
    std::vector<const DataTable*> tables;
    double named = 0; ///< larger: the names around the claim are those of the tables
    std::size_t rows = 0, failed = 0;
    std::size_t tables_meant = 0;  ///< of which some rows are meant
    std::size_t tables_failed = 0; ///< of which no row is ok
    std::string text;              ///< for people: the file, or the files together
};

/// Populations whose names are said around the claim, or of whose tables the numbers around it are, best first.
/// `statement`: the claim's, for its dates.
std::vector<Population> populations(const World& world, const Document& document, const Claim& claim,
                                    const Context& context, const Sources& sources);

} // namespace assay::claims

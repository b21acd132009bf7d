#pragma once
// What a reader must not conclude: means over failed rows, a best of single observations, published statistics taken
// for observations.
#include "statistics/short_table.hpp"
#include "statistics/summary.hpp"

namespace assay::statistics {

struct Warnings {
    ShortTable failed_values, single_observations, published;
};
Warnings empty_warnings();
/// Of datasets that come after those in `into`.
void append(Warnings& into, Warnings more);

void warn_of(const Dataset& dataset, const Choice& choice, Facts& facts, Warnings& out);
/// Gives the section, if there is anything in it.
void give(Warnings warnings, Fragment& out);

} // namespace assay::statistics

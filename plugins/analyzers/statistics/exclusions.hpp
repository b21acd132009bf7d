#pragma once
// What no statistic counts: failed and suspect rows, copies, claims, published statistics.
#include <assay/analyzer.hpp>

namespace assay::statistics {

void give_exclusions(const Corpus& corpus, Fragment& out);

} // namespace assay::statistics

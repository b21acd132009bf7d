#pragma once
// Tables of one dataset joined: what statistics over several files are computed from.
#include "claims/world.hpp"
#include <assay/analyzer.hpp>

namespace assay::claims {

/// Adds a pooled table for each dataset of several tables. To be called behind the last table, before `weigh`.
void add_pools(World& world, const Corpus& corpus);
/// Of tables by their index in the world.
void add_pool(World& world, const std::string& title, const std::vector<std::size_t>& members);

} // namespace assay::claims

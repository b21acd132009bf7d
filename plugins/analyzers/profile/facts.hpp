#pragma once
// Profiles of tables as facts.
#include <assay/analyzer.hpp>
#include <assay/profile.hpp>
#include <cstdint>

namespace assay::profile {

/// Facts of the first `most` data tables of artifacts that are no copies, and a section that counts the rest.
void give_facts(const Corpus& corpus, std::uint64_t most, Fragment& out);

} // namespace assay::profile

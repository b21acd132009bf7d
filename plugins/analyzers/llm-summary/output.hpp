#pragma once
// The narrative as a record of the report; docs/report.md describes it.
#include "llm-summary/narrator.hpp"
#include <cstdint>
#include <string>
#include <string_view>

namespace assay::narrative {

/// What became of the sentences that a model wrote. generated = verified + repaired + replaced + dropped.
struct Tally {
    std::uint64_t generated = 0, verified = 0, repaired = 0, replaced = 0, dropped = 0;
};

/// `by`: the model, or "template". `note`: one line on why no model was used, or on what the model was not given or did
/// not do. `tally` is null where none was.
std::string narrative_record(std::string_view by, std::string_view note, const std::vector<Part>& parts,
                             const Tally* tally);

} // namespace assay::narrative

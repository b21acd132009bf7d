#pragma once
// The rules on documents, as `assay plugins claims` lists them, and what one of them found.
#include <assay/sdk.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace assay::claims {

struct Rule {
    std::string_view id, slug, severity;
    std::string_view definition; ///< what it finds; in a finding the count follows it
    std::string_view fix;
};

extern const Rule unsupported_numbers, contradicted_numbers; // what the verdicts amount to
extern const Rule placeholder_text, model_residue, missing_file, own_dates_differ;
extern const Rule parts_and_totals, stated_twice;

std::vector<RuleText> listed_rules();

/// A rule that fired on a document, with all places; the report names the first five.
struct Fired {
    const Rule* rule;
    std::vector<std::pair<std::uint64_t, std::string>> places = {}; ///< line and excerpt
    std::optional<std::uint64_t> n = {};                            ///< of how many, where that is known
};

} // namespace assay::claims

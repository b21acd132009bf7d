#pragma once
// One artifact into its partial: read, claim, parse, fold.
#include "engine/activity.hpp"
#include "engine/content_record.hpp"
#include "engine/stages.hpp"
#include "intake/claim.hpp"
#include "intake/discover.hpp"
#include "intake/source.hpp"
#include "plan/rules.hpp"
#include <cstdint>
#include <string_view>

namespace assay::engine {

struct FoldLimits {
    std::uint64_t artifact_bytes = ASSAY_UNKNOWN; ///< larger files are skipped
    intake::ReadLimits read;
};

/// What parsers see of an artifact before one of them gets it.
inline constexpr std::size_t head_bytes = std::size_t{64} << 10U;

/// Of a parser that is there.
std::size_t parser_index(const Stages& stages, std::string_view id);

/// Asks every parser. Throws intake::ReadError.
intake::Claim claim(intake::Source& source, std::vector<ParserStage>& parsers, Activity* activity = nullptr);

/// Never fails: what goes wrong with the artifact is in the record, and costs only it. Uses the stages' instances, so
/// it is called by one thread at a time. `activity` is told what is done; null: nobody wants to know.
Partial fold(const intake::Found& found, Stages& stages, const plan::Rules& rules, const FoldLimits& limits,
             Activity* activity = nullptr);

/// The partial of an artifact that cannot be folded: no parser sees it, analyzers see its begin and end.
Partial lost(const intake::Found& found, Stages& stages, const FoldLimits& limits, const std::string& reason_code,
             const std::string& reason);

} // namespace assay::engine

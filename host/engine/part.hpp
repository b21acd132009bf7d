#pragma once
// One large content read in parts, side by side: each part is surveyed, then each is folded, then all are joined. What
// comes of it is what reading it as a whole gives; where a part cannot promise that, the content is read as a whole.
#include "engine/fold.hpp"
#include "engine/table_sink.hpp"
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay::engine {

struct ByteRange {
    std::uint64_t begin, end;
};

/// At most `most` ranges of at least `least` bytes, cut where chunks of the digest are; one where it is too small.
std::vector<ByteRange> cut(std::uint64_t bytes, std::size_t most, std::uint64_t least);

/// What is known of a part before it is folded.
struct PartSurvey {
    std::string refusal; ///< why the content is not read in parts; empty where it is
    std::string parser, claim_reason;
    std::string chunk_digests; ///< of its bytes
    std::string found;         ///< by the parser
};

/// What folding a part gave.
struct PartFold {
    std::string refusal; ///< as in PartSurvey
    assay_place began{}, ended{};
    ContentRecord record; ///< its remarks
    TableTally tally;
    std::vector<std::string> states;
};

/// A content that is read in parts.
struct Parts {
    std::vector<ByteRange> ranges;
    std::vector<std::optional<PartSurvey>> surveys;
    std::vector<std::optional<PartFold>> folds;
    ContentRecord record; ///< as it is known once all is surveyed
    Replan replan;        ///< what folding all parts has shown
    int round = 1;

    explicit Parts(std::vector<ByteRange> cut_at)
        : ranges{std::move(cut_at)}, surveys(ranges.size()), folds(ranges.size()) {}
    bool surveyed() const;
    bool folded() const;
    /// Once all is surveyed: the digest and the claim. False: the parts do not agree.
    bool identify(std::uint64_t bytes);
    /// Once all is folded: makes the record of the whole. `again`: plans must be wider, all is to be folded once more.
    /// False: the parts do not fit together.
    bool conclude(bool& again);
};

// In a worker each; for one thread at a time, as they use the stages' instances.
PartSurvey survey(const intake::Found& found, const ByteRange& range, Stages& stages, const FoldLimits& limits,
                  Activity& activity);
PartFold fold_part(const intake::Found& found, const Parts& parts, std::size_t part, Stages& stages,
                   const plan::Rules& rules, const FoldLimits& limits, Activity& activity);
/// Of a content whose parts are concluded. Nothing where an analyzer cannot join them, or the file has changed since.
std::optional<Partial> join(const intake::Found& found, const Parts& parts, Stages& stages, const FoldLimits& limits,
                            Activity& activity);

void encode(const PartSurvey& survey, std::string& out);
std::optional<PartSurvey> decode_survey(std::string_view bytes);
void encode(const PartFold& fold, std::string& out);
std::optional<PartFold> decode_fold(std::string_view bytes);

} // namespace assay::engine
